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
from services.indexer.documents import Write, write
from services.indexer.settings import IndexerSettings
from services.indexer.verdict import Verdict
from services.runtime.consumer import App, deliveries
from services.runtime.health import BATCH_SECONDS, Health
from services.runtime.lane import Delivery, Lane
from services.runtime.record import Record
from services.runtime.worker import Failpoint, faust_app, no_failpoint

log = structlog.get_logger(__name__)

Index = Callable[[Sequence[Write]], Awaitable[Sequence[Outcome]]]
Publish = Callable[[Sequence[Record]], Awaitable[object]]
Item = tuple[Delivery, Write | Rejection]


def create_app(
    settings: IndexerSettings,
    index: Index,
    publish: Publish,
    health: Health,
    failpoint: Failpoint = no_failpoint,
) -> App:
    """Make the app; `index` and `publish` return when every document or record is settled.

    The cracks are `indexed`, and `dead-lettered` after a batch with a dead letter.
    """
    app = faust_app(INDEXER_GROUP, settings)
    enriched = app.topic(
        settings.kafka.prefix + ENRICHED.name, value_type=bytes, value_serializer="raw"
    )
    dead_letters = settings.kafka.prefix + ENRICHED_DEAD_LETTERS.name

    async def begin(delivery: Delivery) -> Write | Rejection:
        health.begun()
        return to_write(delivery, settings.elasticsearch.write_alias, datetime.now(UTC))

    async def finish(batch: Sequence[Item]) -> None:
        started = time.monotonic()
        outcomes = await index([item for _, item in batch if isinstance(item, Write)])
        failpoint("indexed")
        verdicts = judged(batch, outcomes)
        await publish(
            [
                dead_letter(dead_letters, delivery, verdict)
                for delivery, verdict in verdicts
                if isinstance(verdict, Rejection)
            ]
        )
        if any(isinstance(verdict, Rejection) for _, verdict in verdicts):
            failpoint("dead-lettered")
        names = [v.reason if isinstance(v, Rejection) else v.value for _, v in verdicts]
        for name in names:
            health.settled(name)
        BATCH_SECONDS.observe(time.monotonic() - started)
        log.info("Batch indexed.", articles=len(batch), **Counter(names))

    @app.agent(enriched)
    async def index_articles(stream: StreamT[bytes]) -> None:
        await Lane(begin, finish, settings.limits).run(deliveries(app, stream))

    return app


def to_write(delivery: Delivery, alias: str, now: datetime) -> Write | Rejection:
    """Turn an enriched record into the write of its document, or say why that can't be done."""
    article = read(EnrichedArticle, delivery.key, delivery.value)
    return article if isinstance(article, Rejection) else write(article, alias, now)


def judged(
    batch: Sequence[Item], outcomes: Sequence[Outcome]
) -> list[tuple[Delivery, Verdict | Rejection]]:
    """Say what became of each delivery; `outcomes` are those of the batch's writes, in order."""
    answers = iter(outcomes)
    return [
        (delivery, item if isinstance(item, Rejection) else _verdict(next(answers)))
        for delivery, item in batch
    ]


def dead_letter(topic: str, delivery: Delivery, why: Rejection) -> Record:
    """Address the original bytes to the dead-letter topic."""
    headers = dead_letter_headers(delivery.headers, "indexer", why, delivery.origin)
    return Record(topic, delivery.key, delivery.value, headers)


def _verdict(outcome: Outcome) -> Verdict | Rejection:
    if outcome.verdict is Verdict.REJECTED:
        return Rejection("document_rejected", "BulkItemError", outcome.reason)
    return outcome.verdict
