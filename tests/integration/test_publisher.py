"""The publisher and a broker that hangs: nothing waits for ever, and nothing is left behind."""

import asyncio
import gc
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiokafka import errors
from aiokafka.admin import AIOKafkaAdminClient

from schemas.topics import RAW, Topic
from services.runtime.producers import RETIRE_WITHIN
from services.runtime.publisher import Publisher
from services.runtime.record import Delivered, MissingTopic, Record
from services.runtime.settings import Kafka
from services.runtime.stoppable import StoppableProducer
from services.servers.server import Server
from tests.integration.topics import create

pytestmark = pytest.mark.kafka

PARTITIONS = 16
LARGE = b"x" * 900_000
"""A record for each partition is more than the system buffers for a broker that does not read."""


@pytest.fixture
async def topic(kafka: str, prefix: str) -> Topic:
    topic = RAW.prefixed(prefix)
    await create(kafka, [topic], PARTITIONS)
    return topic


@contextmanager
def hanging(server: Server) -> Iterator[None]:
    server.pause()
    try:
        yield
    finally:
        server.resume()


@pytest.fixture
async def left() -> AsyncIterator[set[str]]:
    """Tasks and connections beyond those at the beginning, filled in at the end of a test."""
    tasks, sockets = asyncio.all_tasks(), open_sockets()
    found: set[str] = set()
    yield found
    await asyncio.sleep(0)
    found |= {str(task) for task in asyncio.all_tasks() - tasks - {asyncio.current_task()}}
    found |= open_sockets() - sockets
    assert not found


def open_sockets() -> set[str]:
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    names = [str(link.readlink()) for link in links]
    return {name for name in names if name.startswith("socket:")}


async def under_way(publisher: Publisher, records: list[Record]) -> list[asyncio.Task[Delivered]]:
    """Send, and let the requests go out to a broker that does not answer."""
    tasks = [asyncio.create_task(publisher.send(record)) for record in records]
    await asyncio.sleep(0.5)
    return tasks


@pytest.mark.usefixtures("left")
@pytest.mark.parametrize("sent_before", [True, False])
async def test_closing_while_the_broker_hangs_leaves_nothing_and_ends_every_send(
    kafka: str, kafka_server: Server, topic: Topic, *, sent_before: bool
) -> None:
    records = [Record(topic.name, b"%d" % n, LARGE) for n in range(5 * PARTITIONS)]
    publisher = Publisher(Kafka(bootstrap_servers=kafka), [topic], request_timeout=60)
    async with publisher:
        if sent_before:  # else the connection to the partition's leader is still to be made
            await publisher.send(records[0])
        with hanging(kafka_server):
            sends = await under_way(publisher, records)
            async with asyncio.timeout(10):
                await publisher.close()
            await asyncio.wait(sends, timeout=10)
            assert {type(send.exception()) for send in sends} == {errors.ProducerClosed}


@pytest.mark.usefixtures("left")
async def test_connecting_to_a_broker_that_hangs_can_be_cancelled_and_leaves_nothing(
    kafka: str, kafka_server: Server, topic: Topic
) -> None:
    publisher = Publisher(Kafka(bootstrap_servers=kafka), [topic], request_timeout=60)
    with hanging(kafka_server):
        entering = asyncio.create_task(publisher.__aenter__())
        await asyncio.sleep(0.5)
        entering.cancel()
        await asyncio.wait([entering], timeout=10)
        assert entering.cancelled()
        gc.collect()  # the connection that aiokafka's own start() leaves is closed with it


class LosesItsSequence(StoppableProducer):
    """Fails on one value, the first time."""

    async def send(
        self, topic: str, value: bytes, key: bytes, headers: object
    ) -> "asyncio.Future[Any]":
        if value != b"fails" or key in FAILED:
            sent: asyncio.Future[Any] = await super().send(topic, value, key, headers=headers)
            return sent
        FAILED.add(key)
        answer = asyncio.get_running_loop().create_future()
        answer.set_exception(errors.OutOfOrderSequenceNumber())
        return answer


FAILED: set[bytes] = set()


@pytest.mark.usefixtures("left")
async def test_a_record_that_a_retired_producer_still_owes_goes_through_the_next(
    kafka: str, kafka_server: Server, topic: Topic
) -> None:
    to = Kafka(bootstrap_servers=kafka)
    async with Publisher(to, [topic], request_timeout=60, make=LosesItsSequence) as publisher:
        await publisher.send(Record(topic.name, b"first", b""))
        with hanging(kafka_server):
            owed = await under_way(publisher, [Record(topic.name, b"owed", b"")])
            owed += await under_way(publisher, [Record(topic.name, b"other", b"fails")])
            await asyncio.sleep(RETIRE_WITHIN + 1)
            assert FAILED
            assert not any(send.done() for send in owed)
        async with asyncio.timeout(30):
            assert {(await send).topic for send in owed} == {topic.name}


async def test_all_who_send_to_a_topic_that_was_deleted_are_told(kafka: str, topic: Topic) -> None:
    async with Publisher(Kafka(bootstrap_servers=kafka), [topic], request_timeout=2) as publisher:
        await publisher.send(Record(topic.name, b"k", b"v"))
        await delete(kafka, topic.name)

        async def send(number: int) -> None:
            await asyncio.sleep(
                number / 10
            )  # so that the first to fail retires the others' producer
            await publisher.send(Record(topic.name, b"%d" % number, b"v"))

        async with asyncio.timeout(40):
            found = await asyncio.gather(*map(send, range(5)), return_exceptions=True)
    missed = [type(one) for one in found if one]  # the broker may still take the first
    assert missed == [MissingTopic] * len(missed)
    assert isinstance(found[-1], MissingTopic)


async def delete(kafka: str, topic: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        await admin.delete_topics([topic])
    finally:
        await admin.close()
