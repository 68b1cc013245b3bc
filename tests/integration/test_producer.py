import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from schemas.raw_article import RawArticle
from schemas.topics import RAW, Topic
from services.runtime.publisher import Publisher
from services.runtime.record import MissingTopic, Record
from services.runtime.settings import Kafka
from services.servers.server import Server

pytestmark = pytest.mark.kafka

SEEDS = Path("seeds")
SEED_FILES = sorted(SEEDS.glob("*.txt"))
NEWSREEL = "from services.cli.main import main; main()"


@pytest.fixture
async def topic(kafka: str, prefix: str) -> AsyncIterator[str]:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    name = prefix + RAW.name
    try:
        await admin.create_topics([NewTopic(name, RAW.partitions, 1, topic_configs=RAW.config)])
        yield name
    finally:
        await admin.close()


def replay(kafka: str, prefix: str, *arguments: str | Path) -> subprocess.Popen[str]:
    servers = ("--kafka.bootstrap-servers", kafka, "--kafka.prefix", prefix)
    return subprocess.Popen(
        [sys.executable, "-c", NEWSREEL, "replay", *map(str, arguments), *servers],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


async def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, stderr = await asyncio.to_thread(process.communicate, timeout=90)
    return process.returncode, stderr


async def records(kafka: str, topic: str) -> list[ConsumerRecord]:
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka)
    await consumer.start()
    try:
        partitions = [TopicPartition(topic, number) for number in range(RAW.partitions)]
        consumer.assign(partitions)
        await consumer.seek_to_beginning(*partitions)
        ends = await consumer.end_offsets(partitions)
        read: list[ConsumerRecord] = []
        while len(read) < sum(ends.values()):
            batches = await consumer.getmany(timeout_ms=1000)
            read += [record for batch in batches.values() for record in batch]
        return read
    finally:
        await consumer.stop()


def ledger_lines(path: Path) -> list[tuple[str, int, int, str]]:
    entries = map(json.loads, path.read_text().splitlines())
    return [(e["topic"], e["partition"], e["offset"], e["sha256"]) for e in entries]


def on_broker(read: list[ConsumerRecord]) -> list[tuple[str, int, int, str]]:
    return [(r.topic, r.partition, r.offset, sha256(r.value).hexdigest()) for r in read]


async def test_the_seeds_arrive_byte_exact_and_the_ledger_says_where(
    kafka: str, prefix: str, topic: str, tmp_path: Path
) -> None:
    ledger = tmp_path / "ledger"
    code, _ = await ended(replay(kafka, prefix, SEEDS, "--ledger", ledger))
    read = await records(kafka, topic)
    articles = {RawArticle.from_json(r.value).source.item: r for r in read}
    assert code == 0
    assert sorted(articles) == sorted(path.stem for path in SEED_FILES)
    for item, record in articles.items():
        article = RawArticle.from_json(record.value)
        assert article.text.encode() == (SEEDS / f"{item}.txt").read_bytes()
        assert record.key == str(article.article_id).encode()
        assert dict(record.headers)["ce_specversion"] == b"1.0"
    assert sorted(ledger_lines(ledger)) == sorted(on_broker(read))


async def test_a_missing_topic_ends_in_one_line_that_names_the_command(
    kafka: str, prefix: str
) -> None:
    code, stderr = await ended(replay(kafka, prefix, SEEDS))
    assert code == 1
    assert stderr.count("\n") == 1
    assert "newsreel provision" in stderr


async def test_what_is_oversize_or_unreadable_is_named_and_the_rest_is_sent(
    kafka: str, prefix: str, topic: str, tmp_path: Path
) -> None:
    (tmp_path / "large.txt").write_text("x" * 899_990)
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    (tmp_path / "good.txt").write_text("good")
    code, stderr = await ended(replay(kafka, prefix, tmp_path))
    read = await records(kafka, topic)
    assert code == 1
    assert "large.txt" in stderr
    assert "900,000" in stderr
    assert "latin.txt" in stderr
    assert [RawArticle.from_json(record.value).text for record in read] == ["good"]


async def test_a_paused_broker_costs_nothing_and_repeats_nothing(
    kafka: str, kafka_server: Server, prefix: str, topic: str, tmp_path: Path
) -> None:
    ledger = tmp_path / "ledger"
    process = replay(kafka, prefix, SEEDS, "--loop", "100", "--rate", "100", "--ledger", ledger)
    await until_ledger(ledger)
    kafka_server.pause()
    await asyncio.sleep(5)
    kafka_server.resume()
    code, _ = await ended(process)
    read = await records(kafka, topic)
    assert code == 0
    assert len(read) == len({record.key for record in read}) == 500
    assert sorted(ledger_lines(ledger)) == sorted(on_broker(read))


async def test_a_killed_broker_is_waited_for(
    kafka: str, kafka_server: Server, prefix: str, topic: str, tmp_path: Path
) -> None:
    ledger = tmp_path / "ledger"
    process = replay(kafka, prefix, SEEDS, "--loop", "60", "--rate", "100", "--ledger", ledger)
    await until_ledger(ledger)
    kafka_server.kill()
    await asyncio.sleep(2)
    await asyncio.to_thread(kafka_server.start)
    code, _ = await ended(process)
    read = await records(kafka, topic)
    assert code == 0
    assert len({record.key for record in read}) == 300
    assert set(ledger_lines(ledger)) <= set(on_broker(read))
    assert len(ledger_lines(ledger)) == 300


@pytest.mark.parametrize(("number", "expected"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
async def test_a_signal_ends_the_run_with_a_ledger_of_all_that_arrived(  # noqa: PLR0913, PLR0917 - fixtures
    kafka: str, prefix: str, topic: str, tmp_path: Path, number: signal.Signals, expected: int
) -> None:
    ledger = tmp_path / "ledger"
    process = replay(kafka, prefix, SEEDS, "--loop", "100000", "--ledger", ledger)
    await until_ledger(ledger)
    process.send_signal(number)
    code, stderr = await ended(process)
    read = await records(kafka, topic)
    assert code == expected
    assert number.name in stderr
    assert sorted(ledger_lines(ledger)) == sorted(on_broker(read))


async def test_all_are_sent_and_the_order_per_key_is_kept(kafka: str, topic: str) -> None:
    sent = [Record(topic, b"%d" % (n % 30), b"%d" % n) for n in range(300)]
    async with Publisher(Kafka(bootstrap_servers=kafka), [topic_named(topic)]) as publisher:
        await publisher.send_all(sent)
    read = sorted(await records(kafka, topic), key=lambda one: one.offset)
    for key in range(30):
        values = [one.value for one in read if one.key == b"%d" % key]
        assert values == [record.value for record in sent[key::30]]


async def test_a_record_without_key_and_value_is_published(kafka: str, topic: str) -> None:
    async with Publisher(Kafka(bootstrap_servers=kafka), [topic_named(topic)]) as publisher:
        await publisher.send(Record(topic, None, None, (("dlq_reason", b"null_value"),)))
    (record,) = await records(kafka, topic)
    assert (record.key, record.value) == (None, None)
    assert record.headers == (("dlq_reason", b"null_value"),)


async def test_a_topic_deleted_meanwhile_is_missed(kafka: str, topic: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        async with Publisher(
            Kafka(bootstrap_servers=kafka), [topic_named(topic)], request_timeout=2
        ) as publisher:
            await publisher.send(Record(topic, b"k", b"v"))
            await admin.delete_topics([topic])
            with pytest.raises(MissingTopic, match=topic):
                await asyncio.wait_for(publisher.send(Record(topic, b"k", b"v")), 30)
    finally:
        await admin.close()


def topic_named(name: str) -> Topic:
    return RAW.prefixed(name.removesuffix(RAW.name))


async def until_ledger(path: Path) -> None:
    async with asyncio.timeout(30):
        while not has_content(path):  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.05)


def has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
