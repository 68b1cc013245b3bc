"""Names the world knows: which type a name has, and what it is called in full."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
    """Known names by their spelling, and by the first two words how many words they may have."""

    names: Mapping[str, Known]
    longest: Mapping[str, Mapping[str, int]]
    """By first and second word: one word alone says little, as many names begin with "the"."""

    @classmethod
    def of(cls, names: Mapping[str, Known]) -> "Gazetteer":
        """Make a gazetteer of spellings in plain characters, from first word to last."""
        longest: dict[str, dict[str, int]] = defaultdict(dict)
        for spelling in names:
            parts = words_of(spelling)
            if parts:
                after = longest[parts[0]]
                if len(parts) > 1:
                    after[parts[1]] = max(len(parts), after.get(parts[1], 0))
        return cls(names, longest)

    def hits(self, line: Line) -> Iterator[Hit]:
        """Find known names in a line, the longest at each place, left to right."""
        words, seconds = line.words, [*line.words[1:], ""]
        free = 0
        for first in compress(count(), map(self.longest.__contains__, words)):
            if first < free:
                continue
            most = self.longest[words[first]].get(seconds[first])
            last, known = first + 1, self.names.get(words[first])
            if most:
                last, known = self._longest(line, first, most)
            if known:
                yield Hit(first, last, known)
                free = last

    def _longest(self, line: Line, first: int, most: int) -> tuple[int, Known | None]:
        """Give the last word (out) of the longest known name of at most so many, and what it is."""
        start = line.starts[first]
        for last in range(min(first + most, len(line.words)), first, -1):
            known = self.names.get(line.text[start : line.ends[last - 1]])
            if known:
                return last, known
        return first, None


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
