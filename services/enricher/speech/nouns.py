"""Who may be the subject of a verb of saying: names, pronouns, "the judge", "the statement"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from itertools import accumulate, compress, islice
from typing import NamedTuple

from schemas.enriched_article import Entity
from services.enricher.quantities.words import word_set
from services.enricher.speech.words import (
    ANYBODY,
    BODIES,
    DOCUMENTS,
    GOVERNORS,
    PERSON_ROLES,
    STANDS_ALONE,
    STUDIES,
    SUBORDINATORS,
    VERBS,
)

_WORD = re.compile(r"(\w+(?:[.'’-]\w+)*)")
_LEADS = word_set("the a an his her its their this that these those our my")
_INDEFINITE = word_set("a an another one")
_LEADING = _LEADS | _INDEFINITE
_INSEPARABLE = word_set("prime vice")
_STOPS = VERBS | GOVERNORS | SUBORDINATORS | STANDS_ALONE | _LEADS | word_set("and or but not")
_MOST_WORDS = 6
"""Words from an article to the noun it belongs to."""
_POSSESSIVE = ("'s", "’s")


class Kind(Enum):
    """What a noun stands for."""

    PERSON = auto()
    ORGANISATION = auto()
    HE = auto()
    IT = auto()
    ROLE = auto()
    BODY = auto()
    DOCUMENT = auto()
    ANYBODY = auto()


NAMED = frozenset((Kind.PERSON, Kind.ORGANISATION))

_ALONE = {
    "he": Kind.HE,
    "she": Kind.HE,
    "it": Kind.IT,
    "they": Kind.IT,
    **dict.fromkeys(ANYBODY, Kind.ANYBODY),
}
_KINDS = {
    **dict.fromkeys(BODIES, Kind.BODY),
    **dict.fromkeys(PERSON_ROLES, Kind.ROLE),
    **dict.fromkeys(DOCUMENTS, Kind.DOCUMENT),
    **dict.fromkeys(STUDIES, Kind.ANYBODY),
}
"""What a word in several lists stands for, the last one says."""


class Noun(NamedTuple):
    """Where somebody is named or described; `word` is their name, or the noun in lower case."""

    start: int
    end: int
    kind: Kind
    word: str
    owns: bool = False
    """Only tells whose the next noun is: "Doe" in "Doe's lawyer"."""


class Words(NamedTuple):
    """Words of a text as parallel lists."""

    starts: list[int]
    ends: list[int]
    written: list[str]
    lower: list[str]


class Nouns:
    """The nouns of a text, in order."""

    def __init__(self, nouns: Sequence[Noun]) -> None:
        """Put them in order."""
        self._nouns = sorted(nouns, key=_start)
        self.known = frozenset((noun.word, noun.kind) for noun in nouns)

    def within(self, start: int, end: int) -> Sequence[Noun]:
        """Return those that begin in a stretch of the text."""
        first = bisect_left(self._nouns, start, key=_start)
        return self._nouns[first : bisect_left(self._nouns, end, lo=first, key=_start)]

    def names(self, start: int, end: int) -> Sequence[Noun]:
        """Return the persons and organisations named in a stretch of the text."""
        return [each for each in self.within(start, end) if each.kind in NAMED]


def nouns(text: str, entities: Sequence[Entity], quoted: Sequence[tuple[int, int]]) -> Nouns:
    """Collect the nouns that stand outside of quotations."""
    inside = bytearray(len(text))
    for start, end in quoted:
        inside[start:end] = b"\x01" * (end - start)
    words = _words_outside(text, inside)
    names = [noun for noun in _names(text, entities) if not inside[noun.start]]
    return Nouns([*names, *_described(text, words)])


def _words_outside(text: str, inside: bytearray) -> Words:
    """Split a text into words, and leave out those that begin where `inside` is marked."""
    pieces = _WORD.split(text)  # what stands between words, and words, in turn
    places = [*accumulate(map(len, pieces), initial=0)]
    outside = [not inside[start] for start in places[1:-1:2]]
    written = [*compress(pieces[1::2], outside)]
    return Words(
        starts=[*compress(places[1:-1:2], outside)],
        ends=[*compress(places[2::2], outside)],
        written=written,
        lower=[*map(str.lower, written)],
    )


def _names(text: str, entities: Sequence[Entity]) -> Iterator[Noun]:
    for entity in entities:
        if entity.type in {"PERSON", "ORG"}:
            kind = Kind.PERSON if entity.type == "PERSON" else Kind.ORGANISATION
            for mention in entity.mentions:
                end, owns = _with_document(text, mention.end)
                yield Noun(mention.start, end, kind, entity.name, owns)


def _with_document(text: str, end: int) -> tuple[int, bool]:
    """Reach over "'s statement" after a name: it speaks as who is named does."""
    owns = text.startswith(_POSSESSIVE, end)
    after = end + 2 if owns else end
    words = [*islice(_WORD.finditer(text, after, after + 60), 3)]
    for index, word in enumerate(words):
        between = text[words[index - 1].end() if index else after : word.start()]
        if between != " " or word.group() in _STOPS:
            break
        if word.group() in DOCUMENTS or (owns and word.group() in STUDIES):
            return word.end(), False
    return end, owns


def _described(text: str, words: Words) -> Iterator[Noun]:
    free = 0
    for index in [at for at, word in enumerate(words.lower) if word in _ALONE or _leads(word)]:
        if index < free:
            continue
        word = words.lower[index]
        last = _head(text, words, index) if _leads(word) else index
        free = last + 1
        kind = _kind(words.lower[last], alone=last == index)
        if kind is not None:
            anybody = kind in {Kind.ROLE, Kind.BODY} and word in _INDEFINITE
            noun = Kind.ANYBODY if anybody else kind
            yield Noun(words.starts[index], words.ends[last], noun, _word(words, index, last))
            yield from _owners(words, range(index + 1, last))


def _word(words: Words, first: int, last: int) -> str:
    """Write the noun that ends a phrase, with what it can't be without: "prime minister"."""
    word = words.lower[last]
    before = words.lower[last - 1] if last > first else ""
    return f"{before} {word}" if before in _INSEPARABLE else word


def _owners(words: Words, indices: range) -> Iterator[Noun]:
    """Yield whose the noun after them is: "the judge" of "the judge's statement"."""
    for index in indices:
        word = words.lower[index]
        if word.endswith(_POSSESSIVE):
            kind = _kind(word[:-2], alone=False)
            if kind in {Kind.ROLE, Kind.BODY}:
                yield Noun(words.starts[index], words.ends[index], kind, word[:-2], owns=True)


def _leads(word: str) -> bool:
    return word in _LEADING or word.endswith(_POSSESSIVE)


def _head(text: str, words: Words, lead: int) -> int:
    """Return the word that ends the noun phrase of an article; the article if none does."""
    head = lead
    for index in range(lead + 1, min(lead + _MOST_WORDS, len(words.written))):
        apart = text[words.ends[index - 1] : words.starts[index]] != " "
        if apart or words.written[index] in _STOPS:
            break
        if _kind(words.lower[index], alone=False) is not None:
            head = index
        elif head != lead:
            break
    return head


def _kind(word: str, *, alone: bool) -> Kind | None:
    """Tell what a word stands for; `alone`: without an article before it."""
    if alone:
        return _ALONE.get(word)
    return Kind.ANYBODY if word in ANYBODY else _KINDS.get(word.rpartition("-")[2])


def _start(noun: Noun) -> int:
    return noun.start
