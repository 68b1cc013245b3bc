"""Words of an English text, with their places."""

import re
from bisect import bisect, bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from services.enricher.limits import LONGEST_NAME

# Both sorts of word have their first character in common: what begins none is soon passed over.
WORD = re.compile(
    r"([^\W_](?:"
    r"\.(?<!\d.)(?:[^\W\d_]\.)+"  # An abbreviation keeps its points: U.S.
    # An inner apostrophe belongs to the word, a possessive ending does not: O'Neill, Ukraine's.
    # `[a-z]` only makes it faster: a range is read in half the time of a class.
    r"|[a-z]*+[^\W_]*+(?:'(?!s\b)[^\W_]++)*+"
    r"))"
)

# One character for one character, so that offsets stay; `replace` is far faster than `translate`.
PLAIN = (("’", "'"), ("‘", "'"), ("\xa0", " "), ("\u202f", " "), ("–", "-"), ("‑", "-"))

SENTENCE_ENDS = frozenset('.!?:;"“”•—-(')

TITLE_CASE_SHARE = 0.8


@dataclass(frozen=True)
class Line:
    """The words of one line of a plain text; a stretch of it is (first, last) word, last out."""

    text: str
    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    gaps: Sequence[str]
    """What stands between a word and the one before it; nothing before the first."""

    def surface(self, first: int, last: int) -> str:
        """Give the text from one word to another."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    @cached_property
    def in_title_case(self) -> bool:
        """Tell whether the line is a headline in which nearly every longer word has a capital."""
        if self.text.startswith(".", self.ends[-1]):
            return False  # a sentence
        longer = [word for word in self.words if len(word) > 3]
        capitals = sum(map(is_capital, longer))
        return len(longer) > 4 and capitals >= TITLE_CASE_SHARE * len(longer)

    def opens_sentence(self, index: int) -> bool:
        """Tell whether a word is the first of a sentence, where a capital says nothing."""
        return index == 0 or self.gaps[index].rstrip()[-1:] in SENTENCE_ENDS

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Give the words that lie wholly in a stretch of the text, as (first, last)."""
        first = bisect_left(self.starts, start)
        return first, bisect(self.ends, end, lo=first)


def is_capital(word: str) -> bool:
    """Tell whether a word begins with a capital."""
    return word[0].isupper()


def plain(text: str) -> str:
    """Write quotation marks, dashes and spaces in their plain form, at the same offsets."""
    for fancy, simple in PLAIN:
        text = text.replace(fancy, simple)
    return text


def read(text: str, start: int = 0, end: int | None = None) -> Line:
    """Split `text[start:end]` into words; `text` is plain."""
    pieces = WORD.split(text[start:end])  # what stands between words, and words, in turn
    places = [*accumulate(map(len, pieces), initial=start)]
    return Line(text, pieces[1::2], places[1:-1:2], places[2::2], ["", *pieces[2:-1:2]])


def words_of(name: str) -> Sequence[str]:
    """Split a name, which the rules on names do many times over with each."""
    return _words_of(name) if len(name) <= LONGEST_NAME else WORD.findall(name)


@lru_cache(maxsize=1024)
def _words_of(name: str) -> Sequence[str]:
    return tuple(WORD.findall(name))


def lines(text: str, start: int, end: int) -> Iterator[Line]:
    """Split a zone of a plain text into its lines: no name goes over a line break."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        line = read(text, start, stop)
        if line.words:
            yield line
        start = stop + 1
