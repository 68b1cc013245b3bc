"""The enrichments, in the order in which they run: each may read what those before it found."""

from collections.abc import Callable, Sequence
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

Enrichment = Callable[[Sequence[Draft]], Sequence[Any]]
"""From drafts to what each of them gets: the model is faster with many than with one by one."""

ENGLISH_ONLY = frozenset({"entities", "numbers", "dates", "quotes"})


def enrichments(recognise: Recognise) -> dict[str, Enrichment]:
    """Map each field of `EnrichedArticle` to the pure function that fills it."""
    return {
        "language": each(language),
        "published_at": each(published_at),
        "entities": lambda drafts: entities(drafts, recognise),
        "numbers": each(numbers),
        "dates": each(dates),
        "quotes": each(quotes),
        "signature": each(signature),
    }


def each(function: Callable[[Draft], Any]) -> Enrichment:
    """Make an enrichment of a function of one draft."""
    return lambda drafts: [function(draft) for draft in drafts]
