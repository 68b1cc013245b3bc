"""The labelled articles, enriched as the enricher does it."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from schemas.enriched_article import EnrichedArticle
from schemas.identity import article_id
from schemas.raw_article import RawArticle, Source
from services.enricher.local import enricher

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus" / "wikinews-2019-2020.jsonl"
FETCHED_AT = datetime(2021, 4, 1, tzinfo=UTC)


def labels() -> dict[str, str]:
    """Read the story of each article, by its id."""
    lines = (HERE / "labels.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines)
    return {str(article_id("", "", url)): label for url, label in pairs}


def articles() -> list[EnrichedArticle]:
    """Enrich the corpus, in order of publication."""
    lines = CORPUS.read_text(encoding="utf-8").splitlines()
    raw = sorted((json.loads(line) for line in lines), key=lambda one: one["published_at"])
    return [*enricher()([_raw(one) for one in raw])]


def _raw(one: dict[str, str]) -> RawArticle:
    source = Source(name="wikinews", item=one["url"], url=one["url"])
    return RawArticle(
        article_id=article_id(source.name, source.item, source.url),
        version=1,
        source=source,
        fetched_at=FETCHED_AT,
        content_type="text/plain",
        content_sha256=sha256(one["text"].encode()).hexdigest(),
        text=one["text"],
        headline=one["headline"],
        published_at=one["published_at"],
    )
