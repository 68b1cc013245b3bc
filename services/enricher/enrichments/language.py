"""What the article is written in."""

from collections import Counter
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
    odds = _odds(sample) if _has_enough_letters(sample) else {}
    likeliest = max(odds, key=odds.__getitem__, default="")
    declared = (draft.raw.language or "").partition("-")[0].lower()
    if odds.get(likeliest, 0) < CONFIDENT and len(declared) == 2:
        likeliest = declared
    elif odds.get(likeliest, 0) < CONFIDENT:
        return None
    return Language(code=likeliest, confidence=round(odds.get(likeliest, 0.0), 4))


def _has_enough_letters(sample: str) -> bool:
    letters = islice(filter(str.isalpha, sample), ENOUGH_LETTERS)
    return sum(1 for _ in letters) == ENOUGH_LETTERS


def _odds(sample: str) -> dict[str, float]:
    return {code: min(1.0, max(0.0, odds)) for code, odds in identifier().rank(sample)}


class _Identifier(LanguageIdentifier):  # type: ignore[misc]  # the library has no types
    """The library's identifier, which reads all bytes of a text at once."""

    def __init__(self, *model: Any, **options: Any) -> None:
        super().__init__(*model, **options)
        self._moves = np.asarray(self.tk_nextmove)
        self._rows = np.asarray(self._rowbase, np.intp)
        self._features = np.asarray(self.tk_output)

    def _raw_score(self, text: bytes) -> NDArray[np.float32]:
        """Score the languages by the features that end at each byte, in order of the text."""
        features = self._features[self._states(text)]
        found = Counter(features[features >= 0].tolist())
        scores = self._sparse_score(found, self.nb_ptc) if found else super()._raw_score(text)
        return np.asarray(scores)

    def _states(self, text: bytes) -> NDArray[np.intp]:
        """Give the state of the library's automaton after each byte.

        Every state follows from the one before it. They all start as the first one and are moved
        on together until none changes, and then they are what a walk from byte to byte gives. That
        takes few rounds: a state tells at most the last six bytes.
        """
        letters = np.frombuffer(text, np.uint8)
        states = np.zeros(len(letters) + 1, np.intp)
        while True:
            moved = self._moves.take(self._rows.take(states[:-1]) + letters)
            if np.array_equal(moved, states[1:]):
                return states[1:]
            states[1:] = moved


@cache
def identifier() -> LanguageIdentifier:
    """Load the model once, when first needed: it takes most of a second."""
    loaded = _Identifier.from_model_file(MODEL_FILE, norm_probs=True)
    loaded.set_languages([code for code in loaded.labels if len(code) == 2])
    # As chosen it is half as wide and lies column by column, while a text needs some of its rows:
    # 23 MB more, and a third of the time.
    loaded.nb_ptc = np.ascontiguousarray(loaded.nb_ptc, dtype=np.float32)
    return loaded
