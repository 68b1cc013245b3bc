"""What the judge finds wrong."""

from dataclasses import dataclass
from typing import Literal

Invariant = Literal["I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8"]
Kind = Literal[
    "lost",
    "published and dead-lettered",
    "not indexed",
    "stale",
    "wrong status",
    "phantom",
    "altered",
    "without a reason",
    "duplicated",
    "another ce_id",
    "out of order",
    "committed unsettled",
    "not drained",
    "too much memory",
    "memory grows",
    "hot loop",
]


@dataclass(frozen=True, slots=True)
class Breach:
    """An invariant that does not hold for an article, or for a worker."""

    invariant: Invariant
    kind: Kind
    article: str
    """Its id; for I7 and I8 the worker or group."""
    detail: str = ""
