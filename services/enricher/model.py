"""The entity model: the recogniser of spaCy's small English model, trained further for news."""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import spacy
from spacy.language import Language
from thinc.api import NumpyOps, set_current_ops

from services.enricher.naming.spans import LabelledSpan

WEIGHTS = Path(__file__).parent / "weights"
"""Made by `python -m training`; README.md in it is the model's card."""


MODEL = "{name} {version}".format_map(json.loads((WEIGHTS / "meta.json").read_bytes()))
"""Name and version of the model, as an enriched article states it."""

FORGET_AFTER = 50
"""Texts after which the words that they brought are forgotten: spaCy would keep each one for ever,
and to forget them after every text costs an eighth of the speed."""
PIECE = 20_000
"""Characters that the model reads at once; most articles are shorter."""


_UNREADABLE = re.compile(r"\S{500,}")
"""What has no space for so long is no words; spaCy takes quadratic time to look for them in it."""


class Recogniser:
    """The model as a function from a text to its labelled spans."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._calls = count()
        self._zone = ExitStack()

    def __call__(self, text: str) -> Sequence[LabelledSpan]:
        """Find the spans of `text`; offsets are code points into it."""
        if next(self._calls) % FORGET_AFTER == 0:
            self._zone.close()
            self._zone.enter_context(self._nlp.memory_zone())
        return [
            LabelledSpan(start + entity.start_char, start + entity.end_char, entity.label_)
            for start, end in pieces(text)
            for entity in self._nlp(_UNREADABLE.sub(_blank, text[start:end])).ents
        ]


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def pieces(text: str, most: int = PIECE) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of pieces of at most `most` characters that make up the text.

    A piece ends at a line break if it can, else at a space. Memory grows with the piece, not with
    the article: the model takes some 4 kB for each character.
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
    for layer in nlp.get_pipe("ner").model.walk():  # type: ignore[attr-defined]  # a Pipe has no model, this one has
        layer.ops = ops
    return Recogniser(nlp)
