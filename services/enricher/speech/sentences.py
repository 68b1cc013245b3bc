"""Where sentences begin and end."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

LONGEST = 1000
"""Characters of a sentence that are read."""

# Begins with all that a boundary may begin with, which a search finds in half the time.
_BOUNDARY = re.compile(r"[.!?\n](?:(?<=\n)|(?<!\n)[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9]))")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Adm|Sen|Rep|Gov|Rev|St|Jr|Sr|No|vs"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z])$"
)


class Sentences:
    """The sentences of a text, by where one ends and the next begins."""

    def __init__(self, text: str) -> None:
        """Find each boundary once."""
        found = [*_boundaries(text)]
        self._starts = [0, *(end for _, end in found)]
        self._ends = [*(start for start, _ in found), len(text)]

    def start(self, position: int) -> int:
        """Return where the sentence that holds a position starts, at most `LONGEST` before."""
        return max(self._starts[bisect_right(self._starts, position) - 1], position - LONGEST)

    def end(self, position: int, furthest: int) -> int:
        """Return where the sentence ends that holds a position, at most at `furthest`."""
        return min(furthest, self._ends[bisect_left(self._ends, position)])

    def over(self, start: int, end: int) -> Iterable[tuple[int, int]]:
        """Return (start, end) of the sentences that a stretch of the text has a part of."""
        touched = slice(bisect_right(self._starts, start) - 1, bisect_left(self._starts, end))
        return zip(self._starts[touched], self._ends[touched], strict=True)


def _boundaries(text: str) -> Iterator[tuple[int, int]]:
    for found in _BOUNDARY.finditer(text):
        before = text[max(0, found.start() - 5) : found.start()]
        if found.group() == "\n":
            # "She said:" goes on in the paragraph after it.
            if not before.rstrip().endswith(":"):
                yield found.span()
        elif not _ABBREVIATION.search(before):
            yield found.span()
