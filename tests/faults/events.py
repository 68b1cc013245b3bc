"""What is known of a run: values that the evidence gives and the judge compares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tests.faults.course import Course

Place = tuple[int, int]
"""Partition and offset, on the topic that the context says."""
Version = tuple[str, int]
"""An article's id and version."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger: a record that the broker has acknowledged on the raw topic."""

    article_id: str
    """The record's key; of a record without one, any name that no article has."""
    version: int
    sha256: str
    place: Place

    @property
    def of(self) -> Version:
        """What it is a version of."""
        return self.article_id, self.version


@dataclass(frozen=True, slots=True)
class Published:
    """A record on the enriched topic."""

    article_id: str
    version: int
    status: str
    ce_id: str
    sha256: str
    place: Place
    at: int
    """When it was sent, in milliseconds since the epoch."""

    @property
    def of(self) -> Version:
        """What it is a version of."""
        return self.article_id, self.version


@dataclass(frozen=True, slots=True)
class Letter:
    """A record in a dead-letter topic: `origin` is where the refused record stood."""

    sha256: str
    reason: str
    origin: Place
    at: int
    """When it was sent, in milliseconds since the epoch."""
    replayed: bool = False
    """Whether an operator has put it back: then its article must come through after all."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document in the index, withdrawn stubs included."""

    article_id: str
    version: int
    status: str


@dataclass(frozen=True, slots=True)
class Sample:
    """The offsets a group had committed at a moment, by partition.

    `stored` are the versions in the index, read after the offsets; only the indexer's need them.
    """

    group: Literal["enricher", "indexer"]
    at: int
    committed: Mapping[int, int]
    stored: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Run:
    """All that is known of a run that has drained."""

    ledger: Sequence[Entry]
    published: Sequence[Published]
    raw_letters: Sequence[Letter]
    enriched_letters: Sequence[Letter]
    documents: Sequence[Document]
    samples: Sequence[Sample] = ()
    removed: frozenset[Place] = frozenset()
    """Raw records that Kafka itself removed before they were read, as a worker's log must say."""
    begun_at: int = 0
    """When the raw topic was made, in milliseconds: earlier offsets were those of another."""
    course: Course | None = None
    """How it went; without it I7 and I8 are not judged."""


def at(place: Place) -> str:
    """Write a place."""
    return f"{place[0]}-{place[1]}"
