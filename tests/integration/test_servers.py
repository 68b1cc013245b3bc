"""The local servers themselves, on real processes."""

import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from elasticsearch import AsyncElasticsearch, AuthenticationException

from services.servers import local, process, real
from services.servers.distribution import Distribution
from services.servers.health import elasticsearch_answers, kafka_answers
from services.servers.local import Ports
from services.servers.ports import HOST, free_port
from services.servers.server import Server
from tests.conftest import server_folder


@asynccontextmanager
async def producing(bootstrap: str) -> AsyncIterator[AIOKafkaProducer]:
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, acks="all")
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


async def create_topic(bootstrap: str, topic: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(topic, num_partitions=1, replication_factor=1)])
    finally:
        await admin.close()


async def read(bootstrap: str, topic: str, count: int) -> list[bytes]:
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, group_id=None)
    await consumer.start()
    try:
        partition = TopicPartition(topic, 0)
        consumer.assign([partition])
        await consumer.seek_to_beginning(partition)
        return [(await consumer.getone()).value for _ in range(count)]
    finally:
        await consumer.stop()


@pytest.mark.kafka
async def test_records_survive_a_kill_of_the_broker(
    kafka: str, kafka_server: Server, prefix: str
) -> None:
    topic = f"{prefix}survivors"
    await create_topic(kafka, topic)
    async with producing(kafka) as producer:
        for value in (b"one", b"two"):
            await producer.send_and_wait(topic, value)
    kafka_server.kill()
    kafka_server.start()
    assert await read(kafka, topic, 2) == [b"one", b"two"]


@pytest.mark.kafka
def test_a_paused_broker_does_not_answer_until_it_goes_on(
    kafka_server: Server, ports: Ports
) -> None:
    kafka_server.pause()
    try:
        assert not kafka_answers(ports.kafka)
    finally:
        kafka_server.resume()
    assert kafka_answers(ports.kafka)


@pytest.mark.elasticsearch
async def test_english_is_stemmed_and_the_server_says_its_version(elasticsearch_url: str) -> None:
    async with AsyncElasticsearch(elasticsearch_url) as client:
        version = (await client.info())["version"]["number"]
        text = "Ukraine's air defences were protecting the cities"
        analysed = await client.indices.analyze(analyzer="english", text=text)
    assert version == "8.19.21"
    tokens = [token["token"] for token in analysed["tokens"]]
    assert tokens == ["ukrain", "air", "defenc", "were", "protect", "citi"]


@pytest.mark.elasticsearch
async def test_filters_have_their_standard_names(elasticsearch_url: str) -> None:
    chain = [
        {"type": "stemmer", "language": "possessive_english"},
        "lowercase",
        "asciifolding",
        {"type": "stop", "stopwords": "_english_"},
        {"type": "stemmer", "language": "english"},
    ]
    async with AsyncElasticsearch(elasticsearch_url) as client:
        analysed = await client.indices.analyze(
            tokenizer="standard", filter=chain, text="The Élysée's speeches"
        )
    assert [token["token"] for token in analysed["tokens"]] == ["elyse", "speech"]


@pytest.mark.elasticsearch
async def test_documents_survive_a_kill_of_the_node(
    elasticsearch_url: str, elasticsearch_server: Server, prefix: str
) -> None:
    index = f"{prefix}survivors"
    async with AsyncElasticsearch(elasticsearch_url) as client:
        await client.indices.create(index=index)
        await client.index(index=index, id="1", document={"title": "kept"})
        elasticsearch_server.kill()
        elasticsearch_server.start()
        found = await client.get(index=index, id="1")
    assert found["_source"] == {"title": "kept"}


@pytest.mark.elasticsearch
async def test_with_a_password_strangers_are_refused_and_api_keys_work(
    real_servers: Distribution,
) -> None:
    port = free_port()
    url = f"http://{HOST}:{port}"
    with server_folder() as folder:
        server = real.elasticsearch(real_servers, folder / "secured", port, password="for-the-test")  # noqa: S106 - of this test only
        server.start()
        try:
            async with AsyncElasticsearch(url) as stranger:
                with pytest.raises(AuthenticationException):
                    await stranger.info()
            async with AsyncElasticsearch(url, basic_auth=("elastic", "for-the-test")) as owner:
                key = await owner.security.create_api_key(name="reader")
            async with AsyncElasticsearch(url, api_key=key["encoded"]) as reader:
                assert (await reader.info())["version"]["number"] == "8.19.21"
        finally:
            server.stop()


def test_the_embedded_servers_answer(embedded: local.State) -> None:
    assert kafka_answers(embedded.kafka_port)
    assert elasticsearch_answers(embedded.elasticsearch_port)


# Not the installed script: a test must run the code beside it.
NEWSREEL = (sys.executable, "-c", "from services.cli.main import main; main()")


def newsreel(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [*NEWSREEL, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def folder() -> Iterator[Path]:
    with server_folder() as one:
        yield one
        local.stop(one)


ANY_PORTS = ("--kafka-port", "0", "--elasticsearch-port", "0")


def test_the_command_starts_shows_and_stops_the_embedded_servers(
    embedded: local.State, folder: Path
) -> None:
    assert embedded.processes, "this machine can run them"
    started = newsreel("servers", "start", "--dir", folder, *ANY_PORTS)
    assert started.returncode == 0, started.stderr
    state = local.recall(folder)
    assert state
    assert started.stdout == "".join(f"{k}={v}\n" for k, v in state.environment.items())
    assert newsreel("servers", "status", "--dir", folder).stdout == started.stdout
    assert kafka_answers(state.kafka_port)

    stopped = newsreel("servers", "stop", "--wipe", "--dir", folder)
    assert stopped.stderr == "Stopped: noida-db.\n"
    assert not any(map(process.alive, state.processes.values()))
    assert newsreel("servers", "status", "--dir", folder).returncode == 1


@pytest.mark.kafka
@pytest.mark.elasticsearch
@pytest.mark.parametrize("after", [0.5, 3.0], ids=["early", "while the servers come up"])
def test_an_interrupted_start_leaves_nothing_running(
    real_servers: Distribution, folder: Path, after: float
) -> None:
    cache = ("--cache", str(real_servers.root.parent))
    command = [*NEWSREEL, "servers", "start", "--real", "--dir", str(folder), *cache, *ANY_PORTS]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as starting:
        time.sleep(after)
        starting.send_signal(signal.SIGINT)
        _, error = starting.communicate(timeout=60)
    assert starting.returncode != 0, error
    assert wait_for_none(folder) == []


def wait_for_none(folder: Path) -> list[str]:
    """Give the commands that still name the folder after at most 5 seconds."""
    deadline = time.monotonic() + 5
    while (left := naming(folder)) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


def naming(folder: Path) -> list[str]:
    words = ["ps", "-eo", "args="]
    listed = subprocess.run(words, capture_output=True, text=True, check=True)
    return [line for line in listed.stdout.splitlines() if str(folder) in line]
