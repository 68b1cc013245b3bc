"""A consumer is stopped, and its connections closed, also when aiokafka's own way fails."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from services.runtime.kafka import stopped


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
