"""Sending many records at once, over a broker that fails as it is told to."""

import asyncio
import gc
from collections import Counter
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import repeat
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import errors
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.topics import RAW
from services.runtime.publisher import Publisher
from services.runtime.record import MissingTopic, Record, TooLarge
from services.runtime.settings import Kafka


@dataclass
class Broker:
    """What is sent to it arrives, unless it is told that a value fails."""

    failing: dict[bytes, list[errors.KafkaError]] = field(default_factory=dict)
    """Errors that answer a value, the first time, the second time and so on."""
    refuses: Exception | None = None
    """Why nobody can connect any more."""
    silent: bool = False
    """Whether it answers nothing."""
    arrived: list[bytes] = field(default_factory=list)
    sent: list[tuple[int, bytes]] = field(default_factory=list)
    """The number of the producer, and the value."""
    answers: "list[tuple[int, asyncio.Future[Any]]]" = field(default_factory=list)
    producers: "list[Producer]" = field(default_factory=list)
    side_by_side: list[bytes] = field(default_factory=list)
    """Keys of which two records were under way together."""
    under_way: Counter[bytes] = field(default_factory=Counter)

    def producer(self, **_options: object) -> Any:
        self.producers.append(Producer(self, len(self.producers)))
        return self.producers[-1]

    def take(self, number: int, key: bytes | None, value: bytes) -> "asyncio.Future[Any]":
        answer = asyncio.get_running_loop().create_future()
        self.sent.append((number, value))
        self.answers.append((number, answer))
        if key is not None:
            self.under_way[key] += 1
            self.side_by_side += [key] if self.under_way[key] > 1 else []
            answer.add_done_callback(lambda _: self.under_way.subtract([key]))
        if not self.silent:
            asyncio.get_running_loop().call_soon(self._answer, answer, value)
        return answer

    def _answer(self, answer: "asyncio.Future[Any]", value: bytes) -> None:
        if answer.done():
            return
        if errors_left := self.failing.get(value):
            answer.set_exception(errors_left.pop(0))
        else:
            self.arrived.append(value)
            place = SimpleNamespace(topic=RAW.name, partition=0, offset=len(self.arrived) - 1)
            answer.set_result(place)


@dataclass
class Producer:
    """What aiokafka's producer is to who sends through it."""

    broker: Broker
    number: int
    stopped: bool = False

    @property
    def client(self) -> "Producer":
        return self

    async def fetch_all_metadata(self) -> Any:
        return SimpleNamespace(topics=lambda: {RAW.name})

    async def start(self) -> None:
        if self.broker.refuses:
            raise self.broker.refuses

    async def stop_within(self, _seconds: float) -> None:
        self.stopped = True
        for number, answer in self.broker.answers:
            if number == self.number and not answer.done():
                answer.set_exception(errors.ProducerClosed())

    async def send(
        self, _topic: str, value: bytes, key: bytes | None, headers: object
    ) -> "asyncio.Future[Any]":
        assert headers == []
        full = self.broker.failing.get(b"no room for " + value)
        if full:
            raise full.pop(0)
        return self.broker.take(self.number, key, value)


@contextmanager
def nothing_unheard() -> Iterator[None]:
    """Fail on errors that nobody waited for: asyncio only logs them."""
    heard: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: heard.append(context))
    yield
    gc.collect()
    assert heard == []


def records(*values: bytes) -> list[Record]:
    """Make a record of each value; its first letter is its key."""
    return [Record(RAW.name, value[:1], value) for value in values]


def publisher(broker: Broker) -> Publisher:
    return Publisher(Kafka(), [RAW], make=broker.producer, waits=lambda: repeat(0.0))


async def quick(work: Awaitable[Any]) -> Any:
    async with asyncio.timeout(10):
        return await work


async def test_records_of_one_key_arrive_one_after_the_other_in_their_order() -> None:
    broker = Broker()
    async with publisher(broker) as out:
        await quick(out.send_all(records(b"a1", b"b1", b"a2", b"a3", b"b2")))
    assert [one for one in broker.arrived if one[:1] == b"a"] == [b"a1", b"a2", b"a3"]
    assert [one for one in broker.arrived if one[:1] == b"b"] == [b"b1", b"b2"]
    assert broker.side_by_side == []


@pytest.mark.parametrize(
    ("error", "through"),
    [(errors.KafkaTimeoutError, 0), (errors.OutOfOrderSequenceNumber, 1)],
)
async def test_what_failed_goes_again_and_nothing_else_does(
    error: type[errors.KafkaError], through: int
) -> None:
    broker = Broker(failing={b"b1": [error()]})
    async with publisher(broker) as out:
        await quick(out.send_all(records(b"a1", b"b1", b"c1", b"b2")))
        assert [one.stopped for one in broker.producers] == [True] * through + [False]
    assert sorted(broker.sent[:3]) == [(0, b"a1"), (0, b"b1"), (0, b"c1")]
    assert broker.sent[3:] == [(through, b"b1"), (through, b"b2")]
    assert broker.side_by_side == []


async def test_a_producer_that_fails_again_and_again_is_replaced_as_often() -> None:
    lost = [errors.OutOfOrderSequenceNumber() for _ in range(3)]
    broker = Broker(failing={b"a1": lost})
    async with publisher(broker) as out:
        await quick(out.send_all(records(b"a1", b"b1")))
    assert [number for number, value in broker.sent if value == b"a1"] == [0, 1, 2, 3]
    assert broker.arrived == [b"b1", b"a1"]


async def test_what_only_a_person_can_mend_is_raised_when_all_others_have_arrived() -> None:
    refused = [errors.TopicAuthorizationFailedError(RAW.name) for _ in range(2)]
    broker = Broker(failing={b"b1": refused})
    async with publisher(broker) as out:
        with pytest.raises(errors.TopicAuthorizationFailedError):
            await quick(out.send_all(records(b"a1", b"b1", b"c1", b"b2")))
        assert broker.arrived == [b"a1", b"c1", b"b2"]
        await quick(out.send_all(records(b"b3")))  # its turn was given back
    assert broker.side_by_side == []


async def test_records_that_found_no_room_are_sent_all_the_same() -> None:
    broker = Broker(failing={b"no room for b1": [errors.KafkaTimeoutError()]})
    async with publisher(broker) as out:
        await quick(out.send_all(records(b"a1", b"b1", b"c1")))
    assert sorted(broker.sent) == [(0, b"a1"), (0, b"b1"), (0, b"c1")]


async def test_one_that_is_too_large_is_never_sent_and_the_others_arrive() -> None:
    broker = Broker()
    large = b"b" * RAW.max_message_bytes
    async with publisher(broker) as out:
        with pytest.raises(TooLarge):
            await quick(out.send_all(records(b"a1", large, b"b2", b"c1")))
    assert sorted(broker.arrived) == [b"a1", b"b2", b"c1"]
    assert len(broker.sent) == 3


async def test_one_that_the_broker_finds_too_large_is_told_as_such() -> None:
    broker = Broker(failing={b"b1": [errors.MessageSizeTooLargeError() for _ in range(2)]})
    async with publisher(broker) as out:
        with pytest.raises(TooLarge):
            await quick(out.send_all(records(b"a1", b"b1", b"c1")))
    assert broker.arrived == [b"a1", b"c1"]


async def test_who_waits_for_a_connection_that_is_refused_is_told_by_one_try() -> None:
    broker = Broker(failing={b"a1": [errors.UnknownTopicOrPartitionError()]})
    async with publisher(broker) as out:
        with nothing_unheard():
            broker.refuses = MissingTopic([RAW.name])
            with pytest.raises(MissingTopic):
                await quick(out.send_all(records(b"a1", b"b1", b"a2", b"a3")))
            sends = asyncio.gather(*map(out.send, records(b"a4", b"b2")), return_exceptions=True)
            assert [type(one) for one in await quick(sends)] == [MissingTopic] * 2
            with pytest.raises(MissingTopic):
                await quick(out.send_all(records(b"c1", b"d1", b"c2")))
        assert len(broker.producers) <= 7
        broker.refuses = None
        await quick(out.send_all(records(b"a5", b"b3")))
    assert broker.arrived == [b"b1", b"a5", b"b3"]
    assert all(one.stopped for one in broker.producers)
    assert asyncio.all_tasks() == {asyncio.current_task()}


@pytest.mark.parametrize("steps", range(6))
async def test_a_sending_that_is_cancelled_gives_its_turns_back(steps: int) -> None:
    broker = Broker(silent=True)
    with nothing_unheard():
        async with publisher(broker) as out:
            sending = asyncio.create_task(out.send_all(records(b"a1", b"b1", b"a2", b"c1")))
            for _ in range(steps):
                await asyncio.sleep(0)
            sending.cancel()
            with pytest.raises(asyncio.CancelledError):
                await sending
            del sending  # its traceback keeps the answers that nobody hears
            broker.silent = False
            await quick(out.send_all(records(b"a3", b"b3", b"c3", b"a4")))
        broker.answers.clear()
        await asyncio.sleep(0)  # their callbacks keep them until then
    assert broker.arrived == [b"a3", b"b3", b"c3", b"a4"]
    assert b"a2" not in {value for _, value in broker.sent}
    assert asyncio.all_tasks() == {asyncio.current_task()}
    assert out.trouble() is None


CALLS = st.lists(st.tuples(st.integers(0, 4), st.lists(st.integers(0, 2), min_size=1, max_size=5)))


@settings(deadline=None)  # the first example waits for imports
@given(CALLS, st.sets(st.integers(0, 9)))
def test_however_calls_overlap_no_two_records_of_a_key_are_under_way(
    calls: list[tuple[int, list[int]]], failing: set[int]
) -> None:
    broker = Broker()
    sent: list[list[Record]] = []

    async def all_sent() -> None:
        async with publisher(broker) as out, asyncio.TaskGroup() as tasks:
            for number, (pause, keys) in enumerate(calls):
                batch = records(*(b"%d %d %d" % (key, number, at) for at, key in enumerate(keys)))
                sent.append(batch)
                for record in batch[:1] if number in failing else []:
                    broker.failing[record.value or b""] = [errors.KafkaTimeoutError()]
                send = out.send_all(batch) if len(batch) > 1 else out.send(batch[0])
                tasks.create_task(quick(send))
                for _ in range(pause):
                    await asyncio.sleep(0)

    asyncio.run(all_sent())
    assert broker.side_by_side == []
    for batch in sent:
        for key in {record.key for record in batch}:
            wanted = [record.value for record in batch if record.key == key]
            assert [one for one in broker.arrived if one in wanted] == wanted
