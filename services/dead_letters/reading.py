"""Reads topics from their first record to the one that was last when the reading began."""

import time
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaTimeoutError

from schemas.headers import Origin
from schemas.topics import Topic
from services.dead_letters.letters import Stored
from services.runtime.kafka import options, started, stopped
from services.runtime.record import MissingTopic
from services.runtime.settings import Kafka

SILENCE = 30.0
"""Seconds without a record that is known to be there, after which reading is given up."""


async def whole(kafka: Kafka, topics: Sequence[Topic]) -> AsyncIterator[Stored]:
    """Yield all records; each partition's in order.

    Raises `MissingTopic`, and `KafkaError` when the broker does not answer.
    """
    partitions = await partitions_of(kafka, {topic.name for topic in topics})
    async with reader(kafka, partitions, _largest(topics)) as consumer:
        first = await consumer.beginning_offsets(partitions)
        end = await consumer.end_offsets(partitions)
        wanted = {partition: range(first[partition], end[partition]) for partition in partitions}
        async for stored in _between(consumer, wanted):
            yield stored


async def at(
    kafka: Kafka, topics: Sequence[Topic], places: Collection[Origin]
) -> AsyncIterator[Stored]:
    """Yield the records at places that are known to hold one; each partition's in order."""
    wanted = spans(places)
    async with reader(kafka, wanted, _largest(topics)) as consumer:
        async for stored in _between(consumer, wanted):
            if stored.place in places:
                yield stored


def spans(places: Iterable[Origin]) -> dict[TopicPartition, range]:
    """Return the offsets from the first to the last of the places, in each partition."""
    offsets: dict[TopicPartition, list[int]] = {}
    for place in places:
        partition = TopicPartition(place.topic, place.partition)
        offsets.setdefault(partition, []).append(place.offset)
    return {partition: range(min(here), max(here) + 1) for partition, here in offsets.items()}


async def partitions_of(kafka: Kafka, topics: Collection[str]) -> list[TopicPartition]:
    """List the partitions of all these topics; raises `MissingTopic`."""
    admin = AIOKafkaAdminClient(**options(kafka), request_timeout_ms=10_000)
    try:
        await started(admin, kafka)
        # All topics are listed, because asking for one by name can create it.
        found = [
            TopicPartition(topic["topic"], part["partition"])
            for topic in await admin.describe_topics()
            if topic["topic"] in topics
            for part in topic["partitions"]
        ]
    finally:
        await admin.close()
    missing = set(topics) - {partition.topic for partition in found}
    if missing:
        raise MissingTopic(missing)
    return found


def _largest(topics: Iterable[Topic]) -> int:
    return max(topic.max_message_bytes for topic in topics)


@asynccontextmanager
async def reader(
    kafka: Kafka, partitions: Iterable[TopicPartition], at_once: int
) -> AsyncIterator[AIOKafkaConsumer]:
    """Connect a consumer of these partitions, outside any group, from the beginning.

    It is sent `at_once` bytes together, or one record that has more.
    """
    consumer = AIOKafkaConsumer(
        **options(kafka),
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        fetch_max_bytes=at_once,
        max_partition_fetch_bytes=at_once,
    )
    # Assigned once and for all: aiokafka's stop() can wait for ever after a second assignment,
    # whose cleaning up of fetches swallows the cancellation.
    consumer.assign(list(partitions))
    try:
        await started(consumer, kafka)
        yield consumer
    finally:
        await stopped(consumer)


async def _between(
    consumer: AIOKafkaConsumer, wanted: Mapping[TopicPartition, range]
) -> AsyncIterator[Stored]:
    left = {partition for partition, span in wanted.items() if span}
    for partition in left:
        consumer.seek(partition, wanted[partition].start)
    heard = time.monotonic()
    while left:
        batches = await consumer.getmany(*left, timeout_ms=1000)
        for partition, records in batches.items():
            for record in records:
                if record.offset in wanted[partition]:
                    yield as_stored(record)
        # Positions, not records, tell the end: compaction leaves gaps.
        done = {tp for tp in left if await consumer.position(tp) >= wanted[tp].stop}
        left -= done
        if batches or done:
            heard = time.monotonic()
        elif time.monotonic() - heard > SILENCE:
            raise KafkaTimeoutError(f"Kafka has not answered for {SILENCE:.0f} s")


def as_stored(record: ConsumerRecord) -> Stored:
    """Take a record with the place where it stands."""
    place = Origin(record.topic, record.partition, record.offset, record.timestamp)
    return Stored(place, record.key, record.value, tuple(record.headers))
