"""spaCy's tokens, cut once for each run of characters that stands between spaces.

spaCy cuts such runs one by one (`Tokenizer._tokenize_affixes` in spaCy 3.8), so what it makes of a
run is the same wherever that stands, and is kept. Only its special cases (emoticons, contractions)
are sought in the whole text. One that has a space inside is none; but where it overlaps with
another, spaCy leaves that one uncut as well, and we cut it. Of 60,000 texts drawn from nothing but
special cases, two were cut otherwise for that.
"""

import re
import sys
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.enricher.recognition.forms import Forms, FormVectors
from services.enricher.recognition.layers import Rows

MOST_BYTES = 6_000_000
"""Memory for runs, as of some 30,000 words with their commas and full stops."""
RUN_BYTES, TOKEN_BYTES = 100, 14
"""What a run takes beside its characters, and each of its tokens."""

_RUN = re.compile(r"\S+ ?|\s+")
"""The space after a word belongs to it, as in spaCy; any other white space is a token."""

Cut = Callable[[str], tuple[Forms, Sequence[int]]]
"""From a text to the form and the length of each of its tokens."""


class Words(NamedTuple):
    """The tokens of some texts, one text after the other."""

    rows: NDArray[np.intp]
    """Which rows of the form vectors are theirs, until more texts are cut."""
    ends: NDArray[np.intp]
    """Where they end, in code points of all texts; the space after a word is its part."""
    space: NDArray[np.bool_]
    """Which are white space."""
    counts: Sequence[int]
    """Tokens of each text."""
    text: str
    """All texts, one after the other."""

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Give the code points of `text` from one token to the one before another."""
        start = int(self.ends[first - 1]) if first else 0
        stop = int(self.ends[end - 1])
        return start, stop - (self.text[stop - 1] == " " and not self.space[end - 1])


class Runs:
    """Cuts texts into tokens, by what is known of their runs."""

    def __init__(self, cut: Cut, vectors: FormVectors, most: int = MOST_BYTES) -> None:
        """Keep `most` bytes, and what is new in the last texts."""
        self._cut, self._vectors, self._most = cut, vectors, most
        self._forget()

    def _forget(self) -> None:
        self._bytes = 0
        self._known: dict[str, int] = {}
        """The number of each run."""
        self._begins = array("i", [0])
        """By number of a run the number of its first token, and of the next token to come."""
        self._tokens = array("i")
        """By number of a token its row, its length and whether it is white space."""

    def __call__(self, texts: Iterable[str]) -> Words:
        """Cut texts into tokens."""
        split = [_RUN.findall(text) for text in texts]
        runs = list(chain.from_iterable(split))
        numbers = self._numbers(runs)
        begins = np.frombuffer(self._begins, np.intc)
        sizes = begins.take(numbers + 1) - begins.take(numbers)
        ends = sizes.cumsum()
        tokens = np.arange(ends[-1]) + np.repeat(begins.take(numbers) + sizes - ends, sizes)
        table = np.frombuffer(self._tokens, np.intc).reshape(-1, 3)
        rows, lengths, space = table.take(tokens, axis=0).T
        last = [int(ends[run - 1]) for run in accumulate(map(len, split))]
        counts = [end - start for start, end in pairwise([0, *last])]
        return Words(rows.astype(np.intp), lengths.cumsum(), space > 0, counts, "".join(runs))

    def _numbers(self, runs: Sequence[str]) -> Rows:
        numbers = [*map(self._known.get, runs)]
        if None in numbers:
            self._learn(dict.fromkeys(runs))
            numbers = [*map(self._known.get, runs)]
        return np.array(numbers, np.intp)

    def _learn(self, runs: Iterable[str]) -> None:
        new = [run for run in runs if run not in self._known]
        if self._vectors.full or self._bytes > self._most:
            self._forget()
            self._vectors.forget()
            new = list(runs)
        words = {run: run.removesuffix(" ") for run in new if not run.isspace()}
        if words:
            self._keep(words, "\n".join(words.values()))  # no special case goes over a line break
        for space in (run for run in new if run.isspace()):
            self._keep({space: space}, space)

    def _keep(self, runs: Mapping[str, str], text: str) -> None:
        """Cut a text that has the runs, here without the space after each, in its lines."""
        forms, cut = self._cut(text)
        rows, first = self._vectors.rows(forms), 0
        for run, core in runs.items():
            last, left, space = first, len(core), core.isspace()
            while left:
                left -= cut[last]
                self._tokens.extend((rows[last], cut[last], space))
                last += 1
            self._tokens[-2] += len(run) - len(core)
            self._known[run] = len(self._known)
            self._begins.append(len(self._tokens) // 3)
            self._bytes += sys.getsizeof(run) + RUN_BYTES + TOKEN_BYTES * (last - first)
            first = last + 1
