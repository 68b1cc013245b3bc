"""Contestants take turns: all of them in each round, in reversed order each other round."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

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
) -> Iterator[Run]:
    """Run all rounds; yields each run as it ends."""
    done: list[Run] = []
    for number in numbers:
        for one in order(contestants, number):
            figures = one.run(done)
            if figures is not None:
                run = Run(one.leg, one.name, number, figures)
                told(run)
                done.append(run)
                yield run
