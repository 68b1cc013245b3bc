"""Asks Kafka for what the monitor shows; every answer has to come in time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import RequestTimedOutError

from schemas.topics import RESOLUTIONS, Topic
from services.dead_letters.letters import Stored
from services.dead_letters.reading import as_stored, partitions_of, reader
from services.monitor.lag import Span
from services.runtime.kafka import options, started, stopped
from services.runtime.record import MissingTopic
from services.runtime.settings import Kafka

PATIENCE = 10.0
"""Seconds that Kafka has for one answer."""
AT_ONCE = 200
"""Records that are taken up together."""
BYTES_AT_ONCE = 500_000
"""Bytes that are fetched together, unless one letter has more: this process is to stay small."""


class Groups:
    """Tells how far consumer groups are; an async context manager through `asking`."""

    def __init__(self, admin: AIOKafkaAdminClient, consumer: AIOKafkaConsumer) -> None:
        self._admin, self._consumer = admin, consumer

    async def spans(self, group: str, topic: str) -> dict[int, Span]:
        """Ask for a group's offsets on a topic, by partition.

        Raises `MissingTopic`, and `KafkaError` or `TimeoutError` when no whole answer comes.
        """
        async with asyncio.timeout(PATIENCE):
            partitions = await self._partitions(topic)
            asked = self._admin.list_consumer_group_offsets(group, partitions=partitions)
            committed = await asked
            # First what was committed: events that are settled meanwhile count as waiting, and
            # never less than none. aiokafka leaves out what a coordinator that starts can't say.
            if committed.keys() != set(partitions):
                raise RequestTimedOutError(f"Kafka does not yet know how far {group} is")
            firsts = await self._consumer.beginning_offsets(partitions)
            ends = await self._consumer.end_offsets(partitions)
        known = {one: entry.offset for one, entry in committed.items() if entry.offset >= 0}
        return {one.partition: Span(firsts[one], ends[one], known.get(one)) for one in partitions}

    async def _partitions(self, topic: str) -> list[TopicPartition]:
        # All topics are listed, because asking for one by name can create it.
        for found in await self._admin.describe_topics():
            if found["topic"] == topic:
                return [TopicPartition(topic, part["partition"]) for part in found["partitions"]]
        raise MissingTopic([topic])


@asynccontextmanager
async def asking(kafka: Kafka) -> AsyncIterator[Groups]:
    """Connect with clients of no group."""
    admin = AIOKafkaAdminClient(**options(kafka), request_timeout_ms=int(PATIENCE * 1000))
    consumer = AIOKafkaConsumer(**options(kafka), enable_auto_commit=False)
    try:
        await started(admin, kafka)
        await started(consumer, kafka)
        yield Groups(admin, consumer)
    finally:
        await stopped(consumer)
        await admin.close()


class Letters:
    """Reads dead letters and what became of them, for ever."""

    def __init__(self, consumer: AIOKafkaConsumer, resolutions: Sequence[TopicPartition]) -> None:
        self._consumer, self._resolutions = consumer, resolutions

    async def run(
        self,
        take: Callable[[Sequence[Stored]], Awaitable[None]],
        lose: Callable[[Mapping[TopicPartition, int]], Awaitable[None]],
    ) -> None:
        """Hand on all records; the resolutions that are there come before any letter.

        `lose` is told, again and again, the first offset that Kafka has of each letters' partition.
        """
        ends = await self._consumer.end_offsets(self._resolutions)
        while await self._behind(ends):
            await take(await self._next(*self._resolutions))
        letters = self._consumer.assignment() - set(self._resolutions)
        while True:
            async with asyncio.timeout(PATIENCE):
                firsts = await self._consumer.beginning_offsets(letters)
            await lose(firsts)
            await take(await self._next())

    async def unread(self) -> int:
        """Count what is there and was not handed on; raises `KafkaError` or `TimeoutError`."""
        async with asyncio.timeout(PATIENCE):
            return await self._behind(await self._consumer.end_offsets(self._consumer.assignment()))

    async def _behind(self, ends: Mapping[TopicPartition, int]) -> int:
        # Positions, not records, tell the end: compaction leaves gaps.
        return sum([max(0, end - await self._consumer.position(at)) for at, end in ends.items()])

    async def _next(self, *partitions: TopicPartition) -> list[Stored]:
        found = await self._consumer.getmany(*partitions, timeout_ms=1000, max_records=AT_ONCE)
        return [as_stored(record) for records in found.values() for record in records]


@asynccontextmanager
async def following(kafka: Kafka, letters: Iterable[Topic]) -> AsyncIterator[Letters]:
    """Connect a consumer of these topics and of the resolutions."""
    topics = [topic.prefixed(kafka.prefix) for topic in (*letters, RESOLUTIONS)]
    partitions = await partitions_of(kafka, {topic.name for topic in topics})
    async with reader(kafka, partitions, BYTES_AT_ONCE) as consumer:
        yield Letters(consumer, [one for one in partitions if one.topic == topics[-1].name])
