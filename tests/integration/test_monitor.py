"""The monitor between a real Kafka and a real Elasticsearch."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, RecordsToDelete
from elasticsearch import AsyncElasticsearch
from tenacity import AsyncRetrying, stop_after_delay, wait_fixed

from schemas.headers import Origin, Rejection, dead_letter_headers
from schemas.topics import (
    ENRICHED,
    ENRICHED_DEAD_LETTERS,
    ENRICHER_GROUP,
    RAW,
    RAW_DEAD_LETTERS,
    TOPICS,
    Topic,
)
from services.dead_letters.office import Office
from services.indexer.bulk import RequestFailed, Send, sender
from services.monitor.app import Monitor
from services.monitor.settings import MonitorSettings
from services.provision.command import DEPLOY
from services.provision.index import plan, provide_index
from services.runtime.elasticsearch import connected
from services.runtime.health import Health
from services.runtime.publisher import Publisher
from services.runtime.record import MissingTopic, Record
from services.runtime.settings import Elasticsearch, Kafka
from services.servers.server import Server
from tests.integration.topics import create

pytestmark = [pytest.mark.kafka, pytest.mark.elasticsearch]

Documents = dict[str, Mapping[str, Any]]


@dataclass
class Desk:
    """One installation, and what its monitor has written."""

    settings: MonitorSettings
    client: AsyncElasticsearch
    publisher: Publisher
    health: Health = field(default_factory=lambda: Health(300.0, waiting_for=set()))

    @asynccontextmanager
    async def monitored(self, send: Send | None = None) -> AsyncIterator[asyncio.Task[None]]:
        """Run a monitor while the block runs."""
        monitor = Monitor(self.settings, send or sender(self.client), self.health)
        running = asyncio.create_task(monitor.run())
        try:
            yield running
        finally:
            running.cancel()
            await asyncio.wait([running])

    async def shown(self, alias: str) -> Documents:
        """Return what stands behind an alias, by id."""
        await self.client.indices.refresh(index=alias)
        hits = (await self.client.search(index=alias, size=1000))["hits"]["hits"]
        return {hit["_id"]: hit["_source"] for hit in hits}

    async def letters(self) -> Documents:
        return await self.shown(self.settings.elasticsearch.dead_letters)

    async def lags(self) -> dict[str, list[Mapping[str, Any]]]:
        """Return the samples of each group, by its name without the prefix."""
        samples = (await self.shown(self.settings.elasticsearch.operations)).values()
        prefix = self.settings.kafka.prefix
        groups = {sample["group"].removeprefix(prefix) for sample in samples}
        return {g: [s for s in samples if s["group"] == prefix + g] for g in groups}

    async def refuse(self, topic: Topic, letters: Topic, reason: str) -> str:
        """Write a dead letter as a worker does; return its id."""
        prefix = self.settings.kafka.prefix
        place = Origin(prefix + topic.name, 1, 7, 1000)
        why = Rejection(reason, "ValueError", "can't be read")
        headers = dead_letter_headers((), "worker", why, place)
        value = b'{"source": {"name": "wire"}}'
        sent = await self.publisher.send(Record(prefix + letters.name, b"key", value, headers))
        return f"{sent.topic}-{sent.partition}-{sent.offset}"

    async def drop(self, letter: str) -> None:
        """Give a letter up as an operator does."""
        office = Office(self.settings.kafka)
        found = [one for one in (await office.book()).letters if one.id == letter]
        await office.drop(found, tell=print)

    async def lose(self, letter: str) -> None:
        """Remove a letter and all before it from its partition, as retention does."""
        topic, partition, offset = letter.rsplit("-", 2)
        admin = AIOKafkaAdminClient(bootstrap_servers=self.settings.kafka.bootstrap_servers)
        await admin.start()
        try:
            before = RecordsToDelete(before_offset=int(offset) + 1)
            await admin.delete_records({TopicPartition(topic, int(partition)): before})
        finally:
            await admin.close()


@pytest.fixture
async def desk(kafka: str, elasticsearch_url: str, prefix: str) -> AsyncIterator[Desk]:
    settings = MonitorSettings(
        kafka=Kafka(bootstrap_servers=kafka, prefix=prefix),
        elasticsearch=Elasticsearch(url=elasticsearch_url, articles=f"{prefix}news"),
        every=1.0,
    )
    topics = [replace(topic.prefixed(prefix), partitions=2) for topic in TOPICS]
    await create(kafka, topics, partitions=2)
    async with (
        connected(settings.elasticsearch) as client,
        Publisher(settings.kafka, topics) as publisher,
    ):
        wanted = plan(DEPLOY / "elasticsearch", settings.elasticsearch.articles, {})
        await provide_index(client, wanted)
        yield Desk(settings, client, publisher)


async def eventually(look: Callable[[], Any], wanted: Callable[[Any], bool]) -> Any:
    """Look until what is seen is as wanted."""
    async for attempt in AsyncRetrying(
        stop=stop_after_delay(90), wait=wait_fixed(0.3), reraise=True
    ):
        with attempt:
            seen = await look()
            assert wanted(seen), seen
    return seen


async def commit(desk: Desk, group: str, at: Mapping[TopicPartition, int]) -> None:
    """Acknowledge what stands before these offsets, as a group."""
    to = desk.settings.kafka
    async with AIOKafkaConsumer(
        bootstrap_servers=to.bootstrap_servers, group_id=to.prefix + group, enable_auto_commit=False
    ) as consumer:
        consumer.assign(list(at))
        await consumer.commit(dict(at))


async def fill(desk: Desk, topic: Topic, count: int) -> None:
    """Write records, all of one key and so onto one partition."""
    name = desk.settings.kafka.prefix + topic.name
    for number in range(count):
        await desk.publisher.send(Record(name, b"same key", b"%d" % number))


async def test_the_lag_of_each_group_is_sampled_again_and_again(desk: Desk) -> None:
    await fill(desk, ENRICHED, 5)
    async with desk.monitored():
        groups = await eventually(desk.lags, lambda found: len(found) == 2)
        waiting = groups["newsreel-indexer"][0]
        assert (waiting["lag"], waiting["partitions"], waiting["worst_lag"]) == (5, 2, 5)
        assert [sample["lag"] for sample in groups["newsreel-enricher"][:1]] == [0]
        await fill(desk, RAW, 3)

        def grown(found: Any) -> bool:
            return max(sample["lag"] for sample in found["newsreel-enricher"]) == 3

        await eventually(desk.lags, grown)
        before = len((await desk.lags())["newsreel-indexer"])
        await eventually(desk.lags, lambda found: len(found["newsreel-indexer"]) > before)
    assert desk.health.missing() == []


async def test_what_a_group_has_committed_is_no_lag(desk: Desk) -> None:
    name = desk.settings.kafka.prefix + RAW.name
    sent = [await desk.publisher.send(Record(name, b"same key", b"x")) for _ in range(4)]
    await commit(desk, ENRICHER_GROUP, {TopicPartition(name, sent[0].partition): 3})
    async with desk.monitored():
        groups = await eventually(desk.lags, lambda found: len(found) == 2)
    sample = groups["newsreel-enricher"][0]
    assert (sample["lag"], sample["worst_partition"]) == (1, sent[0].partition)


async def test_letters_and_what_became_of_them_are_shown_and_a_new_start_adds_nothing(
    desk: Desk,
) -> None:
    first = await desk.refuse(RAW, RAW_DEAD_LETTERS, "not_json")
    await desk.drop(first)
    async with desk.monitored():
        second = await desk.refuse(ENRICHED, ENRICHED_DEAD_LETTERS, "document_rejected")
        found = await eventually(desk.letters, lambda found: found.keys() == {first, second})
        stages = {key: (one["stage"], one["state"]) for key, one in found.items()}
        assert stages == {first: ("enricher", "dropped"), second: ("indexer", "open")}
        assert (found[second]["reason"], found[second]["sources"]) == ("document_rejected", "wire")
        await desk.drop(second)
        found = await eventually(desk.letters, lambda found: found[second]["state"] == "dropped")
    assert found[second]["resolved_by"]
    third = await desk.refuse(RAW, RAW_DEAD_LETTERS, "not_json")
    async with desk.monitored():
        again = await eventually(desk.letters, lambda found: third in found)
    again.pop(third)
    assert again == found


async def test_letters_that_kafka_has_lost_expire_unless_they_were_settled(desk: Desk) -> None:
    unseen = await desk.refuse(RAW, RAW_DEAD_LETTERS, "not_json")
    await desk.lose(unseen)
    found = [await desk.refuse(RAW, RAW_DEAD_LETTERS, "not_json") for _ in range(4)]
    async with desk.monitored():
        await eventually(desk.letters, lambda shown: shown.keys() == set(found))
        await desk.drop(found[0])
        await eventually(desk.letters, lambda shown: shown[found[0]]["state"] == "dropped")
    await desk.drop(found[1])
    await desk.lose(found[2])
    expired = [*("dropped", "dropped", "expired"), "open"]
    async with desk.monitored() as running:
        shown = await eventually(desk.letters, lambda shown: states(shown, found) == expired)
        assert shown[found[1]]["resolved_by"]
        await desk.lose(found[3])
        expired[3] = "expired"
        shown = await eventually(desk.letters, lambda shown: states(shown, found) == expired)
        assert not running.done()
    assert (shown.keys(), shown[found[3]]["reason"]) == (set(found), "not_json")


def states(shown: Documents, letters: Sequence[str]) -> list[str]:
    return [shown[letter]["state"] for letter in letters]


async def test_while_elasticsearch_is_away_all_waits_and_nothing_is_lost(desk: Desk) -> None:
    away, real = True, sender(desk.client)

    async def send(lines: bytes) -> Sequence[Mapping[str, Any]]:
        if away:
            raise RequestFailed(None, "ConnectionError", "away")
        return await real(lines)

    letters = {await desk.refuse(RAW, RAW_DEAD_LETTERS, "not_json") for _ in range(3)}
    async with desk.monitored(send):

        async def missing() -> list[str]:
            return desk.health.missing()

        await eventually(missing, lambda found: found == ["elasticsearch (away)"])
        letters.add(await desk.refuse(ENRICHED, ENRICHED_DEAD_LETTERS, "document_rejected"))
        await asyncio.sleep(2.5)
        assert await desk.letters() == {}
        away = False
        await eventually(desk.letters, lambda found: found.keys() == letters)
        samples = (await eventually(desk.lags, lambda found: len(found) == 2)).values()
        assert all(len(one) >= 2 for one in samples)
        await eventually(missing, lambda found: found == [])


async def test_while_kafka_is_away_the_monitor_waits_and_goes_on(
    desk: Desk, kafka_server: Server
) -> None:
    first = await desk.refuse(RAW, RAW_DEAD_LETTERS, "not_json")
    async with desk.monitored() as running:
        await eventually(desk.letters, lambda found: found.keys() == {first})
        kafka_server.kill()
        try:

            async def missing() -> str:
                return " ".join(desk.health.missing())

            await eventually(missing, lambda found: found.startswith("kafka ("))
        finally:
            kafka_server.start()
        second = await desk.refuse(RAW, RAW_DEAD_LETTERS, "null_value")
        await eventually(desk.letters, lambda found: found.keys() == {first, second})
        await eventually(missing, lambda found: not found)
        assert not running.done()


async def test_a_topic_that_is_not_there_ends_the_monitor(desk: Desk) -> None:
    other = replace_prefix(desk.settings, "nowhere-")
    monitor = Monitor(other, sender(desk.client), desk.health)
    with pytest.raises(MissingTopic, match=r"nowhere-news-.*newsreel provision"):
        await asyncio.wait_for(monitor.run(), 60)


def replace_prefix(settings: MonitorSettings, prefix: str) -> MonitorSettings:
    kafka = settings.kafka.model_copy(update={"prefix": prefix})
    return settings.model_copy(update={"kafka": kafka})
