"""Kafka's side of a run: topics of its own, filled before, looked at while it works and after."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Self
from uuid import uuid4

from aiokafka.admin import AIOKafkaAdminClient
from confluent_kafka import Consumer, KafkaError, Message, Producer, TopicPartition

from schemas.topics import TOPICS, Topic
from services.provision.topics import provide_topics
from services.runtime.record import Record

AT_ONCE = 10_000
EVERYTHING = 2_000_000_000
"""Bytes that the producer may hold."""


@contextmanager
def provided(
    bootstrap: str, more: Sequence[Topic] = (), partitions: int | None = None
) -> Iterator[str]:
    """Create all topics under a prefix, which the block gets; after it they are deleted.

    `partitions` is how many those of articles have; as provisioned where it is None.
    """
    prefix = f"b{uuid4().hex[:8]}-"
    topics = [divided(topic, partitions).prefixed(prefix) for topic in (*TOPICS, *more)]
    asyncio.run(_provide(bootstrap, topics))
    try:
        yield prefix
    finally:
        asyncio.run(_delete(bootstrap, topics))


def divided(topic: Topic, partitions: int | None) -> Topic:
    """Give a topic of articles other partitions than it is provisioned with."""
    return replace(topic, partitions=partitions) if partitions and topic.partitions > 1 else topic


async def _provide(bootstrap: str, topics: Sequence[Topic]) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        await provide_topics(admin, topics, 1, add_partitions=False)
    finally:
        await admin.close()


async def _delete(bootstrap: str, topics: Sequence[Topic]) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        await admin.delete_topics([topic.name for topic in topics])
    finally:
        await admin.close()


def fill(bootstrap: str, records: Iterable[Record]) -> None:
    """Put records onto their topics; raises when the broker did not take one."""
    failed: list[KafkaError] = []

    def told(error: KafkaError | None, _message: Message) -> None:
        if error:
            failed.append(error)

    producer = sender(bootstrap)
    for one in records:
        producer.produce(one.topic, one.value, one.key, headers=list(one.headers), on_delivery=told)
        producer.poll(0)
    producer.flush()
    if failed:
        raise RuntimeError(failed[0])


def sender(bootstrap: str) -> Producer:
    """Make a producer."""
    return Producer(
        {
            "bootstrap.servers": bootstrap,
            "acks": "all",
            "enable.idempotence": True,
            "linger.ms": 5,
            "batch.size": 500_000,
            "queue.buffering.max.messages": 0,  # as many as memory holds
            "queue.buffering.max.kbytes": EVERYTHING // 1000,
            "partitioner": "murmur2_random",
            "log_level": 3,  # not that a fresh broker is still loading
        }
    )


class Look:
    """Looks at a topic; a context manager."""

    def __init__(self, bootstrap: str, topic: str) -> None:
        self._consumer = Consumer(
            {"bootstrap.servers": bootstrap, "group.id": "bench", "enable.auto.commit": False}
        )
        described = self._consumer.list_topics(topic, timeout=30).topics[topic]
        self._partitions = [TopicPartition(topic, number) for number in described.partitions]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._consumer.close()

    def records(self) -> int:
        """Count what was written to it."""
        return sum(self._ends())

    def keys(self) -> "Counter[bytes]":
        """Read all keys, from the beginning to the end that it has now."""
        wanted = self.records()
        begin = [TopicPartition(one.topic, one.partition, 0) for one in self._partitions]
        self._consumer.assign(begin)
        found: Counter[bytes] = Counter()
        while found.total() < wanted:
            # Asked for more than there are, it waits for the rest until the time is up.
            batch = self._consumer.consume(min(AT_ONCE, wanted - found.total()), timeout=30)
            if not batch:
                raise RuntimeError(f"only {found.total():,} of {wanted:,} records can be read")
            found.update(one.key() for one in batch)
        return found

    def _ends(self) -> Iterator[int]:
        for one in self._partitions:
            yield self._consumer.get_watermark_offsets(one, timeout=30)[1]


def missing_and_repeated(found: "Counter[bytes]", wanted: int) -> dict[str, float]:
    """Compare the keys that came out with how many went in, all different."""
    return {"missing": wanted - len(found), "repeated": found.total() - len(found)}
