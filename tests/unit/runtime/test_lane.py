import asyncio
import random
from collections.abc import AsyncIterator

import pytest

from schemas.headers import Origin
from services.runtime.lane import AT_ONCE, Delivery, Lane, Limits
from services.runtime.watermark import Ticket


class Batches:
    """Makes deliveries, and finishes batches by writing them down."""

    def __init__(self) -> None:
        self.settled: list[int] = []
        self.batches: list[list[int]] = []

    def delivery(
        self, offset: int, size: int = 1, partition: int = 0, key: bytes | None = None
    ) -> Delivery:
        origin = Origin("news-raw", partition, offset, 0)
        return Delivery(key, b"x" * size, (), origin, Ticket(offset))

    async def deliveries(self, count: int) -> AsyncIterator[Delivery]:
        for offset in range(count):
            yield self.delivery(offset)

    async def finish(self, batch) -> None:
        self.batches.append([result for _, result in batch])
        self.settled += [delivery.ticket.offset for delivery, _ in batch]


async def offset_later(delivery: Delivery) -> int:
    await asyncio.sleep(random.Random(delivery.origin.offset).random() / 200)  # noqa: S311 - an order
    return delivery.origin.offset


async def test_what_is_begun_side_by_side_is_finished_and_settled_in_order():
    seen = Batches()
    await Lane(offset_later, seen.finish, Limits(events=8, batch=4)).run(seen.deliveries(50))
    assert seen.settled == list(range(50))
    assert [offset for batch in seen.batches for offset in batch] == list(range(50))
    assert max(map(len, seen.batches)) <= 4


async def test_what_is_done_at_once_is_finished_in_order_and_keeps_nobody_else_waiting():
    seen, turns = Batches(), 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async def large() -> AsyncIterator[Delivery]:
        for offset in range(50):
            yield seen.delivery(offset, AT_ONCE // 2)

    waiting = asyncio.create_task(others())
    await Lane(lambda one: one.origin.offset, seen.finish, Limits(events=50)).run(large())
    waiting.cancel()
    assert seen.settled == list(range(50))
    assert turns >= 50 // 3


async def test_no_more_is_in_work_than_allowed():
    seen, now, most = Batches(), 0, 0

    async def begin(delivery: Delivery) -> int:
        nonlocal now, most
        now += 1
        most = max(most, now)
        return await offset_later(delivery)

    async def finish(batch) -> None:
        nonlocal now
        now -= len(batch)

    await Lane(begin, finish, Limits(events=5, batch=2)).run(seen.deliveries(40))
    assert most == 5


async def test_bytes_in_work_are_bounded_but_one_large_event_passes():
    seen, sizes = Batches(), [3, 100, 3, 4, 5]
    held, most = 0, []

    async def large() -> AsyncIterator[Delivery]:
        for offset, size in enumerate(sizes):
            yield seen.delivery(offset, size)

    async def begin(delivery: Delivery) -> int:
        nonlocal held
        held += delivery.size
        most.append(held)
        return await offset_later(delivery)

    async def finish(batch) -> None:
        nonlocal held
        held -= sum(delivery.size for delivery, _ in batch)
        await seen.finish(batch)

    await Lane(begin, finish, Limits(events=9, bytes=10, batch=9)).run(large())
    assert seen.settled == [0, 1, 2, 3, 4]
    assert all(level <= 10 or level == 100 for level in most)


async def test_a_bug_ends_the_lane_and_settles_nothing_behind_it():
    seen = Batches()

    async def begin(delivery: Delivery) -> int:
        if delivery.origin.offset == 3:
            raise ZeroDivisionError
        return delivery.origin.offset

    with pytest.raises(ExceptionGroup) as caught:
        await Lane(begin, seen.finish, Limits(events=2, batch=1)).run(seen.deliveries(50))
    assert caught.group_contains(ZeroDivisionError)
    assert seen.settled in ([], [0], [0, 1], [0, 1, 2])


async def test_what_could_not_be_finished_is_not_settled():
    seen = Batches()

    async def finish(_batch) -> None:
        raise ConnectionError

    with pytest.raises(ExceptionGroup) as caught:
        await Lane(offset_later, finish, Limits()).run(seen.deliveries(10))
    assert caught.group_contains(ConnectionError)
    assert seen.settled == []


async def test_a_batch_fills_while_it_lingers():
    seen = Batches()

    async def slowly() -> AsyncIterator[Delivery]:
        for offset in range(6):
            await asyncio.sleep(0.002)
            yield seen.delivery(offset)

    await Lane(offset_later, seen.finish, Limits(batch=3, linger=5.0)).run(slowly())
    assert seen.batches[0] == [0, 1, 2]


async def test_a_slow_event_holds_back_its_own_partition_and_no_other():
    seen, free = Batches(), asyncio.Event()

    async def begin(delivery: Delivery) -> tuple[int, int]:
        place = delivery.origin.partition, delivery.origin.offset
        if place == (0, 0):
            await free.wait()
        return place

    async def deliveries() -> AsyncIterator[Delivery]:
        for offset in range(3):
            for partition in (0, 1):
                yield seen.delivery(offset, partition=partition)

    async def finish(batch) -> None:
        await seen.finish(batch)
        if len(seen.settled) == 3:
            free.set()

    await asyncio.wait_for(Lane(begin, finish, Limits()).run(deliveries()), 5)
    finished = [place for batch in seen.batches for place in batch]
    assert finished == [(1, 0), (1, 1), (1, 2), (0, 0), (0, 1), (0, 2)]


async def test_a_busy_partition_does_not_keep_others_out():
    seen, all_there = Batches(), asyncio.Event()

    async def deliveries() -> AsyncIterator[Delivery]:
        for offset in range(20):
            yield seen.delivery(offset)
        yield seen.delivery(0, partition=1)

    async def begin(delivery: Delivery) -> int:
        if delivery.origin.partition == 1:
            all_there.set()
        await all_there.wait()
        return delivery.origin.partition

    await Lane(begin, seen.finish, Limits(events=64, batch=4)).run(deliveries())
    assert 1 in seen.batches[0] + seen.batches[1]


async def test_work_of_a_revoked_partition_is_dropped_and_its_room_given_back():
    seen = Batches()

    async def deliveries() -> AsyncIterator[Delivery]:
        for offset in range(6):
            delivery = seen.delivery(offset, partition=offset % 2)
            delivery.ticket.revoked = offset % 2 == 0
            yield delivery

    await asyncio.wait_for(
        Lane(offset_later, seen.finish, Limits(events=2)).run(deliveries()), timeout=5
    )
    assert seen.settled == [1, 3, 5]


class Abreast(Batches):
    """Finishes batches side by side, the later ones first where it can."""

    def __init__(self) -> None:
        super().__init__()
        self.now: list[list[bytes | None]] = []
        self.most = 0
        self.shared: set[bytes | None] = set()

    async def keyed(self, keys: list[bytes]) -> AsyncIterator[Delivery]:
        for offset, key in enumerate(keys):
            yield self.delivery(offset, key=key)

    async def finish(self, batch) -> None:
        keys = [delivery.key for delivery, _ in batch]
        self.shared.update(key for other in self.now for key in other if key in keys)
        self.now.append(keys)
        self.most = max(self.most, len(self.now))
        await asyncio.sleep(0.005 / (1 + batch[0][1]))
        await super().finish(batch)
        self.now.remove(keys)


async def test_batches_are_finished_side_by_side_but_no_more_than_allowed():
    seen = Abreast()
    keys = [b"%d" % number for number in range(40)]
    limits = Limits(events=40, batch=4, abreast=2)
    await Lane(lambda one: one.origin.offset, seen.finish, limits).run(seen.keyed(keys))
    assert seen.most == 2
    assert sorted(seen.settled) == list(range(40))
    assert sorted(seen.batches) == [list(range(at, at + 4)) for at in range(0, 40, 4)]


@pytest.mark.parametrize("seed", range(20))
async def test_records_of_a_key_are_never_finished_side_by_side_and_keep_their_order(seed):
    seen, choose = Abreast(), random.Random(seed)  # noqa: S311 - to be the same in each run
    keys = [choose.choice([b"a", b"b", b"c", b"d", b"e"]) for _ in range(40)]
    limits = Limits(events=16, batch=3, abreast=3)
    run = Lane(lambda one: one.origin.offset, seen.finish, limits).run(seen.keyed(keys))
    await asyncio.wait_for(run, 5)
    assert seen.shared == set()
    for key in set(keys):
        settled = [offset for offset in seen.settled if keys[offset] == key]
        assert settled == [offset for offset, one in enumerate(keys) if one == key]


async def test_what_fails_beside_another_batch_ends_the_lane():
    seen = Batches()

    async def finish(batch) -> None:
        if batch[0][1] == 0:
            await asyncio.sleep(0)
            raise ConnectionError
        await asyncio.Event().wait()

    limits = Limits(batch=1, abreast=2)
    with pytest.raises(ExceptionGroup) as caught:
        await Lane(lambda one: one.origin.offset, finish, limits).run(seen.deliveries(10))
    assert caught.group_contains(ConnectionError)
