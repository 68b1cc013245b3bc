"""Who may be the subject of a verb of saying: names, pronouns, "the judge", "the statement"."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

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

_WORD = re.compile(r"\w+(?:[.'’-]\w+)*")
_LEADS = word_set("the a an his her its their this that these those our my")
_INDEFINITE = word_set("a an another one")
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


@dataclass(frozen=True, slots=True)
class Noun:
    """Where somebody is named or described; `word` is their name, or the noun in lower case."""

    start: int
    end: int
    kind: Kind
    word: str
    owns: bool = False
    """Only tells whose the next noun is: "Doe" in "Doe's lawyer"."""


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
    words = [found for found in _WORD.finditer(text) if not inside[found.start()]]
    names = [noun for noun in _names(text, entities) if not inside[noun.start]]
    return Nouns([*names, *_described(text, words)])


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
    words = [*_WORD.finditer(text[after : after + 60])][:3]
    for index, word in enumerate(words):
        between = text[after + (words[index - 1].end() if index else 0) : after + word.start()]
        if between != " " or word.group() in _STOPS:
            break
        if word.group() in DOCUMENTS or (owns and word.group() in STUDIES):
            return after + word.end(), False
    return end, owns


def _described(text: str, words: Sequence[re.Match[str]]) -> Iterator[Noun]:
    index = 0
    while index < len(words):
        first = words[index]
        word = first.group().lower()
        last = _head(text, words, index) if _leads(word) else index
        kind = _kind(words[last].group().lower(), alone=last == index)
        if kind is not None:
            anybody = kind in {Kind.ROLE, Kind.BODY} and word in _INDEFINITE
            noun = Kind.ANYBODY if anybody else kind
            yield Noun(first.start(), words[last].end(), noun, _word(words, index, last))
            yield from _owners(words[index + 1 : last])
        index = last + 1


def _word(words: Sequence[re.Match[str]], first: int, last: int) -> str:
    """Write the noun that ends a phrase, with what it can't be without: "prime minister"."""
    word = words[last].group().lower()
    before = words[last - 1].group().lower() if last > first else ""
    return f"{before} {word}" if before in _INSEPARABLE else word


def _owners(words: Sequence[re.Match[str]]) -> Iterator[Noun]:
    """Yield whose the noun after them is: "the judge" of "the judge's statement"."""
    for found in words:
        word = found.group().lower()
        if word.endswith(_POSSESSIVE):
            kind = _kind(word[:-2], alone=False)
            if kind in {Kind.ROLE, Kind.BODY}:
                yield Noun(found.start(), found.end(), kind, word[:-2], owns=True)


def _leads(word: str) -> bool:
    return word in _LEADS or word in _INDEFINITE or word.endswith(_POSSESSIVE)


def _head(text: str, words: Sequence[re.Match[str]], lead: int) -> int:
    """Return the word that ends the noun phrase of an article; the article if none does."""
    head = lead
    for index in range(lead + 1, min(lead + _MOST_WORDS, len(words))):
        word = words[index].group()
        apart = text[words[index - 1].end() : words[index].start()] != " "
        if apart or word in _STOPS:
            break
        if _kind(word.lower(), alone=False) is not None:
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
