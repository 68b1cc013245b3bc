"""The figures of a story's articles side by side, where they differ."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf
from typing import Literal

from services.search.story.subjects import Subject, subject

How = Literal["disagree", "move", "compatible"]
CLOSE = 0.02
"""Share by which two values may differ and count as one: the same speed in miles and kilometres."""
MOST_OF_ONE = 3
"""Different figures of one subject in an article, beyond which they must be of several things."""
ROUND = 0.1
"""How far "about" reaches to either side."""


@dataclass(frozen=True, slots=True)
class Said:
    """A number that an article gives, with the sentence it stands in."""

    article_id: str
    moment: str
    """The article's timestamp, ISO 8601."""
    source: str
    kind: str
    unit: str | None
    of: str | None
    value: float
    low: float | None
    high: float | None
    qualifier: str
    words: str
    """The number as the article writes it, with its unit."""
    sentence: str
    mark: tuple[int, int]
    """Where in the sentence the number stands."""

    @property
    def bounds(self) -> tuple[float, float]:
        """What the words allow: "at least 37" is 37 and more, "about 40" 36 to 44."""
        low = self.value if self.low is None else self.low
        high = low if self.high is None else self.high
        match self.qualifier:
            case "at_least" | "more_than":
                return low, inf
            case "at_most" | "less_than" | "up_to":
                return (-inf if low < 0 else 0.0), high
            case "approximately":
                return low - ROUND * abs(low), high + ROUND * abs(high)
        return low, high


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the articles of a story say of one subject, in order of time."""

    subject: Subject
    how: How
    said: tuple[Said, ...]

    @property
    def heading(self) -> str:
        """The subject in the words of the first article, or in ours where it is of people."""
        normal = str(self.subject)
        return normal if normal.startswith("people ") else self.said[0].of or normal

    @property
    def articles(self) -> int:
        """How many articles say something of it."""
        return len({one.article_id for one in self.said})


def compare(figures: Iterable[Said]) -> list[Comparison]:
    """Group figures by what they are of, and keep the groups in which articles differ.

    An article that says the same figure twice is shown with the first sentence that does. What most
    articles speak of comes first, and what became of people before all else.
    """
    groups: dict[Subject, list[Said]] = {}
    for one in sorted(figures, key=lambda one: (one.moment, one.article_id)):
        about = subject(one.kind, one.unit, one.of)
        if about and not any(_repeats(one, other) for other in groups.get(about, ())):
            groups.setdefault(about, []).append(one)
    clear = {about: _clear(said) for about, said in groups.items()}
    found = [
        Comparison(about, how(said), tuple(said)) for about, said in clear.items() if differ(said)
    ]
    return sorted(found, key=_rank)


def _clear(said: Sequence[Said]) -> list[Said]:
    """Leave out articles that give many figures of one subject, as of a vote's candidates."""
    often = Counter(one.article_id for one in said)
    return [one for one in said if often[one.article_id] <= MOST_OF_ONE]


def differ(said: Sequence[Said]) -> bool:
    """Tell whether an article gives a figure that another article, speaking of it, does not."""
    by_article: dict[str, list[Said]] = {}
    for one in said:
        by_article.setdefault(one.article_id, []).append(one)
    return any(
        not any(_same(one, other) for other in others)
        for ours, theirs in combinations(by_article.values(), 2)
        for mine, others in ((ours, theirs), (theirs, ours))
        for one in mine
    )


def how(said: Sequence[Said]) -> How:
    """Say how the figures differ.

    They disagree when two articles of one day can't both be right, they move when articles of
    different days can't, and else they are compatible: "39" and "at least 37".
    """
    apart = [pair for pair in _pairs(said) if _exclude(*pair)]
    if any(one.moment[:10] == other.moment[:10] for one, other in apart):
        return "disagree"
    return "move" if apart else "compatible"


def _pairs(said: Sequence[Said]) -> Iterator[tuple[Said, Said]]:
    """Pair the figures of different articles, where neither article has both of them."""
    for one, other in combinations(said, 2):
        if one.article_id != other.article_id and not any(
            (_same(third, other) and third.article_id == one.article_id)
            or (_same(third, one) and third.article_id == other.article_id)
            for third in said
        ):
            yield one, other


def _exclude(one: Said, other: Said) -> bool:
    (low, high), (other_low, other_high) = one.bounds, other.bounds
    return high < other_low * (1 - CLOSE) or other_high < low * (1 - CLOSE)


def _same(one: Said, other: Said) -> bool:
    """Tell whether two figures say the same in the same way."""
    close = abs(one.value - other.value) <= CLOSE * max(abs(one.value), abs(other.value))
    exact = one.kind != "count" or one.value == other.value
    return close and exact and one.qualifier == other.qualifier and one.high == other.high


def _repeats(one: Said, other: Said) -> bool:
    return one.article_id == other.article_id and _same(one, other)


_FIRST = ("killed", "injured", "missing")


def _rank(found: Comparison) -> tuple[int, int, Subject]:
    fate = found.subject.noun.rpartition(" ")[2]
    place = _FIRST.index(fate) if fate in _FIRST else len(_FIRST)
    return place, -found.articles, found.subject
