import asyncio

import pytest

from schemas.headers import Origin
from services.runtime.brake import Brake
from services.runtime.lane import Delivery
from services.runtime.record import Record, TooLarge
from services.runtime.settling import Settlement, Settler
from services.runtime.watermark import Ticket
from services.runtime.worker import BrakeSettings


def brake(**limits) -> Brake:
    return Brake(**BrakeSettings(**limits).model_dump())


class Topic:
    """Acknowledges records, but not those larger than it takes."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.limit = 1_000

    async def publish(self, records) -> None:
        for record in records:
            if record.size > self.limit:
                raise TooLarge(record, self.limit)
        self.records += records


class Person:
    """Holds when told to, and lets go on when somebody looks."""

    def __init__(self, *, held: bool = False) -> None:
        self.reasons: list[str] = []
        self.told = asyncio.Event()
        self.looked = asyncio.Event()
        self.held = held

    async def released(self) -> bool:
        if not self.held:
            return False
        await self.looked.wait()
        self.held = False
        return True

    async def hold(self, why: str) -> None:
        self.reasons.append(why)
        self.told.set()
        self.held = True
        await self.released()


@pytest.fixture
def topic() -> Topic:
    return Topic()


@pytest.fixture
def person() -> Person:
    return Person()


def settler(topic: Topic, person: Person, told=lambda *_: None, **limits) -> Settler:
    return Settler(topic.publish, brake(**limits), person, told=told)


def settlement(offset: int, *, refused: bool = False, headers=(), size: int = 10) -> Settlement:
    origin = Origin("news-raw", 0, offset, 0)
    delivery = Delivery(b"key", b"value", headers, origin, Ticket(offset))
    record = Record("dlq" if refused else "events", b"key", b"x" * size)
    return Settlement(delivery, "not_json" if refused else "enriched", record, refused)


def settled(batch) -> list[int]:
    return [one.delivery.ticket.offset for one in batch if one.delivery.ticket.settled]


async def test_all_is_published_settled_and_told(topic, person):
    told: list[tuple[str, int]] = []
    batch = [settlement(0), settlement(1, refused=True)]
    await settler(topic, person, lambda *one: told.append(one)).settle(batch)
    assert topic.records == [one.record for one in batch]
    assert settled(batch) == [0, 1]
    assert told == [("enriched", 1), ("not_json", 1)]


async def test_nothing_past_the_brake_is_published_or_settled_until_a_person_resumes(topic, person):
    batch = [settlement(offset, refused=offset > 1) for offset in range(6)]
    work = asyncio.create_task(settler(topic, person, run=3).settle(batch))
    await person.told.wait()
    assert person.reasons == ["3 events in a row were refused, the last as not_json"]
    assert settled(batch) == [0, 1, 2, 3]
    assert len(topic.records) == 4
    person.looked.set()
    await work
    assert settled(batch) == [0, 1, 2, 3, 4, 5]
    assert len(topic.records) == 6


async def test_a_worker_that_starts_while_its_service_is_held_settles_nothing(topic):
    person, batch = Person(held=True), [settlement(0)]
    work = asyncio.create_task(settler(topic, person).settle(batch))
    await asyncio.sleep(0)
    assert (topic.records, settled(batch)) == ([], [])
    person.looked.set()
    await work
    assert settled(batch) == [0]


@pytest.mark.parametrize("held", [True, False])
async def test_what_another_worker_has_got_during_a_hold_is_dropped(topic, held):
    person, batch = Person(held=held), [settlement(n, refused=True) for n in range(4)]
    work = asyncio.create_task(settler(topic, person, run=2).settle(batch[held:]))
    await asyncio.sleep(0)
    assert person.held
    for one in batch[1:3]:
        one.delivery.ticket.revoked = True
    person.looked.set()
    await asyncio.wait_for(work, 5)
    assert settled(batch) == ([3] if held else [0, 3])
    assert topic.records == [one.record for one in batch if one.delivery.ticket.settled]


async def test_letters_that_a_person_replays_and_that_fail_again_do_not_trip_the_brake(
    topic, person
):
    batch = [settlement(n, refused=True, headers=(("dlq_tries", b"1"),)) for n in range(9)]
    await settler(topic, person, run=3).settle(batch)
    assert person.reasons == []
    assert settled(batch) == list(range(9))


async def test_a_record_that_its_topic_can_not_take_waits_for_a_person(topic, person):
    batch = [settlement(0, refused=True, size=2_000)]
    work = asyncio.create_task(settler(topic, person).settle(batch))
    await person.told.wait()
    assert "raise its max.message.bytes" in person.reasons[0]
    assert settled(batch) == []
    topic.limit = 3_000
    person.looked.set()
    await work
    assert topic.records == [batch[0].record]
    assert settled(batch) == [0]


async def test_what_the_broker_did_not_acknowledge_is_not_settled(person):
    async def publish(_records) -> None:
        raise ConnectionError

    batch = [settlement(0)]
    with pytest.raises(ConnectionError):
        await Settler(publish, brake(), person, told=print).settle(batch)
    assert settled(batch) == []


async def test_batches_settle_one_after_the_other_also_past_the_brake(topic, person):
    settle = settler(topic, person, run=2).settle
    first = [settlement(offset, refused=True) for offset in range(2)]
    second = [settlement(offset) for offset in (2, 3)]
    work = asyncio.gather(settle(first), settle(second))
    await person.told.wait()
    assert settled(first + second) == [0]
    second[0].delivery.ticket.revoked = True
    person.looked.set()
    await asyncio.wait_for(work, 5)
    assert settled(first + second) == [0, 1, 3]
    assert topic.records == [one.record for one in (*first, second[1])]
