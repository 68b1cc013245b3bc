"""Contestants take turns: all of them in each round, in reversed order each other round."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.bench.processes import NotDoneError

Figures = Mapping[str, float]
"""What one run gave, by name and unit."""


@dataclass(frozen=True)
class Run:
    """One contestant's turn."""

    leg: str
    contestant: str
    round: int
    """0 is the cold round, which does not count."""
    figures: Figures


@dataclass(frozen=True)
class Contestant:
    """Who takes part in a leg; `run` gets what was measured before, None is no figures."""

    leg: str
    name: str
    run: Callable[[Sequence[Run]], Figures | None]


def order(contestants: Sequence[Contestant], number: int) -> Sequence[Contestant]:
    """Give the order of a round: who comes later may find a warmer machine."""
    return contestants if number % 2 else contestants[::-1]


def interleaved(
    contestants: Sequence[Contestant],
    numbers: range,
    told: Callable[[Run], None],
    failed: Callable[[Contestant, NotDoneError], None],
) -> Iterator[Run]:
    """Run all rounds; yields each run as it ends. Who fails is told and takes part again."""
    done: list[Run] = []
    for number in numbers:
        for one in order(contestants, number):
            try:
                figures = one.run(done)
            except NotDoneError as error:
                failed(one, error)
                continue
            if figures is not None:
                run = Run(one.leg, one.name, number, figures)
                told(run)
                done.append(run)
                yield run
