"""The enricher of this process: the model, loaded once, and the clock."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from uuid import UUID

from schemas.enriched_article import EnrichedArticle
from schemas.raw_article import RawArticle, Source
from services.enricher.enrichments import enrichments
from services.enricher.pipeline import Enrich, enrich
from services.enricher.recognition.model import MODEL, load


@cache
def enricher() -> Enrich:
    """Return a function that enriches articles; the first call loads the model."""
    functions = enrichments(load())

    def run(articles: Sequence[RawArticle]) -> list[EnrichedArticle]:
        return enrich(articles, functions, MODEL, datetime.now(UTC))

    return run


def warm_up() -> None:
    """Enrich once, so that no article pays for tables that are read when first needed."""
    text = "The mayor of Paris, Anne Martin, said on Monday that 12 people had been hurt."
    article = RawArticle(
        article_id=UUID(int=0),
        version=1,
        source=Source(name="newsreel", item="warm-up"),
        fetched_at=datetime.now(UTC),
        content_type="text/plain",
        content_sha256=sha256(text.encode()).hexdigest(),
        text=text,
    )
    enricher()([article])
