import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
from faust.types import TP

from services.runtime.consumer import Consumer
from services.runtime.worker import WorkerSettings, faust_app

PARTITION = TP("news-raw", 0)


class Broker:
    """Takes offsets while it is there."""

    def __init__(self) -> None:
        self.there = asyncio.Event()
        self.asked = asyncio.Event()
        self.committed: list[int] = []

    async def commit(self, offsets: Mapping[TP, int]) -> None:
        self.asked.set()
        await self.there.wait()
        self.committed.append(offsets[PARTITION])


class Offline(Consumer):
    """Our consumer; its commits go to `broker`."""

    broker: Broker

    async def _commit_offsets(self, offsets: Mapping[TP, int], *_: Any, **__: Any) -> bool:
        await self.broker.commit(offsets)
        self._committed_offset.update(offsets)
        return True


@pytest.fixture
async def consumer() -> AsyncIterator[Offline]:
    """A consumer that never starts, so only its thread's event loop has to be closed."""
    app = faust_app("newsreel", WorkerSettings())

    async def ignore(*_: object) -> None:
        """Take no notice of events and rebalances."""

    consumer = Offline(app.transport, ignore, ignore, ignore)
    consumer.broker = Broker()
    yield consumer
    consumer._thread.thread_loop.close()  # noqa: SLF001 - it has no other owner


async def test_what_is_settled_while_a_commit_is_under_way_is_committed_before_the_end(consumer):
    broker = consumer.broker
    first, second = (consumer.watermarks.begin(PARTITION, offset) for offset in (0, 1))
    first.settle()
    under_way = asyncio.create_task(consumer.commit())
    await broker.asked.wait()
    draining = asyncio.create_task(consumer.wait_empty())
    second.settle()
    await asyncio.sleep(0)
    broker.there.set()
    await asyncio.gather(under_way, draining)
    assert broker.committed == [1, 2]


async def test_a_drain_ends_though_the_broker_is_away(consumer):
    consumer.commit_limit = 0.01
    consumer.watermarks.begin(PARTITION, 0).settle()
    under_way = asyncio.create_task(consumer.commit())
    await consumer.broker.asked.wait()
    await asyncio.wait_for(consumer.wait_empty(), 5)
    assert consumer.broker.committed == []
    under_way.cancel()


async def test_a_drain_waits_for_what_is_in_work_and_no_longer_than_its_limit(consumer):
    consumer.broker.there.set()
    consumer.drain_limit = 0.01
    settled, _ = (consumer.watermarks.begin(PARTITION, offset) for offset in (0, 1))
    settled.settle()
    await consumer.wait_empty()
    assert consumer.broker.committed == [1]
    assert consumer.watermarks.in_flight() == 1
