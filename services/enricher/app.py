"""The enricher's Faust app: raw topic in, enriched topic or dead letter out."""

import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence

import structlog
from faust.types import StreamT

from schemas.headers import Rejection, dead_letter_headers
from schemas.topics import ENRICHED, ENRICHER_GROUP, RAW, RAW_DEAD_LETTERS
from services.enricher.pipeline import Enriched, Outcome
from services.enricher.settings import EnricherSettings
from services.runtime.consumer import App, deliveries
from services.runtime.health import BATCH_SECONDS, Health
from services.runtime.lane import Delivery, Lane
from services.runtime.record import Record
from services.runtime.worker import Failpoint, faust_app, no_failpoint

log = structlog.get_logger(__name__)

Process = Callable[[Delivery], Awaitable[Outcome]]
Publish = Callable[[Sequence[Record]], Awaitable[object]]


def create_app(
    settings: EnricherSettings,
    process: Process,
    publish: Publish,
    health: Health,
    failpoint: Failpoint = no_failpoint,
) -> App:
    """Make the app; `publish` returns when the broker has acknowledged every record.

    The cracks are `published`, and `dead-lettered` after a batch with a dead letter.
    """
    app = faust_app(ENRICHER_GROUP, settings)
    raw = app.topic(settings.kafka.prefix + RAW.name, value_type=bytes, value_serializer="raw")

    async def begin(delivery: Delivery) -> Outcome:
        health.begun()
        return await process(delivery)

    async def finish(batch: Sequence[tuple[Delivery, Outcome]]) -> None:
        started = time.monotonic()
        await publish([record(settings.kafka.prefix, *item) for item in batch])
        refused = any(isinstance(outcome, Rejection) for _, outcome in batch)
        failpoint("dead-lettered" if refused else "published")
        outcomes = Counter(_name(outcome) for _, outcome in batch)
        for _, outcome in batch:
            health.settled(_name(outcome))
        BATCH_SECONDS.observe(time.monotonic() - started)
        log.info("Batch published.", articles=len(batch), **outcomes)

    @app.agent(raw)
    async def enrich(stream: StreamT[bytes]) -> None:
        await Lane(begin, finish, settings.limits).run(deliveries(app, stream))

    return app


def record(prefix: str, delivery: Delivery, outcome: Outcome) -> Record:
    """Address an outcome: the enriched event, or the original bytes as a dead letter."""
    if isinstance(outcome, Enriched):
        return Record(prefix + ENRICHED.name, outcome.key, outcome.value, outcome.headers)
    why = dead_letter_headers(delivery.headers, "enricher", outcome, delivery.origin)
    return Record(prefix + RAW_DEAD_LETTERS.name, delivery.key, delivery.value, why)


def _name(outcome: Outcome) -> str:
    return outcome.reason if isinstance(outcome, Rejection) else "enriched"
