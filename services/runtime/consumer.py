"""Faust's consumer with the one part replaced that loses events: which offsets it commits.

Faust 0.15 acknowledges an event when the agent moves on, is cancelled or raises, and may commit
past an event still in work (issues 527 and 606 of faust-streaming). Here its acknowledgements are
not read at all: offsets come from `Watermarks`, and the agent says itself what is settled.

What the broker hands out is noted before Faust's queues. So an event that Faust passes over, a log
that lost its beginning and one that was made again are seen, and told.

What Faust carries to an agent is not a record but a run of them, which `deliveries` takes apart.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from typing import Any

import faust
import structlog
from aiokafka import ConsumerRecord
from faust.transport.drivers import aiokafka as driver
from faust.types import TP, StreamT
from prometheus_client import Counter

from schemas.headers import Origin
from services.runtime.consumer_thread import ConsumerThread
from services.runtime.lane import Delivery, Lane
from services.runtime.runs import Run
from services.runtime.watermark import Watermarks

log = structlog.get_logger(__name__)

REMOVED = Counter("newsreel_events_removed_unread", "Events that retention took before they came.")


class Consumer(driver.Consumer):
    """Commits what `watermarks` allows, and nothing else."""

    drain_limit: float = 7.0
    """Seconds that work in flight has to settle before its partitions go or the process stops."""
    commit_limit: float = 1.0
    """Seconds that the broker then has to take the offsets: together, less than the 10 s that a
    supervisor may grant."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.watermarks = Watermarks[TP]()
        self._committable: dict[TP, int] = {}
        self._taken: dict[TP, int] = {}
        """The offsets that the broker has taken from us: Faust forgets them in a rebalance."""

    def _new_consumer_thread(self) -> ConsumerThread:
        return ConsumerThread(self, loop=self.loop, beacon=self.beacon)

    async def _getmany(self, *args: Any, **kwargs: Any) -> Any:
        records = await super()._getmany(*args, **kwargs)
        for partition, found in records.items():
            await self._take_note(partition, [record.offset for record in found])
        return records

    def _to_message(self, tp: TP, record: Sequence[ConsumerRecord]) -> Run:
        """Make what Faust carries of what its scheduler hands it."""
        return Run(record, tp, self.app.consumer_generation_id, self.watermarks.of(tp))

    def on_buffer_full(self, tp: TP) -> None:
        """Go on fetching, which waits by itself until there is room for what was fetched.

        Faust would leave the partition out, and sleep for a second once all are left out.
        """

    async def _add_gap(self, tp: TP, offset_from: int, offset_to: int) -> None:
        """Note no gap between runs: Faust's acknowledgements are not read."""

    async def _take_note(self, partition: TP, offsets: Sequence[int]) -> None:
        due = self.watermarks.of(partition).next
        if due is not None and offsets and offsets[0] != due:
            await self._explain(partition, due, offsets[0])
        self.watermarks.of(partition).fetched(offsets)

    async def _explain(self, partition: TP, due: int, first: int) -> None:
        """Say what it means that another offset came than was due; nothing is passed in silence."""
        where = {"topic": partition.topic, "partition": partition.partition, "due": due}
        if first < due:
            log.error("The topic was made again; it is read from there.", first=first, **where)
            self._forget([partition])
            # Else Faust passes over what stands below where it was.
            self._committed_offset[partition] = self._read_offset[partition] = None
            return
        self.note_beginning(partition, (await self.earliest_offsets(partition))[partition])

    def note_beginning(self, partition: TP, beginning: int) -> None:
        """Tell of events that retention removed before they were read, and go on after them."""
        mark = self.watermarks.of(partition)
        if mark.next is None or beginning <= mark.next:
            return  # what compaction or a transaction leaves out has no such beginning
        REMOVED.inc(beginning - mark.next)
        log.error(
            "Retention removed events before they were processed: replay them.",
            topic=partition.topic,
            partition=partition.partition,
            due=mark.next,
            first=beginning,
            count=beginning - mark.next,
        )
        mark.passed_over(beginning)

    async def perform_seek(self) -> None:
        """Go back to what was committed; what was fetched and not begun comes again."""
        await super().perform_seek()
        assigned = self.assignment()
        for partition in assigned:
            self.watermarks.of(partition).sought(self._read_offset[partition])
        for partition, beginning in (await self.earliest_offsets(*assigned)).items():
            self.note_beginning(partition, beginning)

    def _filter_tps_with_pending_acks(self, topics: Any = None) -> Iterator[TP]:
        self._committable = {
            partition: offset
            for partition, offset in self.watermarks.committable().items()
            if offset != self._taken.get(partition)
        }
        return (tp for tp in self._committable if not topics or tp in topics or tp.topic in topics)

    def _new_offset(self, tp: TP) -> int | None:
        return self._committable.get(tp)

    async def _commit_offsets(self, offsets: Mapping[TP, int], *_: Any, **__: Any) -> bool:
        """Commit, after a second look; raises `HoleError`, which ends the process.

        Faust's own takes an offset for committed that the group's coordinator has refused.
        """
        assigned = self.assignment()
        ours = {partition: offset for partition, offset in offsets.items() if partition in assigned}
        for partition, offset in ours.items():
            self.watermarks.require_settled(partition, offset)
        if not ours or not await self._commit(ours):
            return False
        self._committed_offset.update(ours)
        self._taken.update(ours)
        return True

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
        self._forget(revoked)

    def _forget(self, partitions: Iterable[TP]) -> None:
        self.watermarks.forget(partitions)
        for partition in partitions:
            self._taken.pop(partition, None)

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

    def hands_out(self, run: Run) -> bool:
        """Tell whether the partition is still ours as it was, and no rebalance is under way."""
        return (
            self.flow_control.is_active()
            and run.generation_id == self.consumer_generation_id
            and run.mark is self.consumer.watermarks.of(run.tp)
        )

    def _create_directories(self) -> None:
        """Make no folder for tables: we keep none."""


async def work(app: App, stream: StreamT[bytes], lane: Lane[Any]) -> None:
    """Run the stream through the lane; when it breaks, the drain has nobody to wait for."""
    try:
        await lane.run(deliveries(app, stream))
    except Exception:
        app.consumer.drain_limit = 0.0
        raise


async def deliveries(app: App, stream: StreamT[bytes]) -> AsyncIterator[Delivery]:
    """Yield the records of the stream's runs; each delivery is settled by its own `settle`."""
    stream.enable_acks = False
    async for event in stream.events():
        run: Run = event.message
        for record in run.records:
            if not app.hands_out(run):
                break  # what is left of it comes again, to whoever has the partition then
            yield Delivery(
                key=record.key,
                value=record.value,
                headers=record.headers,
                origin=Origin(record.topic, record.partition, record.offset, record.timestamp),
                ticket=run.mark.begin(record.offset),
            )
