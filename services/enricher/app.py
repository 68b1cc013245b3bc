"""The enricher's Faust app: raw topic in, enriched topic or dead letter out."""

import time
from collections import Counter
from collections.abc import Sequence

import structlog
from faust.types import StreamT

from schemas.headers import Rejection, dead_letter_headers
from schemas.topics import ENRICHED, ENRICHER_GROUP, RAW, RAW_DEAD_LETTERS
from services.enricher.pipeline import Enriched, Outcome
from services.enricher.settings import EnricherSettings
from services.runtime.consumer import App, work
from services.runtime.health import BATCH_SECONDS
from services.runtime.lane import Begin, Delivery, Lane
from services.runtime.record import Record
from services.runtime.settling import Settlement, Settler
from services.runtime.worker import faust_app

log = structlog.get_logger(__name__)


def create_app(settings: EnricherSettings, process: Begin[Outcome], settler: Settler) -> App:
    """Make the app, which settles what `process` makes of each record."""
    app = faust_app(ENRICHER_GROUP, settings)
    raw = app.topic(settings.kafka.prefix + RAW.name, key_type=bytes, value_type=bytes)

    async def finish(batch: Sequence[tuple[Delivery, Outcome]]) -> None:
        started = time.monotonic()
        await settler.settle([settlement(settings.kafka.prefix, *item) for item in batch])
        outcomes = Counter(_name(outcome) for _, outcome in batch)
        BATCH_SECONDS.observe(time.monotonic() - started)
        log.info("Batch published.", articles=len(batch), **outcomes)

    @app.agent(raw)
    async def enrich(stream: StreamT[bytes]) -> None:
        await work(app, stream, Lane(process, finish, settings.limits))

    return app


def settlement(prefix: str, delivery: Delivery, outcome: Outcome) -> Settlement:
    """Address an outcome: the enriched event, or the original bytes as a dead letter."""
    name = _name(outcome)
    if isinstance(outcome, Enriched):
        event = Record(prefix + ENRICHED.name, outcome.key, outcome.value, outcome.headers)
        return Settlement(delivery, name, event)
    why = dead_letter_headers(delivery.headers, "enricher", outcome, delivery.origin)
    letter = Record(prefix + RAW_DEAD_LETTERS.name, delivery.key, delivery.value, why)
    return Settlement(delivery, name, letter, refused=True)


def _name(outcome: Outcome) -> str:
    return outcome.reason if isinstance(outcome, Rejection) else "enriched"
