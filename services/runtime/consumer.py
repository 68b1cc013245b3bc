"""Faust's consumer with the one part replaced that loses events: which offsets it commits.

Faust 0.15 acknowledges an event when the agent moves on, is cancelled or raises, and may commit
past an event still in work (issues 527 and 606 of faust-streaming). Here its acknowledgements are
not read at all: offsets come from `Watermarks`, and the agent says itself what is settled.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

import faust
import structlog
from faust.transport.drivers import aiokafka as driver
from faust.types import TP, StreamT

from schemas.headers import Origin
from services.runtime.lane import Delivery
from services.runtime.watermark import Watermarks

log = structlog.get_logger(__name__)


class Consumer(driver.Consumer):
    """Commits what `watermarks` allows, and nothing else."""

    drain_limit: float = 8.0
    """Seconds that work in flight has to settle before its partitions go or the process stops."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.watermarks = Watermarks[TP]()
        self._committable: dict[TP, int] = {}

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
        await self.commit_and_end_transactions()

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
