import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
import structlog
from faust.types import TP

from services.runtime.consumer import Consumer, deliveries
from services.runtime.consumer_thread import ConsumerThread
from services.runtime.runs import RUN, Run, Scheduler
from services.runtime.watermark import HoleError, Ticket
from services.runtime.worker import WorkerSettings, faust_app

PARTITION = TP("news-raw", 0)


class Broker:
    """Takes offsets while it is there; hands out `records`, and has them from `beginning` on."""

    def __init__(self) -> None:
        self.there = asyncio.Event()
        self.asked = asyncio.Event()
        self.committed: list[int] = []
        self.refuses = False
        self.beginning = 0
        self.offsets: list[int] = []

    async def commit(self, offsets: Mapping[TP, int]) -> bool:
        self.asked.set()
        await self.there.wait()
        if self.refuses:
            return False
        self.committed.append(offsets[PARTITION])
        return True


class Thread(ConsumerThread):
    """Faust's thread, whose requests the broker answers at once."""

    broker: Broker

    async def commit(self, offsets: Mapping[TP, int]) -> bool:
        return await self.broker.commit(offsets)

    async def getmany(self, *_: Any, **__: Any) -> Any:
        return {PARTITION: [Fetched(offset) for offset in self.broker.offsets]}

    async def seek_to_committed(self) -> Mapping[TP, int | None]:
        return {PARTITION: self.broker.committed[-1] if self.broker.committed else None}

    async def earliest_offsets(self, *_: TP) -> Mapping[TP, int]:
        return {PARTITION: self.broker.beginning}

    def assignment(self) -> set[TP]:
        return {PARTITION}


@dataclass
class Fetched:
    """A record, as far as it is looked at."""

    offset: int
    partition: int = 0
    topic: str = PARTITION.topic
    timestamp: int = 0
    timestamp_type: int = 0
    key: bytes | None = None
    value: bytes | None = None
    headers: tuple[()] = ()


class Offline(Consumer):
    """Our consumer on a thread that knows no network."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.broker = self._thread.broker = Broker()

    def _new_consumer_thread(self) -> Thread:
        return Thread(self, loop=self.loop, beacon=self.beacon)

    async def fetch(self, *offsets: int) -> list[Run]:
        self.broker.offsets = list(offsets)
        records = await self._getmany({PARTITION}, 1.0)
        return [self._to_message(*one) for one in self.scheduler.iterate(records)]


class Stream:
    """Hands runs to an agent, as Faust's does."""

    def __init__(self, runs: list[Run]) -> None:
        self.runs = runs

    async def events(self) -> AsyncIterator[SimpleNamespace]:
        for run in self.runs:
            yield SimpleNamespace(message=run)


def begun(consumer: Consumer, *offsets: int) -> list[Ticket]:
    mark = consumer.watermarks.of(PARTITION)
    mark.fetched(offsets)
    return [mark.begin(offset) for offset in offsets]


@pytest.fixture
async def consumer() -> AsyncIterator[Offline]:
    """A consumer that never starts, so only its thread's event loop has to be closed."""
    app = faust_app("newsreel", WorkerSettings())

    async def ignore(*_: object) -> None:
        """Take no notice of events and rebalances."""

    consumer = app.consumer = Offline(app.transport, ignore, ignore, ignore)
    app.flow_control.resume()
    yield consumer
    consumer._thread.thread_loop.close()  # noqa: SLF001 - it has no other owner


async def test_what_is_settled_while_a_commit_is_under_way_is_committed_before_the_end(consumer):
    broker = consumer.broker
    first, second = begun(consumer, 0, 1)
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
    begun(consumer, 0)[0].settle()
    under_way = asyncio.create_task(consumer.commit())
    await consumer.broker.asked.wait()
    await asyncio.wait_for(consumer.wait_empty(), 5)
    assert consumer.broker.committed == []
    under_way.cancel()


async def test_a_drain_waits_for_what_is_in_work_and_no_longer_than_its_limit(consumer):
    consumer.broker.there.set()
    consumer.drain_limit = 0.01
    settled, _ = begun(consumer, 0, 1)
    settled.settle()
    await consumer.wait_empty()
    assert consumer.broker.committed == [1]
    assert consumer.watermarks.in_flight() == 1


async def test_an_offset_that_the_group_refuses_is_not_taken_for_committed(consumer):
    consumer.broker.there.set()
    begun(consumer, 0)[0].settle()
    consumer.broker.refuses = True
    assert not await consumer.commit()
    consumer.broker.refuses = False
    assert await consumer.commit()
    assert consumer.broker.committed == [1]


async def test_a_commit_past_an_unsettled_event_is_refused_at_the_last_moment(consumer):
    consumer.broker.there.set()
    begun(consumer, 0, 1)[1].settle()
    with pytest.raises(HoleError, match="2 was to be committed, 0 is not settled"):
        await consumer._commit_offsets({PARTITION: 2})  # noqa: SLF001 - Faust's seam for a commit
    assert consumer.broker.committed == []


async def test_what_retention_removed_before_it_was_read_is_told_with_its_count(consumer):
    consumer.watermarks.of(PARTITION).sought(100)
    consumer.broker.beginning = 130
    with structlog.testing.capture_logs() as logs:
        await consumer.fetch(130, 131)
    (entry,) = logs
    assert entry["log_level"] == "error"
    assert (entry["due"], entry["count"]) == (100, 30)
    assert consumer.watermarks.of(PARTITION).begin(130).offset == 130


async def test_a_gap_that_a_transaction_left_is_no_news(consumer):
    consumer.watermarks.of(PARTITION).sought(100)
    with structlog.testing.capture_logs() as logs:
        await consumer.fetch(103, 104)
    assert logs == []


async def test_a_topic_that_was_made_again_is_told_and_read_and_committed_from_there(consumer):
    consumer.broker.there.set()
    consumer._committed_offset[PARTITION] = 500  # noqa: SLF001 - Faust's own
    consumer._read_offset[PARTITION] = 499  # noqa: SLF001 - Faust hands out nothing below it
    consumer.watermarks.of(PARTITION).sought(500)
    with structlog.testing.capture_logs() as logs:
        await consumer.fetch(0, 1)
    assert "made again" in logs[0]["event"]
    assert consumer._read_offset[PARTITION] is None  # noqa: SLF001
    consumer.watermarks.of(PARTITION).begin(0).settle()
    assert await consumer.commit()
    assert consumer.broker.committed == [1]


async def test_events_of_the_topic_that_was_before_have_no_effect_on_the_new_one(consumer):
    await consumer.fetch(7)
    ticket = consumer.watermarks.of(PARTITION).begin(7)
    await consumer.fetch(0)
    assert ticket.revoked
    ticket.settle()
    assert consumer.watermarks.committable() == {}


async def test_what_retention_removed_is_told_though_nothing_is_left_to_read(consumer):
    consumer.broker.there.set()
    consumer.broker.committed.append(100)
    consumer.broker.beginning = 130
    with structlog.testing.capture_logs() as logs:
        await consumer.perform_seek()
    assert [(entry["due"], entry["first"]) for entry in logs] == [(100, 130)]
    assert await consumer.commit()
    assert consumer.broker.committed == [100, 130]


async def test_an_offset_that_was_taken_is_not_sent_again_in_a_rebalance(consumer):
    consumer.broker.there.set()
    begun(consumer, 0)[0].settle()
    assert await consumer.commit()
    consumer._committed_offset.pop(PARTITION)  # noqa: SLF001 - as Faust does when it revokes
    await consumer.wait_empty()
    assert consumer.broker.committed == [1]


def test_partitions_take_turns_by_runs():
    one, other = TP("t", 0), TP("t", 1)
    handed = Scheduler().iterate({one: [*range(RUN + 1)], other: [*range(2 * RUN)]})
    assert [(partition, len(run)) for partition, run in handed] == [
        (one, RUN),
        (other, RUN),
        (one, 1),
        (other, RUN),
    ]


async def test_the_records_of_a_run_are_handed_out_one_by_one(consumer):
    runs = await consumer.fetch(*range(RUN + 2))
    found = [one async for one in deliveries(consumer.app, Stream(runs))]
    assert [one.origin.offset for one in found] == list(range(RUN + 2))
    for one in found[:-1]:
        one.ticket.settle()
    assert consumer.watermarks.committable() == {PARTITION: RUN + 1}


def rebalance(consumer: Offline) -> None:
    consumer.app.flow_control.suspend()


def another_generation(consumer: Offline) -> None:
    consumer.app.consumer_generation_id += 1


def forget(consumer: Offline) -> None:
    consumer.watermarks.forget([PARTITION])


@pytest.mark.parametrize("happens", [rebalance, another_generation, forget])
async def test_of_a_partition_that_goes_nothing_more_is_handed_out(consumer, happens):
    handed = []
    async for one in deliveries(consumer.app, Stream(await consumer.fetch(0, 1, 2))):
        handed.append(one.origin.offset)
        if handed == [0, 1]:
            happens(consumer)
    assert handed == [0, 1]
    assert consumer.watermarks.of(PARTITION).unsettled() in (0, None)
