"""What the article is written in."""

from functools import cache

import numpy as np
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
    odds = _odds(sample) if sum(map(str.isalpha, sample)) >= ENOUGH_LETTERS else {}
    likeliest = max(odds, key=odds.__getitem__, default="")
    declared = (draft.raw.language or "").partition("-")[0].lower()
    if odds.get(likeliest, 0) < CONFIDENT and len(declared) == 2:
        likeliest = declared
    elif odds.get(likeliest, 0) < CONFIDENT:
        return None
    return Language(code=likeliest, confidence=round(odds.get(likeliest, 0.0), 4))


def _odds(sample: str) -> dict[str, float]:
    return {code: min(1.0, max(0.0, odds)) for code, odds in _identifier().rank(sample)}


@cache
def _identifier() -> LanguageIdentifier:
    """Load the model once, when first needed: it takes most of a second."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in identifier.labels if len(code) == 2])
    # As chosen it is half as wide and lies column by column, while a text needs some of its rows:
    # 23 MB more, and a third of the time.
    identifier.nb_ptc = np.ascontiguousarray(identifier.nb_ptc, dtype=np.float32)
    return identifier
