"""Watches a run from outside: which offsets are committed, and what is in the index then."""

import asyncio
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from elasticsearch import ApiError, TransportError

from schemas.topics import RAW
from tests.faults.events import Sample
from tests.faults.evidence import GROUPS, Group, Installation

SAMPLE_EVERY = 0.5


@dataclass(frozen=True, slots=True)
class Lag:
    """Records of a topic that a group has not committed, and when that was asked."""

    begun: float
    records: int


class Observer:
    """Samples committed offsets while a run goes on; leaving it ends the sampling."""

    def __init__(self, of: Installation) -> None:
        self.samples: list[Sample] = []
        self.lag: dict[Group, Lag] = {}
        """As last seen."""
        self._of = of
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._observe()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stopped.set()
        self._thread.join()

    async def _observe(self) -> None:
        while not self._stopped.is_set():
            # Servers are away on purpose: then there is no sample.
            with suppress(KafkaError, ApiError, TransportError, OSError, TimeoutError):
                await self._sample_until_it_fails()
            await asyncio.sleep(SAMPLE_EVERY)

    async def _sample_until_it_fails(self) -> None:
        admin = AIOKafkaAdminClient(bootstrap_servers=self._of.bootstrap, request_timeout_ms=5000)
        consumer = AIOKafkaConsumer(bootstrap_servers=self._of.bootstrap, request_timeout_ms=5000)
        try:
            await admin.start()
            await consumer.start()
            while not self._stopped.is_set():
                for group in GROUPS:
                    async with asyncio.timeout(10):
                        await self._sample(group, admin, consumer)
                await asyncio.sleep(SAMPLE_EVERY)
        finally:
            with suppress(KafkaError, OSError, TimeoutError):
                await asyncio.wait_for(asyncio.gather(admin.close(), consumer.stop()), 5)

    async def _sample(
        self, group: Group, admin: AIOKafkaAdminClient, consumer: AIOKafkaConsumer
    ) -> None:
        name, topic = (self._of.prefix + part for part in GROUPS[group])
        partitions = [TopicPartition(topic, number) for number in range(RAW.partitions)]
        begun = time.monotonic()
        # The ends first: a lag of 0 then holds for all that was there.
        ends = await consumer.end_offsets(partitions)
        found = await admin.list_consumer_group_offsets(name, partitions=partitions)
        committed = {one.partition: max(0, found[one].offset) for one in partitions if one in found}
        at = round(time.time() * 1000)
        left = sum(ends[one] - committed.get(one.partition, 0) for one in partitions)
        self.lag[group] = Lag(begun, left)
        stored: dict[str, int] = {}
        if group == "indexer":
            documents = await asyncio.to_thread(self._of.documents, 3.0)
            stored = {document.article_id: document.version for document in documents}
        self.samples.append(Sample(group, at, committed, stored))
