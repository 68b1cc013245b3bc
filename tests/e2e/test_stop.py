"""A worker ends in time and in order when its servers are gone."""

import asyncio
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import tenacity

from schemas.raw_article import Source
from schemas.topics import ENRICHED
from services.demo import stack
from services.runtime.consumer import App
from services.runtime.health import Health, HealthSettings
from services.runtime.publisher import Publisher
from services.runtime.record import Record
from services.runtime.settings import Kafka
from services.runtime.worker import WorkerSettings, faust_app, run
from services.servers import local
from services.servers.ports import free_port
from services.servers.server import Server
from tests.builders import enriched_article
from tests.conftest import required, server_folder

PATIENCE = 30.0
"""Seconds that docker-compose.yml gives the indexer before it kills it."""


@pytest.fixture
def servers() -> Iterator[local.Running]:
    """Embedded servers of the test's own, to be killed."""
    with server_folder() as folder:
        running = required(lambda: local.start("embedded", folder))
        try:
            yield running
        finally:
            running.stop()


@pytest.fixture
def indexer(servers: local.Running, tmp_path: Path) -> Iterator[Server]:
    """An indexer that is ready."""
    environment = servers.state.environment
    stack.run(["provision"], environment, tmp_path / "provision.log")
    worker = stack.worker("indexer", environment, tmp_path)
    worker.start()
    try:
        yield worker
    finally:
        worker.abort()


async def publish(servers: local.Running, articles: int) -> None:
    broker = Kafka(bootstrap_servers=servers.state.bootstrap_servers)
    async with Publisher(broker, [ENRICHED]) as publisher:
        for number in range(articles):
            event = enriched_article(source=Source(name="s", item=str(number)))
            record = Record(ENRICHED.name, str(event.article_id).encode(), event.to_json())
            await publisher.send(record)


@pytest.mark.parametrize("articles", [0, 20])
def test_a_worker_stops_though_its_servers_are_gone(
    servers: local.Running, indexer: Server, articles: int
) -> None:
    asyncio.run(publish(servers, articles))
    servers.kafka.kill()
    assert ended(indexer) == 0
    assert "Worker stopped." in indexer.log.read_text(encoding="utf-8")


def test_a_worker_that_waits_for_elasticsearch_at_its_start_ends_when_it_is_told_to(
    servers: local.Running, tmp_path: Path
) -> None:
    environment = servers.state.environment
    stack.run(["provision"], environment, tmp_path / "provision.log")
    away = {"NEWSREEL_ELASTICSEARCH__URL": f"http://127.0.0.1:{free_port()}"}
    worker = stack.worker("indexer", {**environment, **away}, tmp_path)
    asking = tenacity.Retrying(wait=tenacity.wait_fixed(0.1), stop=tenacity.stop_after_delay(30))
    worker.launch()
    try:
        for attempt in asking:
            with attempt:
                assert "Waiting for a server" in worker.log.read_text(encoding="utf-8")
        assert ended(worker) == 0
    finally:
        worker.abort()


@pytest.mark.parametrize("articles", [0, 20])
def test_a_worker_stops_in_time_though_its_broker_hangs(
    servers: local.Running, indexer: Server, articles: int
) -> None:
    asyncio.run(publish(servers, articles))
    servers.kafka.pause()
    try:
        assert ended(indexer, within=15.0) == 0  # 10 s, and some for a machine with much to do
    finally:
        servers.kafka.resume()


def test_a_second_signal_ends_a_worker_that_still_drains_at_once(
    servers: local.Running, indexer: Server
) -> None:
    asyncio.run(publish(servers, 20))
    servers.kafka.pause()  # the embedded servers are one process: Elasticsearch hangs as well
    asking = tenacity.Retrying(wait=tenacity.wait_fixed(0.05), stop=tenacity.stop_after_delay(10))
    process = indexer._launched  # noqa: SLF001 - only the parent can ask for the exit code
    assert process
    process.terminate()
    for attempt in asking:
        with attempt:
            assert "a second signal ends at once" in indexer.log.read_text(encoding="utf-8")
    assert process.poll() is None
    process.terminate()
    assert process.wait(2.0) == 128 + signal.SIGTERM
    servers.kafka.resume()


async def test_a_broker_that_leaves_while_the_worker_starts_is_told_in_one_line(
    servers: local.Running,
) -> None:
    broker = Kafka(bootstrap_servers=servers.state.bootstrap_servers)
    settings = WorkerSettings(kafka=broker, health=HealthSettings(port=0))

    @asynccontextmanager
    async def make_app(_: Health) -> AsyncIterator[App]:
        servers.kafka.kill()
        app = faust_app("newsreel", settings)
        try:
            yield app
        finally:
            app.consumer._thread.thread_loop.close()  # noqa: SLF001 - the thread never ran

    with pytest.raises(SystemExit, match=r"Kafka went away while the worker started \(.+\); start"):
        await run(settings, [], make_app)


def ended(worker: Server, within: float = PATIENCE) -> int:
    """Tell a worker to stop, and return its exit code."""
    process = worker._launched  # noqa: SLF001 - only the parent can ask for the exit code
    assert process
    process.terminate()
    try:
        return process.wait(within)
    except subprocess.TimeoutExpired:
        pytest.fail(f"still running after {within:g} s")
