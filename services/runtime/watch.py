"""Watches over a running worker from outside: how far behind it is, and whether it gets on.

It asks the broker through a client of its own. Faust's is the one that stops without a word, as
its users tell ("workers slowly stop consuming").
"""

import asyncio
from collections.abc import Collection, Mapping

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from faust.types import TP

from services.runtime.consumer import App
from services.runtime.health import Health, StalledError
from services.runtime.kafka import options
from services.runtime.record import MissingTopic
from services.runtime.settings import Kafka
from services.runtime.waiting import Reminder

log = structlog.get_logger(__name__)

EVERY = 3.0
"""Seconds between two looks."""
PATIENCE = 10.0
"""Seconds that one look may take."""


class Watch:
    """Looks at the broker now and then and tells `health`; `run` ends only by raising."""

    def __init__(self, app: App, kafka: Kafka, topics: Collection[str], health: Health) -> None:
        self._app, self._kafka, self._topics, self._health = app, kafka, topics, health
        self._consumer: AIOKafkaConsumer | None = None
        self._reminder = Reminder()
        self._unanswered: str | None = None
        health.troubles["kafka"] = lambda: self._unanswered

    async def run(self) -> None:
        """Look for ever; raises `StalledError`, and `MissingTopic` for a topic that was deleted."""
        try:
            while True:
                await self._look()
                if self._health.stalled():
                    raise StalledError(self._health.stalled_after)
                await asyncio.sleep(EVERY)
        finally:
            await self._close()

    async def _look(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                lag = await self._lag()
        except (KafkaError, OSError, TimeoutError) as error:
            self._unanswered = repr(error)
            if self._reminder.due():
                log.warning("Waiting for Kafka.", error=self._unanswered)
            await self._close()
            lag = 0
        else:
            self._unanswered = None
        self._health.observe(lag, self._app.consumer.watermarks.in_flight())

    async def _lag(self) -> int:
        """Count what is not settled."""
        consumer = self._consumer or await self._connect()
        missing = set(self._topics) - await consumer.topics()
        if missing:
            raise MissingTopic(missing)
        ours = list(self._app.consumer.assignment())
        if not ours:
            return 0
        partitions = [TopicPartition(one.topic, one.partition) for one in ours]
        ends = await consumer.end_offsets(partitions)
        firsts = await consumer.beginning_offsets(partitions)
        for one in ours:
            self._app.consumer.note_beginning(one, firsts[one])
        return sum(self._behind(one, firsts, ends) for one in ours)

    def _behind(self, partition: TP, firsts: Mapping[TP, int], ends: Mapping[TP, int]) -> int:
        mark = self._app.consumer.watermarks.of(partition)
        waiting = mark.unsettled()
        done = mark.next if waiting is None else waiting
        return max(0, ends[partition] - max(firsts[partition], done or 0))

    async def _connect(self) -> AIOKafkaConsumer:
        consumer = AIOKafkaConsumer(**options(self._kafka))
        try:
            await consumer.start()
        except BaseException:
            await consumer.stop()
            raise
        self._consumer = consumer
        return consumer

    async def _close(self) -> None:
        consumer, self._consumer = self._consumer, None
        if consumer:
            await consumer.stop()
