"""The corpus, enriched in this process as the workers would: half a minute of one core."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from schemas.enriched_article import EnrichedArticle
from schemas.raw_article import RawArticle
from services.enricher.local import enricher
from services.producer.articles import Defaults, article
from services.producer.sources import Received

CORPUS = Path(__file__).parents[1] / "corpus" / "wikinews-2019-2020.jsonl"
FETCHED = datetime(2026, 1, 1, tzinfo=UTC)


def enriched() -> Iterator[EnrichedArticle]:
    """Yield the articles of the corpus."""
    for number, line in enumerate(CORPUS.read_bytes().splitlines(), start=1):
        received = Received(f"{CORPUS.name}:{number}", f"corpus-{number}", "line", line)
        raw = article(received, Defaults(), FETCHED)
        if not isinstance(raw, RawArticle):
            raise TypeError(f"{raw.origin}: {raw.reason}")
        yield from enricher()([raw])
