"""Enrich annotated texts in this process, as `newsreel enrich` would."""

from datetime import datetime

from schemas.enriched_article import EnrichedArticle
from services.accuracy.annotations import GoldArticle
from services.enricher.command import raw_article
from services.enricher.local import enricher


def enriched(gold: GoldArticle, now: datetime) -> EnrichedArticle:
    """Enrich the text of a gold article; the first call loads the model."""
    return enricher()([raw_article(f"{gold.item}.txt", gold.text, 1, now)])[0]
