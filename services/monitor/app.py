"""What runs in the monitor: it asks Kafka, and writes to Elasticsearch what it was told."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from itertools import islice

import structlog
from aiokafka import TopicPartition
from aiokafka.errors import (
    GroupAuthorizationFailedError,
    KafkaError,
    TopicAuthorizationFailedError,
)
from prometheus_client import Gauge

from schemas.topics import (
    ENRICHED,
    ENRICHED_DEAD_LETTERS,
    ENRICHER_GROUP,
    INDEXER_GROUP,
    RAW,
    RAW_DEAD_LETTERS,
)
from services.dead_letters.letters import Stored
from services.indexer.bulk import Patience, Send, index_all
from services.indexer.documents import Document, Write
from services.indexer.verdict import Verdict
from services.monitor import lag
from services.monitor.mirror import Mirror
from services.monitor.settings import MonitorSettings
from services.monitor.watching import Groups, Letters, asking, following
from services.runtime.health import Health, StalledError
from services.runtime.signals import first
from services.runtime.waiting import Reminder, pauses

log = structlog.get_logger(__name__)

GROUPS = {ENRICHER_GROUP: RAW, INDEXER_GROUP: ENRICHED}
STAGES = {RAW_DEAD_LETTERS: "enricher", ENRICHED_DEAD_LETTERS: "indexer"}
"""Called as the workers call themselves in a letter's header, which anybody may have written."""
NOT_OURS = (GroupAuthorizationFailedError, TopicAuthorizationFailedError)
"""Errors that no waiting mends."""
NOT_THERE = "document_missing_exception"
"""What Elasticsearch answers to news of a letter that it was never shown."""
CONNECT_WITHIN = 60.0
"""Seconds."""
BACKLOG = 20_000
"""Samples that wait while Elasticsearch is away: of a day. The oldest go first."""
AT_ONCE = 500
GROUP_LAG = Gauge("newsreel_group_lag_events", "Events that a group has not settled.", ["group"])


class Monitor:
    """Writes samples and dead letters until it is cancelled; `health` is told of all waits."""

    def __init__(self, settings: MonitorSettings, send: Send, health: Health) -> None:
        self._settings, self._send, self._health = settings, send, health
        self._samples = asyncio.Queue[Write](BACKLOG)
        self._writing = 0
        self._away: str | None = "not asked yet"
        self._reminder = Reminder()
        self._of_samples, self._of_letters = Patience(), Patience()
        health.troubles["kafka"] = lambda: self._away
        health.troubles["elasticsearch"] = lambda: (
            self._of_letters.trouble() or self._of_samples.trouble()
        )

    async def run(self) -> None:
        """Run; raises `StalledError`, `MissingTopic`, `Refused`, and `KafkaError` for a right."""
        await first(self._write_samples(), self._watch())

    async def _watch(self) -> None:
        """Watch for ever; after an error that passes all letters are read again."""
        kafka = self._settings.kafka
        for pause in pauses(ceiling=5.0):
            try:
                async with AsyncExitStack() as stack:
                    async with asyncio.timeout(CONNECT_WITHIN):
                        groups = await stack.enter_async_context(asking(kafka))
                        letters = await stack.enter_async_context(following(kafka, STAGES))
                    await first(self._measure(groups, letters), self._show(letters))
            except (KafkaError, OSError, TimeoutError) as error:
                if isinstance(error, NOT_OURS):
                    raise
                self._away = repr(error)
                if self._reminder.due():
                    log.warning("Waiting for Kafka.", error=self._away)
                await asyncio.sleep(pause)

    async def _measure(self, groups: Groups, letters: Letters) -> None:
        prefix, every = self._settings.kafka.prefix, self._settings.every
        while True:
            at = datetime.now(UTC)
            for group, topic in GROUPS.items():
                spans = await groups.spans(prefix + group, prefix + topic.name)
                GROUP_LAG.labels(group).set(sum(span.lag for span in spans.values()))
                self._keep(lag.sample(prefix + group, prefix + topic.name, spans, at), at)
            unread = await letters.unread()
            self._away = None
            self._health.observe(unread + self._samples.qsize(), self._writing)
            if self._health.stalled():
                raise StalledError(self._health.stalled_after)
            await asyncio.sleep(every - time.time() % every)

    def _keep(self, sample: Document, at: datetime) -> None:
        if self._samples.full():
            self._samples.get_nowait()
        alias = self._settings.elasticsearch.operations
        self._samples.put_nowait(lag.write(sample, at, self._settings.every, alias))

    async def _write_samples(self) -> None:
        while True:
            batch = [await self._samples.get()]
            while not self._samples.empty() and len(batch) < AT_ONCE:
                batch.append(self._samples.get_nowait())
            await self._write(batch, self._of_samples)

    async def _show(self, letters: Letters) -> None:
        prefix = self._settings.kafka.prefix
        stages = {prefix + topic.name: stage for topic, stage in STAGES.items()}
        mirror = Mirror(self._settings.elasticsearch.dead_letters, stages)

        async def take(records: Sequence[Stored]) -> None:
            writes = map(mirror.write, records)
            await self._write([one for one in writes if one], self._of_letters)

        async def lose(firsts: Mapping[TopicPartition, int]) -> None:
            for at, offset in firsts.items():
                writes = mirror.lost(at.topic, at.partition, offset)
                while some := list(islice(writes, AT_ONCE)):
                    await self._write(some, self._of_letters)

        await letters.run(take, lose)

    async def _write(self, writes: Sequence[Write], patience: Patience) -> None:
        self._writing += len(writes)
        try:
            for outcome in await index_all(self._send, writes, patience):
                missing = outcome.reason.startswith(NOT_THERE)
                self._health.settled(Verdict.STALE if missing else outcome.verdict, 1)
                if outcome.verdict is Verdict.REJECTED and not missing:
                    log.error("Not shown.", document=outcome.article_id, reason=outcome.reason)
        finally:
            self._writing -= len(writes)
