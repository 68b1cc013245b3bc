"""What the article is written in."""

from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from schemas.enriched_article import Language
from services.enricher.draft import Draft

ENOUGH_LETTERS = 20
"""Below this a name or two decides, and the answer is a guess."""
CONFIDENT = 0.5
"""Normalised probability from which the text is believed against its source."""
SAMPLE = 4000
"""Characters looked at; the answer does not change after a few sentences."""


def language(draft: Draft) -> Language | None:
    """Detect the language of title and body; where the text can't tell, trust the source.

    The source comes second because feeds declare one language for all their articles.
    """
    sample = "\n".join(draft.text[start:end] for start, end in draft.zones())[:SAMPLE]
    told = _has_enough_letters(sample)
    code, odds = identifier().classify(sample) if told else ("", 0.0)
    if odds < CONFIDENT:
        code = (draft.raw.language or "").partition("-")[0].lower()
        if len(code) != 2:
            return None
        odds = dict(identifier().rank(sample)).get(code, 0.0) if told else 0.0
    return Language(code=code, confidence=round(min(1.0, odds), 4))


def _has_enough_letters(sample: str) -> bool:
    letters = islice(filter(str.isalpha, sample), ENOUGH_LETTERS)
    return sum(1 for _ in letters) == ENOUGH_LETTERS


class _Identifier(LanguageIdentifier):  # type: ignore[misc]  # the library has no types
    """The library's identifier, which reads all bytes of a text at once, without what that spares.

    The library would keep the same as lists too, and languages that are not asked for: 34 MB.
    """

    nb_ptc: NDArray[np.float32]
    """(features, languages)"""
    tk_output: Any
    _rowbase: Any

    def __init__(self, *model: Any, **options: Any) -> None:
        super().__init__(*model, **options)
        self._moves = np.asarray(self.tk_nextmove)
        self._rows = np.asarray(self._rowbase, np.uint32)
        self._features = np.asarray(self.tk_output)
        self._rowbase = self.tk_output = None

    def set_languages(self, langs: Iterable[str] | None = None) -> None:
        """Choose languages, for good."""
        super().set_languages(langs)
        # As chosen it is half as wide and lies column by column, while a text needs some of its
        # rows: 23 MB more, and a third of the time.
        self.nb_ptc = np.ascontiguousarray(self.nb_ptc, dtype=np.float32)
        self._full_model = self.nb_ptc, self.nb_pc, self.nb_classes

    def _raw_score(self, text: bytes) -> NDArray[np.float32]:
        """Score the languages by the features that end at each byte, in order of the text."""
        features = self._features.take(self._states(text))
        found, counts = _counted(features[features >= 0])
        if not found.size:
            return np.zeros(len(self.nb_classes), np.float32)  # none is likelier than another
        # `take` reads the rows in a quarter of the time that an index in brackets needs.
        scores = np.log1p(counts.astype(np.float32)) @ self.nb_ptc.take(found, axis=0) + self.nb_pc
        return np.asarray(scores)

    def _states(self, text: bytes) -> NDArray[np.uint32]:
        """Give the state of the library's automaton after each byte.

        Every state follows from the one before it. They all start as the first one and are moved
        on together until none changes, and then they are what a walk from byte to byte gives. That
        takes few rounds: a state tells at most the last six bytes.
        """
        letters = np.frombuffer(text, np.uint8)
        states = np.zeros(len(letters) + 1, np.uint32)
        while True:
            moved = self._moves.take(self._rows.take(states[:-1]) + letters)
            if np.array_equal(moved, states[1:]):
                return states[1:]
            states[1:] = moved


def _counted(numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Give each number once, those that come first before others, and how often it comes."""
    first = np.empty(numbers.max(initial=0) + 1, np.intp)
    # Of a number that comes again the last place is kept, and from the end that is its first one.
    first[numbers[::-1]] = np.arange(len(numbers))[::-1]
    counts = np.bincount(first[numbers])
    places = np.flatnonzero(counts)
    return numbers[places], counts[places]


@cache
def identifier() -> LanguageIdentifier:
    """Load the model once, when first needed: it takes most of a second."""
    loaded = _Identifier.from_model_file(MODEL_FILE, norm_probs=True)
    loaded.set_languages([code for code in loaded.labels if len(code) == 2])
    return loaded
