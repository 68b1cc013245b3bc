"""The enrichments, in the order in which they run: each may read what those before it found."""

from collections.abc import Callable
from typing import Any

from services.enricher.draft import Draft
from services.enricher.enrichments.dates import dates
from services.enricher.enrichments.entities import entities
from services.enricher.enrichments.language import language
from services.enricher.enrichments.numbers import numbers
from services.enricher.enrichments.published_at import published_at
from services.enricher.enrichments.quotes import quotes
from services.enricher.enrichments.signature import signature
from services.enricher.naming.spans import Recognise

Enrichment = Callable[[Draft], Any]

ENGLISH_ONLY = frozenset({"entities", "numbers", "dates", "quotes"})


def enrichments(recognise: Recognise) -> dict[str, Enrichment]:
    """Map each field of `EnrichedArticle` to the pure function that fills it."""
    return {
        "language": language,
        "published_at": published_at,
        "entities": lambda draft: entities(draft, recognise),
        "numbers": numbers,
        "dates": dates,
        "quotes": quotes,
        "signature": signature,
    }
