"""What is searched for, in the terms of the one who searches."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from schemas.enriched_article import NumberKind

# Each word is a clause for the server to join; the embedded one dies of a stack of 1,000.
MAX_WORDS = 32
MAX_CHARACTERS = 300
HALF_WAY_ROUND = 20_038
"""Kilometres: nothing on Earth is further away."""

# Lucene's English stop words, which the index does not hold. The embedded server asks for them
# all the same, and then "war in Ukraine" finds nothing.
_STOP_WORD = re.compile(
    r"a|an|and|are|as|at|be|but|by|for|if|in|into|is|it|no|not|of|on|or|such|that|the|their|then|"
    r"there|these|they|this|to|was|will|with",
    re.IGNORECASE,
)
_TOKENS = re.compile(r'"[^"]*"?|\S+')
_DATE = re.compile(r"([12]\d{3})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class NumberRange:
    """One number of an article that meets all of this at once."""

    kind: NumberKind | None = None
    over: float | None = None
    under: float | None = None
    unit: str | None = None
    of: str | None = None
    at_least: float | None = None
    at_most: float | None = None
    unit_base: str | None = None
    """The bounds are in this unit; each number is taken as converted to it, whatever its own."""


@dataclass(frozen=True, slots=True)
class Circle:
    """All that is within so many kilometres of a point, given in degrees."""

    lat: float
    lon: float
    km: float


@dataclass(frozen=True, slots=True)
class Criteria:
    """What an article must meet, all of it."""

    words: str = ""
    loose: bool = False
    """Any of the words is enough."""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By facet field; the article has every one of them, in whatever case."""
    numbers: tuple[NumberRange, ...] = ()
    since: date | None = None
    """The first day."""
    before: date | None = None
    """The day after the last."""
    story: str | None = None
    """The story it belongs to."""
    near: Circle | None = None
    """It names a place there."""


def period(text: str) -> tuple[date, date]:
    """Return the first day of a year, month or day, and the day after its last.

    Raises ValueError when `text` is none of 2023, 2023-05 and 2023-05-04.
    """
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no date; write 2023, 2023-05 or 2023-05-04")
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 1, month or 1, day or 1)
    except ValueError as error:
        raise ValueError(f"{text!r} is no date: {error}") from error
    if day:
        return first, first + timedelta(days=1)
    if month:
        return first, (first + timedelta(days=31)).replace(day=1)
    return first, date(first.year + 1, 1, 1)


def circle(text: str) -> Circle:
    """Read "LAT,LON,KM", in decimal degrees and kilometres.

    Raises ValueError when `text` is not that, or no place on Earth.
    """
    try:
        lat, lon, km = (float(part) for part in text.split(","))
    except ValueError:
        raise ValueError(f"{text!r} is no circle; write LAT,LON,KM, as 50.45,30.52,100") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{text!r}: LAT is from -90 to 90 and LON from -180 to 180")
    if not 0 < km <= HALF_WAY_ROUND:
        raise ValueError(f"{text!r}: KM is over 0 and at most {HALF_WAY_ROUND:,}")
    return Circle(lat, lon, km)


def searched_words(words: str) -> str:
    """Return the part of `words` that is searched: the first ones, without bare stop words."""
    tokens = _TOKENS.findall(words[:MAX_CHARACTERS])[:MAX_WORDS]
    return " ".join(token for token in tokens if not _STOP_WORD.fullmatch(token))


def is_cut(words: str) -> bool:
    """Tell whether there are more words than are searched."""
    return len(words) > MAX_CHARACTERS or len(_TOKENS.findall(words)) > MAX_WORDS
