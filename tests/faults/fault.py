"""The list of faults: each is a function that acts on a stage while articles flow.

It draws its schedule from the stage's seeded random. When it returns, the fault has ended: what is
left is to drain and to judge.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from services.servers.local import Running
from tests.faults.course import Bounds
from tests.faults.stage import Stage

Act = Callable[[Stage], None]
Arrange = Callable[[Running, Path], AbstractContextManager[Running]]
"""Gives a fault servers of its own, in a folder; raises `CannotRunError`."""
DRAINED = 90.0
"""Seconds after the fault, on a machine that others use too."""
ENRICHER = 800.0
"""MB of an enricher with two processes, each with the model; shared pages count in each."""
INDEXER = 150.0
"""MB."""
MEMORY = ENRICHER + INDEXER


@dataclass(frozen=True)
class Fault:
    """A fault and what it wants of its stage."""

    title: str
    act: Act
    bounds: Bounds
    environment: Mapping[str, str]
    """For its workers."""
    arrange: Arrange | None = None
    harmful: bool = False
    """Whether it must break I1 or I5: that shows that the judge would see it."""


FAULTS: dict[str, Fault] = {}


def fault(
    name: str,
    title: str,
    bounds: Bounds | None = None,
    *,
    arrange: Arrange | None = None,
    harmful: bool = False,
    **environment: str,
) -> Callable[[Act], Act]:
    """Enter a function in the list of faults."""

    def enter(act: Act) -> Act:
        within = bounds or Bounds(DRAINED, MEMORY)
        FAULTS[name] = Fault(title, act, within, environment, arrange, harmful)
        return act

    return enter
