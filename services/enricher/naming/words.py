"""Words of an English text, with their places."""

import re
from bisect import bisect, bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

from services.enricher.limits import LONGEST_NAME

# An abbreviation keeps its points (U.S.); an inner apostrophe belongs to the word, a possessive
# ending does not (O'Neill, Ukraine's).
WORD = re.compile(r"((?:[^\W\d_]\.){2,}|[^\W_]+(?:'(?!s\b)[^\W_]+)*)")

# One character for one character, so that offsets stay; `replace` is far faster than `translate`.
PLAIN = (("’", "'"), ("‘", "'"), ("\xa0", " "), ("\u202f", " "), ("–", "-"), ("‑", "-"))

SENTENCE_ENDS = frozenset('.!?:;"“”•—-(')

TITLE_CASE_SHARE = 0.8


class Word(NamedTuple):
    """A word and where it stands."""

    start: int
    end: int
    text: str

    @property
    def capital(self) -> bool:
        """Tell whether it begins with a capital."""
        return self.text[0].isupper()


@dataclass(frozen=True)
class Line:
    """The words of one line of a plain text; a stretch of it is (first, last) word, last out."""

    text: str
    words: Sequence[Word]

    @cached_property
    def texts(self) -> Sequence[str]:
        """Give what the words are, without where they stand."""
        return [word.text for word in self.words]

    @cached_property
    def capitals(self) -> Sequence[int]:
        """Give the indices of the words that begin with a capital."""
        return [index for index, text in enumerate(self.texts) if text[0].isupper()]

    def surface(self, first: int, last: int) -> str:
        """Give the text from one word to another."""
        return self.text[self.words[first].start : self.words[last - 1].end]

    def gap(self, index: int) -> str:
        """Give what stands between a word and the one before it."""
        return self.text[self.words[index - 1].end : self.words[index].start]

    @cached_property
    def in_title_case(self) -> bool:
        """Tell whether the line is a headline in which nearly every longer word has a capital."""
        longer = [text for text in self.texts if len(text) > 3]
        sentence = self.text.startswith(".", self.words[-1].end)
        if sentence or len(longer) <= 4:
            return False
        return sum(text[0].isupper() for text in longer) >= TITLE_CASE_SHARE * len(longer)

    def opens_sentence(self, index: int) -> bool:
        """Tell whether a word is the first of a sentence, where a capital says nothing."""
        before = self.gap(index).strip() if index else ""
        return index == 0 or (bool(before) and before[-1] in SENTENCE_ENDS)

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Give the words that lie wholly in a stretch of the text, as (first, last)."""
        first = bisect_left(self.words, start, key=_start)
        last = bisect(self.words, end, lo=first, key=_end)
        return first, last


def _start(word: Word) -> int:
    return word.start


def _end(word: Word) -> int:
    return word.end


def plain(text: str) -> str:
    """Write quotation marks, dashes and spaces in their plain form, at the same offsets."""
    for fancy, simple in PLAIN:
        text = text.replace(fancy, simple)
    return text


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Split `text[start:end]` into words; `text` is plain."""
    pieces = WORD.split(text[start:end])  # what stands between words, and words, in turn
    places = [*accumulate(map(len, pieces), initial=start)]
    return list(map(Word, places[1::2], places[2::2], pieces[1::2]))


def words_of(name: str) -> Sequence[Word]:
    """Split a name, which the rules on names do many times over with each."""
    return _words_of(name) if len(name) <= LONGEST_NAME else words(name)


@lru_cache(maxsize=1024)
def _words_of(name: str) -> Sequence[Word]:
    return tuple(words(name))


def lines(text: str, start: int, end: int) -> Iterator[Line]:
    """Split a zone of a plain text into its lines: no name goes over a line break."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        found = words(text, start, stop)
        if found:
            yield Line(text, found)
        start = stop + 1
