"""The brake's state on a real broker: it outlives who held, and a person's command releases it."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator

import pytest
from tenacity import AsyncRetrying, stop_after_delay, wait_fixed

from schemas.topics import BRAKES
from services.runtime.holding import Holding
from services.runtime.publisher import Publisher
from services.runtime.settings import Kafka
from tests.integration.topics import create

pytestmark = pytest.mark.kafka

WHY = "50 events in a row were refused"


@pytest.fixture
async def settings(kafka: str, prefix: str) -> Kafka:
    await create(kafka, [BRAKES.prefixed(prefix)], partitions=1)
    return Kafka(bootstrap_servers=kafka, prefix=prefix)


@pytest.fixture
async def publisher(settings: Kafka) -> AsyncIterator[Publisher]:
    async with Publisher(settings, [BRAKES.prefixed(settings.prefix)]) as publisher:
        yield publisher


async def resume(settings: Kafka, *words: str) -> tuple[int | None, str]:
    environment = os.environ | {
        "NEWSREEL_KAFKA__BOOTSTRAP_SERVERS": settings.bootstrap_servers,
        "NEWSREEL_KAFKA__PREFIX": settings.prefix,
    }
    command = [sys.executable, "-m", "services.cli", "resume", *words]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=PIPE, stderr=PIPE, env=environment
    )
    stdout, stderr = await process.communicate()
    return process.returncode, (stdout + stderr).decode()


async def trouble(holding: Holding) -> str:
    async for attempt in AsyncRetrying(wait=wait_fixed(0.05), stop=stop_after_delay(10)):
        with attempt:
            told = holding.trouble()
            assert told
    return told


async def test_nothing_is_waited_for_when_nothing_was_ever_held(settings, publisher):
    async with Holding(settings, "enricher", publisher.send) as holding:
        assert not await asyncio.wait_for(holding.released(), 10)
    assert await resume(settings) == (0, "Nothing is held.\n")


async def test_a_held_service_holds_its_other_workers_and_those_after_a_restart(
    settings, publisher
):
    async with (
        Holding(settings, "enricher", publisher.send) as first,
        Holding(settings, "enricher", publisher.send) as other,
        Holding(settings, "indexer", publisher.send) as indexer,
    ):
        holding = asyncio.create_task(first.hold(WHY))
        assert WHY in await trouble(other)
        assert not await asyncio.wait_for(indexer.released(), 10)
        holding.cancel()
    async with Holding(settings, "enricher", publisher.send) as restarted:
        waiting = asyncio.create_task(restarted.released())
        assert "newsreel resume" in await trouble(restarted)
        assert not waiting.done()
        code, told = await resume(settings, "--dry-run")
        assert (code, WHY in told, waiting.done()) == (0, True, False)
        code, told = await resume(settings, "enricher")
        assert (code, "The enricher goes on." in told) == (0, True)
        assert await asyncio.wait_for(waiting, 10)
        assert restarted.trouble() is None


async def test_a_release_of_before_does_not_let_a_new_hold_go(settings, publisher):
    async with Holding(settings, "enricher", publisher.send) as holding:
        for _ in range(2):
            held = asyncio.create_task(holding.hold(WHY))
            await trouble(holding)
            assert not held.done()
            assert (await resume(settings))[0] == 0
            await asyncio.wait_for(held, 10)


async def test_a_service_that_there_is_not_is_named(settings):
    code, told = await resume(settings, "producer")
    assert code
    assert "'enricher' or 'indexer'" in told
