"""Whether a service holds because too much of what it read was refused."""

from typing import Literal

from pydantic import AwareDatetime

from schemas.event import Event

Service = Literal["enricher", "indexer"]


class BrakeState(Event):
    """The value of a record on the brakes topic, whose key is the service.

    The last one of a service counts for all its workers, also for those that start later.
    """

    schema_version: Literal[1] = 1
    service: Service
    state: Literal["held", "released"]
    why: str
    """What tripped the brake; empty when it was released."""
    by: str
    """The worker that held, or the user@host that released."""
    at: AwareDatetime
