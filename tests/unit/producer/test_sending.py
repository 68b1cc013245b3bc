import asyncio
from collections.abc import Awaitable, Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from services.producer.ledger import Ledger, entry
from services.producer.pace import unpaced
from services.producer.sending import UNDER_WAY, Job, Sending
from services.producer.sources import Refusal
from services.runtime.record import Delivered, MissingTopic, Record, TooLarge
from tests.builders import raw_article

Send = Callable[[Record], Awaitable[Delivered]]


def jobs(number: int) -> Iterator[Job]:
    raw = raw_article()
    for place in range(number):
        yield Job(str(place), 1, raw, Record("t", str(place).encode(), b"v"))


def sending(send: Send, acknowledged: list[str], drain_limit: float = 0.05) -> Sending:
    return Sending(
        send, lambda job, _: acknowledged.append(job.origin), lambda _: None, drain_limit
    )


async def test_never_more_than_so_many_are_under_way() -> None:
    under_way = 0
    most = 0

    async def send(_: Record) -> Delivered:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.2)
        under_way -= 1
        return Delivered("t", 0, 0)

    acknowledged: list[str] = []
    run = sending(send, acknowledged)
    tally = await run.run(jobs(3 * UNDER_WAY), unpaced(), asyncio.Event())
    assert tally.sent == len(acknowledged) == 3 * UNDER_WAY
    assert most == UNDER_WAY


async def test_told_to_stop_it_takes_no_more_and_waits_for_what_is_under_way() -> None:
    stopping = asyncio.Event()

    async def send(record: Record) -> Delivered:
        if record.key == b"9":
            stopping.set()
        await asyncio.sleep(0.01)
        return Delivered("t", 0, 0)

    acknowledged: list[str] = []
    tally = await sending(send, acknowledged, 5).run(jobs(10**6), unpaced(), stopping)
    assert 10 <= tally.sent == len(acknowledged) < 10**6
    assert tally.unacknowledged == 0


async def test_told_to_stop_it_gives_up_what_nobody_acknowledges() -> None:
    stopping = asyncio.Event()

    async def send(record: Record) -> Delivered:
        stopping.set()
        await asyncio.sleep(60 if record.key == b"0" else 0)
        return Delivered("t", 0, 0)

    tally = await sending(send, []).run(jobs(2), unpaced(), stopping)
    assert tally.unacknowledged == 1
    assert not tally.complete


async def test_a_missing_topic_ends_the_run() -> None:
    async def send(_: Record) -> Delivered:
        raise MissingTopic(["news-raw"])

    with pytest.raises(MissingTopic, match="newsreel provision"):
        await sending(send, []).run(jobs(5), unpaced(), asyncio.Event())


async def test_what_is_refused_is_counted_and_the_rest_goes_on() -> None:
    async def send(record: Record) -> Delivered:
        if record.key == b"1":
            raise TooLarge(record, 1)
        return Delivered("t", 0, 0)

    work = [*jobs(3), Refusal("x", "not UTF-8")]
    tally = await sending(send, []).run(work, unpaced(), asyncio.Event())
    assert (tally.sent, tally.refused, tally.unreadable) == (2, 1, 1)


async def test_the_ledger_holds_every_line_when_it_is_left(tmp_path: Path) -> None:
    path = tmp_path / "ledger"
    offsets = count()
    for _ in range(2):
        async with Ledger(path) as ledger:
            for _ in range(50):
                ledger.add(entry(raw_article(), b"v", Delivered("t", 0, next(offsets))))
                await asyncio.sleep(0)
    lines = path.read_text().splitlines()
    assert [line.rpartition(": ")[2] for line in lines] == [f"{place}}}" for place in range(100)]


async def test_a_torn_last_line_of_a_killed_run_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "ledger"
    whole = entry(raw_article(), b"v", Delivered("t", 0, 0))
    path.write_text(whole + whole[:40])
    async with Ledger(path) as ledger:
        ledger.add(whole)
    assert path.read_text() == whole * 2


async def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes"
    path.write_text("dear diary")
    with pytest.raises(OSError, match="notes"):
        async with Ledger(path):
            pass
    assert path.read_text() == "dear diary"
