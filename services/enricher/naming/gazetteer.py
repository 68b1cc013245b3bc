"""Names the world knows: which type a name has, and what it is called in full."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress, count
from typing import NamedTuple

from schemas.enriched_article import EntityType
from services.enricher.naming.lexicon import TYPES
from services.enricher.naming.nation import with_their_country
from services.enricher.naming.tables import table
from services.enricher.naming.words import Line, plain, read, words_of

KNOWN_FROM = 700_000
"""A city of so many inhabitants is meant wherever its name stands; of a smaller one, the model
must see a name there, too."""

LOWER_CASE_WORDS = frozenset(
    {"chad", "china", "guinea", "jersey", "jordan", "lima", "male", "mali"}
)
"""Countries and capitals that are English words when written small."""


class Known(NamedTuple):
    """What a table says about a spelling."""

    type: EntityType
    name: str
    certain: bool
    """Whether the spelling means this wherever it stands, or only where the model sees a name."""


class Hit(NamedTuple):
    """A known name among the words of a line: first, last (out)."""

    first: int
    last: int
    known: Known


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Known names by their spelling, and by the first word how many words they may have."""

    names: Mapping[str, Known]
    lengths: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, names: Mapping[str, Known]) -> "Gazetteer":
        """Make a gazetteer of spellings in plain characters, from first word to last."""
        lengths: dict[str, set[int]] = defaultdict(set)
        for spelling in names:
            parts = words_of(spelling)
            if parts:
                lengths[parts[0]].add(len(parts))
        return cls(names, {word: sorted(counts)[::-1] for word, counts in lengths.items()})

    def hits(self, line: Line) -> Iterator[Hit]:
        """Find known names in a line, the longest at each place, left to right."""
        free = 0
        for first in compress(count(), map(self.lengths.__contains__, line.words)):
            hit = self._longest(line, first) if first >= free else None
            if hit:
                yield hit
                free = hit.last

    def _longest(self, line: Line, first: int) -> Hit | None:
        start = line.starts[first]
        for length in self.lengths[line.words[first]]:
            last = first + length
            if last <= len(line.words):
                known = self.names.get(line.text[start : line.ends[last - 1]])
                if known:
                    return Hit(first, last, known)
        return None


@cache
def gazetteer() -> Gazetteer:
    """Build the gazetteer from the tables; an earlier table wins over a later one."""
    names: dict[str, Known] = {}
    for spelling, known in (*_aliases(), *_bodies(), *_countries(), *_regions(), *_cities()):
        names.setdefault(key(spelling), known)
    return Gazetteer.of(names)


@cache
def given_names() -> frozenset[str]:
    """Read the given names, which tell a person from what else has two capitals."""
    return frozenset(row["name"] for row in table("given_names"))


def key(spelling: str) -> str:
    """Write a spelling as `hits` reads it in a text: plain, from first word to last."""
    text = plain(spelling)
    line = read(text)
    return line.surface(0, len(line.words))


def _aliases() -> Iterator[tuple[str, Known]]:
    for row in table("aliases"):
        known = Known(TYPES[row["type"]], row["name"], row["use"] == "always")
        yield row["alias"], known
        if " – " in row["alias"]:  # a dash that many leave out
            yield row["alias"].replace(" – ", " "), known
        # Some newsrooms write an acronym that is spoken as a word like a word: Nato, Unesco.
        if row["alias"].isupper() and row["alias"].isalpha() and len(row["alias"]) > 3:
            yield row["alias"].capitalize(), known


def _countries() -> Iterator[tuple[str, Known]]:
    for row in table("countries"):
        country = Known("GPE", row["name"], certain=True)
        yield from _with_lower_case((row["name"], *_cell(row["other_names"])), country)
        if row["capital"]:
            capital = Known("GPE", row["capital"], certain=True)
            yield from _with_lower_case([row["capital"]], capital)
        if row["adjective"]:
            people = Known("NORP", row["adjective"], certain=True)
            yield from ((word, people) for word in (row["adjective"], *_cell(row["demonyms"])))


def _bodies() -> Iterator[tuple[str, Known]]:
    for spelling, kind, name in with_their_country():
        yield spelling, Known(TYPES[kind], name, certain=True)


def _with_lower_case(spellings: Iterable[str], known: Known) -> Iterator[tuple[str, Known]]:
    """Take in what careless copy writes small (kyiv), unless it is a word then."""
    for spelling in spellings:
        yield spelling, known
        lower = spelling.lower()
        if len(lower) > 3 and "." not in lower and lower not in LOWER_CASE_WORDS:
            yield lower, known


def _regions() -> Iterator[tuple[str, Known]]:
    for row in table("regions"):
        yield row["name"], Known("GPE", row["name"], certain=True)


def _cities() -> Iterator[tuple[str, Known]]:
    for row in table("cities"):
        yield row["spelling"], Known("GPE", row["name"], int(row["inhabitants"]) >= KNOWN_FROM)


def _cell(cell: str) -> list[str]:
    """Split a cell that holds several spellings."""
    return [part for part in cell.split(";") if part]
