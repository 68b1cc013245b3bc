"""What is seen of a worker's progress from outside, on a real broker."""

import asyncio
from dataclasses import dataclass, field

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from faust.types import TP

from schemas.topics import RAW
from services.runtime.health import LAG, Health, StalledError
from services.runtime.publisher import Publisher
from services.runtime.record import MissingTopic, Record
from services.runtime.settings import Kafka
from services.runtime.watch import Watch
from services.runtime.watermark import Watermarks

pytestmark = pytest.mark.kafka


@dataclass
class Consumer:
    """Of a worker that has one partition and does nothing with it."""

    partition: TP
    watermarks: Watermarks[TP] = field(default_factory=Watermarks)

    def assignment(self) -> set[TP]:
        return {self.partition}

    def note_beginning(self, partition: TP, beginning: int) -> None:
        assert (partition, beginning) == (self.partition, 0)


@dataclass
class App:
    consumer: Consumer


@pytest.fixture
async def topic(kafka: str, prefix: str) -> str:
    """Make a topic with five records."""
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    topic = RAW.prefixed(prefix)
    try:
        await admin.create_topics([NewTopic(topic.name, 1, 1)])
    finally:
        await admin.close()
    async with Publisher(Kafka(bootstrap_servers=kafka), [topic]) as publisher:
        for number in range(5):
            await publisher.send(Record(topic.name, b"key", b"%d" % number))
    return topic.name


async def test_a_worker_that_does_nothing_with_its_lag_is_given_up(kafka, topic):
    app, health = App(Consumer(TP(topic, 0))), Health(0.5, waiting_for=set())
    mark = app.consumer.watermarks.of(TP(topic, 0))
    mark.fetched([0, 1, 2])
    mark.begin(0).settle()
    mark.begin(1).settle()
    watch = Watch(app, Kafka(bootstrap_servers=kafka), [topic], health)
    with pytest.raises(StalledError, match=r"nothing was settled for 0\.5 s"):
        await asyncio.wait_for(watch.run(), 20)
    assert LAG.collect()[0].samples[0].value == 3


async def test_a_worker_that_has_settled_all_is_left_alone(kafka, topic):
    app, health = App(Consumer(TP(topic, 0))), Health(0.1, waiting_for=set())
    app.consumer.watermarks.of(TP(topic, 0)).sought(5)
    watch = Watch(app, Kafka(bootstrap_servers=kafka), [topic], health)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(watch.run(), 5)
    assert not health.stalled()


async def test_a_topic_that_is_gone_ends_the_worker_with_the_command_that_creates_it(kafka, topic):
    app, health = App(Consumer(TP(topic, 0))), Health(60, waiting_for=set())
    watch = Watch(app, Kafka(bootstrap_servers=kafka), [topic, "never-made"], health)
    with pytest.raises(MissingTopic, match="never-made; create it: newsreel provision"):
        await asyncio.wait_for(watch.run(), 30)


async def test_a_broker_that_does_not_answer_is_named_as_missing(unused_tcp_port):
    health = Health(0.1, waiting_for=set())
    app = App(Consumer(TP("news-raw", 0)))
    watch = Watch(app, Kafka(bootstrap_servers=f"127.0.0.1:{unused_tcp_port}"), [], health)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(watch.run(), 4)
    assert health.missing()[0].startswith("kafka (")
    assert not health.stalled()
