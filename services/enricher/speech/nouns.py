"""Who may be the subject of a verb of saying: names, pronouns, "the judge", "the statement"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import cache
from itertools import islice
from typing import NamedTuple

from schemas.enriched_article import Entity
from services.enricher.quantities.words import word_set
from services.enricher.speech.sentences import Sentences
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

_WORD = re.compile(r"\w+(?:[.'’-]\w+)*")
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
    """The nouns of a text that stand outside of quotations, in order.

    Who is named is known beforehand; who is described is read sentence by sentence, as few of them
    are asked for.
    """

    def __init__(
        self,
        text: str,
        entities: Sequence[Entity],
        quoted: Sequence[tuple[int, int]],
        sentences: Sentences,
    ) -> None:
        """Take what is found in a text."""
        inside = bytearray(len(text))
        for start, end in quoted:
            inside[start:end] = b"\x01" * (end - start)
        named = (noun for noun in _names(text, entities) if not inside[noun.start])
        self._names = sorted(named, key=_start)
        self.known = frozenset((noun.word, noun.kind) for noun in self._names)
        self._sentences = sentences
        self._described = cache(lambda *sentence: [*_described(text, inside, *sentence)])

    def within(self, start: int, end: int) -> Sequence[Noun]:
        """Return those that begin in a stretch of the text."""
        found = [*self.names(start, end)]
        for sentence in self._sentences.over(start, end):
            found += _between(self._described(*sentence), start, end)
        return sorted(found, key=_start)

    def names(self, start: int, end: int) -> Sequence[Noun]:
        """Return the persons and organisations named in a stretch of the text."""
        return _between(self._names, start, end)


def _between(nouns: Sequence[Noun], start: int, end: int) -> Sequence[Noun]:
    first = bisect_left(nouns, start, key=_start)
    return nouns[first : bisect_left(nouns, end, lo=first, key=_start)]


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
    for word in islice(_WORD.finditer(text, after, after + 60), 3):
        if text[after : word.start()] != " " or word.group() in _STOPS:
            break
        if word.group() in DOCUMENTS or (owns and word.group() in STUDIES):
            return word.end(), False
        after = word.end()
    return end, owns


def _described(text: str, inside: bytearray, start: int, end: int) -> Iterator[Noun]:
    """Find who is described in a sentence: no description goes on in the next one."""
    words = _words_outside(text, inside, start, end)
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


def _words_outside(text: str, inside: bytearray, start: int, end: int) -> Words:
    """Split a sentence into words, and leave out those that begin where `inside` is marked."""
    found = [each for each in _WORD.finditer(text, start, end) if not inside[each.start()]]
    written = [each.group() for each in found]
    return Words(
        starts=[each.start() for each in found],
        ends=[each.end() for each in found],
        written=written,
        lower=[*map(str.lower, written)],
    )


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
