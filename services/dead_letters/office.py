"""The dead-letter topics of an installation: what they hold, and how letters leave them."""

import getpass
import os
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Literal

from schemas.topics import (
    ENRICHED,
    ENRICHED_DEAD_LETTERS,
    RAW,
    RAW_DEAD_LETTERS,
    RESOLUTIONS,
    Topic,
)
from services.dead_letters.letters import Letter, SelectionError
from services.dead_letters.reading import at, whole
from services.dead_letters.replaying import returned
from services.dead_letters.resolutions import Resolutions, folded, resolution_record
from services.dead_letters.settling import drop, replay
from services.runtime.publisher import Publisher
from services.runtime.record import Record
from services.runtime.settings import Kafka

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Book:
    """All letters, in the order they stand in, and what became of them."""

    letters: Sequence[Letter]
    resolutions: Resolutions


class Office:
    """Reads and settles the letters of one installation.

    Every method raises `MissingTopic`, `Refused` when the broker does not let us in, and
    `KafkaError` when it does not answer or forbids.
    """

    def __init__(self, kafka: Kafka) -> None:
        self._kafka = kafka
        self._ours = [topic.prefixed(kafka.prefix) for topic in (RAW, ENRICHED)]
        self._letters = [
            topic.prefixed(kafka.prefix) for topic in (RAW_DEAD_LETTERS, ENRICHED_DEAD_LETTERS)
        ]
        self._resolutions = RESOLUTIONS.prefixed(kafka.prefix)
        self.origins = {topic.name for topic in self._ours}
        """The topics that letters come from and go back to."""

    async def book(self) -> Book:
        """Read all letters, without their values, and all resolutions."""
        letters, resolutions = [], []
        async for stored in whole(self._kafka, [*self._letters, self._resolutions]):
            if stored.place.topic == self._resolutions.name:
                resolutions.append(stored)
            else:
                letters.append(Letter.of(stored))
        letters.sort(key=lambda letter: letter.place)
        return Book(letters, folded(resolutions))

    async def value(self, letter: Letter) -> bytes | None:
        """Read the value of one letter."""
        async for stored in at(self._kafka, self._letters, {letter.place}):
            return stored.value
        raise SelectionError(f"{letter.id} is no longer on its topic")

    async def replay(
        self, letters: Sequence[Letter], repaired: bytes | None, tell: Tell
    ) -> list[str]:
        """Put letters back and tell of each; return why others stay open."""
        wanted = {letter.place: letter for letter in letters}

        async def stored() -> AsyncIterator[tuple[Letter, bytes | None]]:
            async for found in at(self._kafka, self._letters, wanted.keys()):
                yield wanted[found.place], found.value

        def back(letter: Letter, value: bytes | None) -> Record:
            return returned(letter, value, self.origins, repaired)

        problems = []
        async with self._publisher(*self._ours) as publisher:
            send, resolution = publisher.send, partial(self._resolution, "replayed")
            async for settled in replay(send, stored(), back, resolution):
                if settled.problem is not None:
                    problems.append(settled.problem)
                else:
                    tell(f"{settled.letter.id} replayed to {settled.where}")
        return problems

    async def drop(self, letters: Sequence[Letter], tell: Tell) -> list[str]:
        """Give letters up and tell of each; none stays open."""
        async with self._publisher() as publisher:
            resolution = partial(self._resolution, "dropped")
            async for settled in drop(publisher.send, letters, resolution):
                tell(f"{settled.letter.id} dropped")
        return []

    def _publisher(self, *topics: Topic) -> Publisher:
        return Publisher(self._kafka, [*topics, self._resolutions])

    def _resolution(self, what: Literal["replayed", "dropped"], letter: Letter) -> Record:
        return resolution_record(
            self._resolutions.name, letter, what, by=operator(), at=datetime.now(UTC)
        )


def operator() -> str:
    """Name who does it, as user@host."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number that has no name
        user = str(os.getuid())
    return f"{user}@{socket.gethostname()}"
