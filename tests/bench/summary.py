"""Medians and ranges of what the rounds gave."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from tests.bench.rounds import Run


@dataclass(frozen=True)
class Spread:
    """A figure over the rounds."""

    median: float
    least: float
    most: float


Summary = dict[str, dict[str, dict[str, Spread]]]
"""By leg, contestant and figure, in the order of the first round."""


def counted(runs: Iterable[Run]) -> list[Run]:
    """Leave the cold round out."""
    return [run for run in runs if run.round]


def summary(runs: Iterable[Run]) -> Summary:
    """Gather the counted rounds."""
    found: dict[str, dict[str, dict[str, list[float]]]] = {}
    for run in sorted(counted(runs), key=lambda one: one.round):
        of = found.setdefault(run.leg, {}).setdefault(run.contestant, {})
        for name, value in run.figures.items():
            of.setdefault(name, []).append(value)
    return {
        leg: {
            contestant: {name: spread(values) for name, values in figures.items()}
            for contestant, figures in contestants.items()
        }
        for leg, contestants in found.items()
    }


def spread(values: Sequence[float]) -> Spread:
    """Take median, least and most."""
    return Spread(median(values), min(values), max(values))


def percentile(values: Sequence[float], percent: float) -> float:
    """Give the value that so many percent of the values do not exceed (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, ceil(len(ranked) * percent / 100) - 1)]
