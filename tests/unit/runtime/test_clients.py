"""A client's connections are closed, also where aiokafka's own way would leave them open."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from services.runtime.kafka import started, stopped
from services.runtime.settings import Kafka


class Consumer:
    """What aiokafka's consumer is to who stops it."""

    def __init__(self, stop: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self.stop = stop
        self._client = self
        self.cut = False

    async def close(self) -> None:
        self.cut = True


async def well() -> None:
    pass


async def cancelled() -> None:
    raise asyncio.CancelledError


async def failed() -> None:
    raise RuntimeError


@pytest.mark.parametrize(("stop", "cut"), [(well, False), (cancelled, True), (failed, True)])
async def test_connections_are_cut_where_stopping_did_not_close_them(
    stop: Callable[[], Coroutine[Any, Any, None]], *, cut: bool
) -> None:
    consumer = Consumer(stop)
    await stopped(consumer)
    assert consumer.cut is cut


class Starting:
    """A client whose first connection is open until its start has ended."""

    def __init__(self) -> None:
        self.connected = asyncio.Event()
        self.open = False

    async def start(self) -> None:
        self.open = True
        self.connected.set()
        await asyncio.sleep(0)
        self.open = False


async def test_a_start_that_nobody_wants_any_more_leaves_no_connection_open() -> None:
    client = Starting()
    start = asyncio.create_task(started(client, Kafka()))
    await client.connected.wait()
    assert client.open
    start.cancel()
    with pytest.raises(asyncio.CancelledError):
        await start
    assert not client.open
