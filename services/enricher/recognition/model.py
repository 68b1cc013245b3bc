"""The entity model: the recogniser of spaCy's small English model, trained further for news."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from thinc.api import NumpyOps, set_current_ops

from services.enricher.naming.spans import LabelledSpan
from services.enricher.recognition.reading import Read, fastest

WEIGHTS = Path(__file__).parents[1] / "weights"
"""Made by `python -m training`; README.md in it is the model's card."""


MODEL = "{name} {version}".format_map(json.loads((WEIGHTS / "meta.json").read_bytes()))
"""Name and version of the model, as an enriched article states it."""

MOST_WORDS = 60_000
"""Words and their shapes that are kept: the first thousand articles bring so many, some 30 MB.
What is common is among them, and spaCy cuts a word that it keeps off a text at a third of the
cost. Later words would be kept for ever as well, so they are forgotten."""
FORGET_AFTER = 50
"""Calls after which later words are forgotten: to do so after every one costs an eighth of the
speed."""
PIECE = 20_000
"""Characters that the model reads at once; most articles are shorter."""


_UNREADABLE = re.compile(r"\S{500,}")
"""What has no space for so long is no words; spaCy takes quadratic time to look for them in it."""


class Recogniser:
    """The model as a function from texts to their labelled spans."""

    def __init__(self, nlp: Language, read: Read, most_words: int = MOST_WORDS) -> None:
        self._nlp = nlp
        self._read = read
        self._most_words = most_words
        self._calls = count()
        self._zone = ExitStack()

    def __call__(self, texts: Sequence[str]) -> list[list[LabelledSpan]]:
        """Find the spans of each text; offsets are code points into it."""
        self._forget()
        found: list[list[LabelledSpan]] = [[] for _ in texts]
        for batch in batches(texts):
            readable = [
                _UNREADABLE.sub(_blank, texts[text][start:end]) for text, start, end in batch
            ]
            for (text, start, _), spans in zip(batch, self._read(readable), strict=True):
                found[text] += [
                    LabelledSpan(start + span.start, start + span.end, span.label) for span in spans
                ]
        return found

    def _forget(self) -> None:
        if next(self._calls) % FORGET_AFTER == 0:
            self._zone.close()
            if len(self._nlp.vocab.strings) >= self._most_words:
                self._zone.enter_context(self._nlp.memory_zone())


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def batches(texts: Sequence[str], most: int = PIECE) -> Iterator[list[tuple[int, int, int]]]:
    """Yield the pieces of all texts as (text, start, end), about `most` characters at a time.

    Memory grows with what is read at once, not with the article: the model takes some 4 kB for each
    character.
    """
    batch: list[tuple[int, int, int]] = []
    size = 0
    for number, text in enumerate(texts):
        for start, end in pieces(text, most):
            if batch and size + end - start > most:
                yield batch
                batch, size = [], 0
            batch.append((number, start, end))
            size += end - start
    if batch:
        yield batch


def pieces(text: str, most: int = PIECE) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of pieces of at most `most` characters that make up the text.

    A piece ends at a line break if it can, else at a space.
    """
    start = 0
    while len(text) - start > most:
        window = start, start + most
        cut = text.rfind("\n", *window)
        cut = cut if cut > start else text.rfind(" ", *window)
        end = cut + 1 if cut > start else start + most
        yield start, end
        start = end
    yield start, len(text)


def load() -> Recogniser:
    """Load the model (half a second, 130 MB)."""
    nlp = spacy.load(WEIGHTS)
    # NumPy's OpenBLAS multiplies these small matrices three times as fast as BLIS, thinc's default.
    ops = NumpyOps(use_blis=False)
    set_current_ops(ops)
    ner: Any = nlp.get_pipe("ner")
    for layer in ner.model.walk():
        layer.ops = ops
    return Recogniser(nlp, fastest(nlp))
