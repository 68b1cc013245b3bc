"""The verbs of saying of a text."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from services.enricher.quantities.words import DETERMINERS, PREPOSITIONS, word_set
from services.enricher.speech.words import VERBS

_WORD = re.compile(r"([Aa]ccording to\b|[Ii]n the words of\b|\w+)")
"""A word at a time, as a pattern that lists the verbs would try them all at each."""
_BE = word_set("be been being is are was were")
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


class Cues:
    """The verbs of saying of a text, in order."""

    def __init__(self, text: str) -> None:
        """Find them all."""
        self._cues = [*_cues(text)]

    def within(self, start: int, end: int) -> Sequence[Cue]:
        """Return those that begin in a stretch of the text."""
        first = bisect_left(self._cues, start, key=_start)
        return self._cues[first : bisect_left(self._cues, end, lo=first, key=_start)]


def _cues(text: str) -> Iterator[Cue]:
    pieces = _WORD.split(text)  # what stands between words, and words, in turn
    places = [*accumulate(map(len, pieces), initial=0)]
    for index in [index for index, written in enumerate(pieces) if written in _CUES]:
        start, end, word = places[index], places[index + 1], pieces[index].lower()
        before = text[max(0, start - 20) : start].lower().split()
        preceding = before[-1] if before else ""
        if not _is_noun(word, preceding):
            agent = text.startswith(" by ", end)
            passive = (preceding in _BE or agent) and not word.endswith(("s", "ing"))
            participle = word.endswith("ing") or preceding == "having"
            yield Cue(start, end, word, passive, participle)


def _is_noun(word: str, preceding: str) -> bool:
    """Tell "his claims" and "in reports" from verbs."""
    if not word.endswith("s") or word in _NO_NOUNS:
        return False
    return preceding in DETERMINERS | PREPOSITIONS or preceding.endswith(("'s", "’s"))


def _start(cue: Cue) -> int:
    return cue.start
