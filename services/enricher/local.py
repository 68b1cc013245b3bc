"""The enricher of this process: the model, loaded once, and the clock."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

from schemas.enriched_article import EnrichedArticle
from schemas.raw_article import RawArticle
from services.enricher.enrichments import enrichments
from services.enricher.model import MODEL, load
from services.enricher.pipeline import enrich


@cache
def enricher() -> Callable[[RawArticle], EnrichedArticle]:
    """Return a function that enriches an article; the first call loads the model."""
    functions = enrichments(load())

    def run(raw: RawArticle) -> EnrichedArticle:
        return enrich(raw, functions, MODEL, datetime.now(UTC))

    return run
