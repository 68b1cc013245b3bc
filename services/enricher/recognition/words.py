"""spaCy's tokens, cut once for each run of characters that stands between spaces.

spaCy cuts such runs one by one (`Tokenizer._tokenize_affixes` in spaCy 3.8), so what it makes of a
run is the same wherever that stands, and is kept. Only its special cases (emoticons, contractions)
are sought in the whole text. One that has a space inside is none; but where it overlaps with
another, spaCy leaves that one uncut as well, and we cut it. Of 60,000 texts drawn from nothing but
special cases, two were cut otherwise for that.
"""

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.enricher.recognition.vectors import Forms, FormVectors

MOST_BYTES = 15_000_000
"""Memory for runs, as of some 30,000 words with their commas and full stops."""
RUN_BYTES, TOKEN_BYTES = 300, 50
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
        self._bytes = 0
        self._known: dict[str, tuple[Sequence[int], Sequence[int]]] = {}
        """The rows and lengths of the tokens of each run."""
        self._spaces: set[int] = set()
        """Rows of white space."""

    def __call__(self, texts: Iterable[str]) -> Words:
        """Cut texts into tokens."""
        runs = [_RUN.findall(text) for text in texts]
        self._learn(dict.fromkeys(chain.from_iterable(runs)))
        tokens = [[self._known[run] for run in text] for text in runs]
        rows, lengths = (
            np.fromiter(chain.from_iterable([run[part] for run in chain(*tokens)]), np.intp)
            for part in (0, 1)
        )
        space = np.isin(rows, list(self._spaces))
        counts = [sum(len(run[0]) for run in text) for text in tokens]
        return Words(rows, lengths.cumsum(), space, counts, "".join(chain(*runs)))

    def _learn(self, runs: Iterable[str]) -> None:
        new = [run for run in runs if run not in self._known]
        if new and (self._vectors.full or self._bytes > self._most):
            self._known, self._spaces, self._bytes = {}, set(), 0
            self._vectors.forget()
            new = list(runs)
        words = {run: run.removesuffix(" ") for run in new if not run.isspace()}
        if words:
            self._keep(words, "\n".join(words.values()))  # no special case goes over a line break
        for space in (run for run in new if run.isspace()):
            self._keep({space: space}, space)
            self._spaces.update(self._known[space][0])

    def _keep(self, runs: Mapping[str, str], text: str) -> None:
        """Cut a text that has the runs, here without the space after each, in its lines."""
        forms, cut = self._cut(text)
        rows, first = self._vectors.rows(forms), 0
        for run, core in runs.items():
            last, left = first, len(core)
            while left:
                left -= cut[last]
                last += 1
            lengths = list(cut[first:last])
            lengths[-1] += len(run) - len(core)
            self._known[run] = rows[first:last], lengths
            self._bytes += sys.getsizeof(run) + RUN_BYTES + TOKEN_BYTES * len(lengths)
            first = last + 1
