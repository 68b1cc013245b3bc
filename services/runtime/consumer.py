"""Faust's consumer with the one part replaced that loses events: which offsets it commits.

Faust 0.15 acknowledges an event when the agent moves on, is cancelled or raises, and may commit
past an event still in work (issues 527 and 606 of faust-streaming). Here its acknowledgements are
not read at all: offsets come from `Watermarks`, and the agent says itself what is settled.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import suppress
from typing import Any

import faust
import structlog
from faust.transport.drivers import aiokafka as driver
from faust.types import TP, StreamT

from schemas.headers import Origin
from services.runtime.lane import Delivery
from services.runtime.watermark import Watermarks

log = structlog.get_logger(__name__)


class ConsumerThread(driver.AIOKafkaConsumerThread):
    """Ends when it is told to, also while the broker is away."""

    async def on_thread_stop(self) -> None:
        """Stop aiokafka's consumer, and let nothing keep us from saying that it is stopped.

        aiokafka's `Fetcher.close` lets the cancellation of its own requests out when they fail at
        that moment. Faust's thread would end on it in silence, and the app wait for it for ever.
        """
        with suppress(asyncio.CancelledError):
            await super().on_thread_stop()


class Consumer(driver.Consumer):
    """Commits what `watermarks` allows, and nothing else."""

    drain_limit: float = 8.0
    """Seconds that work in flight has to settle before its partitions go or the process stops."""
    commit_limit: float = 5.0
    """Seconds that the broker has to take its offsets; while it is away aiokafka tries for ever."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.watermarks = Watermarks[TP]()
        self._committable: dict[TP, int] = {}

    def _new_consumer_thread(self) -> ConsumerThread:
        return ConsumerThread(self, loop=self.loop, beacon=self.beacon)

    def _filter_tps_with_pending_acks(self, topics: Any = None) -> Iterator[TP]:
        self._committable = self.watermarks.committable()
        return (tp for tp in self._committable if not topics or tp in topics or tp.topic in topics)

    def _new_offset(self, tp: TP) -> int | None:
        return self._committable.get(tp)

    async def wait_empty(self) -> None:
        """Let work in flight settle, then commit; what has not settled is delivered again.

        Faust calls this when partitions are revoked and when the worker stops, after it has
        stopped handing out events.
        """
        now = asyncio.get_running_loop().time
        deadline = now() + self.drain_limit
        # A ticket is a plain value that wakes nobody, so this looks again now and then.
        while (left := self.watermarks.in_flight()) and now() < deadline:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        if left:
            log.warning("Events not settled in time will be delivered again.", events=left)
        # Not a timeout by cancellation: Faust swallows it while it waits for a commit under way.
        commit = asyncio.create_task(self._commit_all())
        await asyncio.wait([commit], timeout=self.commit_limit)
        if not commit.done():
            commit.cancel()
            log.warning("Kafka is away; what it was not told of will be delivered again.")
            return
        commit.result()

    async def _commit_all(self) -> None:
        # A commit under way has missed what was settled since, and Faust would add none to it.
        await self.maybe_wait_for_commit_to_finish()
        await self.commit_and_end_transactions()

    async def on_stop(self) -> None:
        """Drain no second time: the app calls `wait_empty` before it stops its consumer."""

    async def on_partitions_revoked(self, revoked: Iterable[TP]) -> None:
        """Settle what is in work, commit, and forget the partitions."""
        await super().on_partitions_revoked(set(revoked))
        self.watermarks.forget(revoked)

    def verify_event_path(self, now: float, tp: TP) -> None:
        """Leave the watch over progress to our own health check."""


class Transport(driver.Transport):
    """Kafka through aiokafka, with our consumer."""

    Consumer = Consumer


class App(faust.App):
    """A Faust app on our transport."""

    consumer: Consumer  # what our transport makes

    def _new_transport(self) -> Transport:
        return Transport(self.conf.broker_consumer, self)

    def _create_directories(self) -> None:
        """Make no folder for tables: we keep none."""


async def deliveries(app: App, stream: StreamT[bytes]) -> AsyncIterator[Delivery]:
    """Yield what the stream hands out; each delivery is settled by its own `settle`."""
    stream.enable_acks = False
    async for event in stream.events():
        message = event.message
        ticket = app.consumer.watermarks.begin(message.tp, message.offset)
        yield Delivery(
            key=message.key,
            value=message.value,
            headers=tuple(message.headers or ()),
            origin=Origin(
                message.topic, message.partition, message.offset, round(message.timestamp * 1000)
            ),
            settle=ticket.settle,
        )
