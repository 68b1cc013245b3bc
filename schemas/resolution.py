"""What became of a dead letter."""

from typing import Literal

from pydantic import AwareDatetime, Field

from schemas.event import Event


class Resolution(Event):
    """The value of a record on the resolutions topic, whose key is the letter's id.

    The last one of a letter counts; a letter without one is open.
    """

    schema_version: Literal[1] = 1
    letter: str = Field(min_length=1)
    """Where the letter stands: topic-partition-offset in the dead-letter topic."""
    what: Literal["replayed", "dropped"]
    """Put back onto the topic it came from, or given up."""
    by: str
    """Who did it, as user@host."""
    at: AwareDatetime
