"""The indexer's Faust app: enriched topic in, Elasticsearch or dead letter out."""

import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

import structlog
from faust.types import StreamT

from schemas.enriched_article import EnrichedArticle
from schemas.headers import Rejection, dead_letter_headers
from schemas.reading import read
from schemas.topics import ENRICHED, ENRICHED_DEAD_LETTERS, INDEXER_GROUP
from services.indexer.bulk import Outcome
from services.indexer.documents import Write, day, write
from services.indexer.settings import IndexerSettings
from services.indexer.verdict import Verdict
from services.runtime.consumer import App, work
from services.runtime.health import BATCH_SECONDS
from services.runtime.lane import Delivery, Lane
from services.runtime.record import Record
from services.runtime.settling import Settlement, Settler
from services.runtime.worker import faust_app
from services.stories.about import about

log = structlog.get_logger(__name__)

Index = Callable[[Sequence[Write]], Awaitable[Sequence[Outcome]]]
Item = tuple[Delivery, Write | Rejection]


def create_app(settings: IndexerSettings, index: Index, settler: Settler) -> App:
    """Make the app, which settles what `index` makes of each document."""
    app = faust_app(INDEXER_GROUP, settings)
    enriched = app.topic(settings.kafka.prefix + ENRICHED.name, key_type=bytes, value_type=bytes)
    dead_letters = settings.kafka.prefix + ENRICHED_DEAD_LETTERS.name
    alias, stories = settings.elasticsearch.write_alias, settings.stories

    def begin(delivery: Delivery) -> Write | Rejection:
        return to_write(delivery, alias, datetime.now(UTC), stories=stories)

    async def finish(batch: Sequence[Item]) -> None:
        started = time.monotonic()
        outcomes = await index([item for _, item in batch if isinstance(item, Write)])
        settled = [settlement(dead_letters, *one) for one in judged(batch, outcomes)]
        await settler.settle(settled)
        BATCH_SECONDS.observe(time.monotonic() - started)
        names = Counter(one.outcome for one in settled)
        log.info("Batch indexed.", articles=len(batch), **names)

    @app.agent(enriched)
    async def index_articles(stream: StreamT[bytes]) -> None:
        await work(app, stream, Lane(begin, finish, settings.limits))

    return app


def to_write(delivery: Delivery, alias: str, now: datetime, *, stories: bool) -> Write | Rejection:
    """Turn an enriched record into the write of its document, or say why that can't be done."""
    article = read(EnrichedArticle, delivery.key, delivery.value)
    if isinstance(article, Rejection):
        return article
    written = write(article, alias, now)
    return written._replace(about=about(article, day(article, now))) if stories else written


def judged(
    batch: Sequence[Item], outcomes: Sequence[Outcome]
) -> list[tuple[Delivery, Verdict | Rejection]]:
    """Say what became of each delivery; `outcomes` are those of the batch's writes, in order."""
    answers = iter(outcomes)
    return [
        (delivery, item if isinstance(item, Rejection) else _verdict(next(answers)))
        for delivery, item in batch
    ]


def settlement(topic: str, delivery: Delivery, verdict: Verdict | Rejection) -> Settlement:
    """Address the original bytes of what was refused to the dead-letter topic."""
    if isinstance(verdict, Verdict):
        return Settlement(delivery, verdict.value)
    headers = dead_letter_headers(delivery.headers, "indexer", verdict, delivery.origin)
    letter = Record(topic, delivery.key, delivery.value, headers)
    return Settlement(delivery, verdict.reason, letter, refused=True)


def _verdict(outcome: Outcome) -> Verdict | Rejection:
    if outcome.verdict is Verdict.REJECTED:
        return Rejection("document_rejected", "BulkItemError", outcome.reason)
    return outcome.verdict
