"""The names of one line: the model's, the tables' and the patterns', reconciled."""

from bisect import bisect, bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from schemas.enriched_article import EntityType
from services.enricher.naming.gazetteer import Gazetteer, Hit
from services.enricher.naming.lexicon import TITLES
from services.enricher.naming.patterns import Manner
from services.enricher.naming.words import Line


class Evidence(IntEnum):
    """How a name's type is known, the weakest first."""

    MODEL = 0
    WORDING = 1
    """By its own words, or those around it."""
    LISTED = 2
    """In a table, but the spelling has other meanings, too."""
    ARTICLE = 3
    """The article itself gives the full name."""
    TABLE = 4
    DEFINED = 5
    """The article says itself what an acronym stands for."""


class Name(NamedTuple):
    """A name in a text; `name` is its full form where a table or the article tells it."""

    start: int
    end: int
    type: EntityType
    evidence: Evidence
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of an article's names before its lines are read."""

    known: Gazetteer
    given_names: frozenset[str]
    manners: Sequence[Manner]


def named(
    line: Line, span: tuple[int, int], kind: EntityType, evidence: Evidence, name: str | None = None
) -> Name:
    """Make a name of some words of a line."""
    first, last = span
    return Name(line.starts[first], line.ends[last - 1], kind, evidence, name)


def listed(line: Line, hit: Hit) -> Name:
    """Make a name of what a table knows; a title in front stays out, unless it is called by it."""
    evidence = Evidence.TABLE if hit.known.certain else Evidence.LISTED
    title = line.words[hit.first]
    titled = hit.known.type == "PERSON" and title in TITLES and hit.last - hit.first > 1
    first = hit.first + (titled and not hit.known.name.startswith(title))
    return named(line, (first, hit.last), hit.known.type, evidence, hit.known.name)


def ranked(names: Iterable[Name]) -> Iterator[Name]:
    """Put the longest name first, of equals the better known."""
    return iter(sorted(names, key=lambda name: (name.start - name.end, -name.evidence)))


def unique(names: Iterable[Name]) -> list[Name]:
    """Keep of overlapping names the one that comes first; give the kept ones in text order."""
    kept: list[Name] = []
    starts: list[int] = []
    for name in names:
        place = bisect(starts, name.start)
        free_before = place == 0 or kept[place - 1].end <= name.start
        free_after = place == len(kept) or name.end <= kept[place].start
        if free_before and free_after:
            kept.insert(place, name)
            starts.insert(place, name.start)
    return kept


def surface(text: str, name: Name) -> str:
    """Give the text of a name."""
    return text[name.start : name.end]


def full(text: str, name: Name) -> str:
    """Give the full form of a name as far as it is known, else its own text."""
    return name.name or text[name.start : name.end]


def nearby(hits: Sequence[Hit], span: tuple[int, int]) -> list[Hit]:
    """Choose the hits that lie in a span; they come from left to right and don't overlap."""
    begin, end = bisect_left(hits, (span[0],)), bisect_left(hits, (span[1],))
    if end > begin and hits[end - 1].last > span[1]:
        end -= 1
    return list(hits[begin:end])
