"""The verbs of saying of a text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from services.enricher.quantities.words import DETERMINERS, PREPOSITIONS, word_set
from services.enricher.speech.words import VERBS

_WORD = re.compile(r"\b(?:[Aa]ccording to\b|[Ii]n the words of\b|\w+)")
"""A word at a time, as a pattern that lists the verbs would try them all at each."""
_BE = word_set("be been being is are was were")
_BEFORE_NOUNS = DETERMINERS | PREPOSITIONS
_NO_NOUNS = word_set("says tells writes reads adds asks agrees believes thinks")
_ATTRIBUTIONS = ("according to", "in the words of")


_CUES = VERBS.union(*((words, words.capitalize()) for words in _ATTRIBUTIONS))


class Cue(NamedTuple):
    """A verb of saying, or "according to"."""

    start: int
    end: int
    word: str
    passive: bool = False
    participle: bool = False
    """Its subject may stand in another clause."""

    @property
    def is_verb(self) -> bool:
        """Tell a verb from "according to", which names a source as well."""
        return self.word not in _ATTRIBUTIONS

    @property
    def names_next(self) -> bool:
        """Tell whether who speaks is named after it, whatever stands before it."""
        return self.passive or not self.is_verb


def cues(text: str, start: int, end: int) -> Iterator[Cue]:
    """Find the verbs of saying that begin in a stretch of a text, in order."""
    for found in _WORD.finditer(text, start):
        if found.start() >= end:
            return
        if found.group() in _CUES:
            cue = _cue(text, *found.span())
            if cue:
                yield cue


def _cue(text: str, start: int, end: int) -> Cue | None:
    word = text[start:end].lower()
    before = text[max(0, start - 20) : start].lower().split()
    preceding = before[-1] if before else ""
    if _is_noun(word, preceding):
        return None
    agent = text.startswith(" by ", end)
    passive = (preceding in _BE or agent) and not word.endswith(("s", "ing"))
    participle = word.endswith("ing") or preceding == "having"
    return Cue(start, end, word, passive, participle)


def _is_noun(word: str, preceding: str) -> bool:
    """Tell "his claims" and "in reports" from verbs."""
    if not word.endswith("s") or word in _NO_NOUNS:
        return False
    return preceding in _BEFORE_NOUNS or preceding.endswith(("'s", "’s"))
