"""Judgements, and what they add up to."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """Right: asked for and found. Wrong: found, not asked for. Missed: asked for, not found."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSED = "missed"

    @classmethod
    def holds(cls, statement: bool) -> "Verdict":  # noqa: FBT001 - the truth of it is the argument
        """Judge a statement, for figures that are shares."""
        return cls.RIGHT if statement else cls.WRONG


@dataclass(frozen=True, slots=True)
class Judgement:
    """One thing decided about one article."""

    figure: str
    verdict: Verdict
    what: str = ""
    """Shown among the errors, unless empty or right."""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """How often each verdict fell; no division by nothing: 0 where nothing was found or asked."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Of what was found: how much is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of what was asked for: how much was found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    @property
    def share(self) -> float:
        """Of a figure whose judgements are statements: how many hold."""
        return self.precision


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of a set of articles, and what was wrong or missed how often."""

    figures: dict[str, Figure]
    errors: Counter[str]


def added_up(judgements: Iterable[Judgement]) -> Scores:
    """Count over all articles alike (micro-average)."""
    counts: Counter[tuple[str, Verdict]] = Counter()
    errors: Counter[str] = Counter()
    for judgement in judgements:
        counts[judgement.figure, judgement.verdict] += judgement.count
        if judgement.what and judgement.verdict is not Verdict.RIGHT:
            errors[f"{judgement.figure} {judgement.verdict.value}: {judgement.what}"] += 1
    return Scores(dict(_figures(counts)), errors)


def _figures(counts: Counter[tuple[str, Verdict]]) -> Iterator[tuple[str, Figure]]:
    for name in sorted({figure for figure, _ in counts}):
        yield name, Figure(*(counts[name, verdict] for verdict in Verdict))
