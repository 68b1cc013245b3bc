"""`newsreel resume`: let services go on that their dead-letter brake holds."""

import asyncio
import logging
import sys
from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from aiokafka.errors import KafkaConnectionError, KafkaError
from pydantic import Field, ValidationError
from pydantic_settings import CliPositionalArg, CliToggleFlag

from schemas.brake import BrakeState, Service
from schemas.topics import BRAKES
from services.dead_letters.letters import Stored
from services.dead_letters.office import operator
from services.dead_letters.reading import whole
from services.dead_letters.render import printable
from services.runtime.holding import state_record
from services.runtime.kafka import Refused
from services.runtime.logs import configure
from services.runtime.publisher import Publisher
from services.runtime.record import MissingTopic
from services.runtime.settings import Kafka, Log, Settings


class Resume(Settings):
    """Let the enricher or the indexer go on after its dead-letter brake has stopped it.

    A worker holds when too many events in a row, or too large a share of the last ones, were
    refused: look at `newsreel dead-letters list`, mend the cause, then resume.
    """

    services: CliPositionalArg[list[Service]] = Field(default=[])
    """enricher, indexer; all that are held if none is named."""
    dry_run: CliToggleFlag[bool] = False
    """Only show what is held."""
    kafka: Kafka = Kafka()
    log: Log = Log()

    def cli_cmd(self) -> None:
        """Do it; what can't be done is one line."""
        configure(self.log)
        logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # one line at the end says it
        try:
            asyncio.run(self._run())
        except KafkaConnectionError as error:
            servers = self.kafka.bootstrap_servers
            raise SystemExit(f"newsreel resume: no Kafka answers at {servers}") from error
        except (MissingTopic, Refused, KafkaError) as error:
            raise SystemExit(f"newsreel resume: {error}") from error

    async def _run(self) -> None:
        topic = BRAKES.prefixed(self.kafka.prefix)
        found = held([stored async for stored in whole(self.kafka, [topic])], self.services)
        if not found:
            print("Nothing is held.", file=sys.stderr)
        async with Publisher(self.kafka, [topic]) as publisher:
            for state in found:
                print(printable(told(state)), flush=True)
                if not self.dry_run:
                    await publisher.send(state_record(topic.name, released(state.service)))
                    print(f"The {state.service} goes on.", flush=True)


def held(records: Iterable[Stored], services: Collection[Service]) -> list[BrakeState]:
    """Return the last state of each service that is held, of those wanted or of all."""
    last: dict[Service, BrakeState] = {}
    for record in records:
        try:
            state = BrakeState.from_json(record.value or b"")
        except ValidationError:
            continue  # a worker does not read it either
        last[state.service] = state
    wanted = services or last.keys()
    return [last[name] for name in last if name in wanted and last[name].state == "held"]


def released(service: Service) -> BrakeState:
    """Say that a person lets the service go on."""
    return BrakeState(
        service=service, state="released", why="", by=operator(), at=datetime.now(UTC)
    )


def told(state: BrakeState) -> str:
    """Tell what is held, since when and why."""
    since = state.at.isoformat(" ", "seconds")
    return f"The {state.service} holds since {since}, said by {state.by}: {state.why}."
