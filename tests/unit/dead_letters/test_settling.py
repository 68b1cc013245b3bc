import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest

from services.dead_letters.letters import Letter
from services.dead_letters.replaying import UnreplayableError
from services.dead_letters.settling import (
    BYTES_AT_ONCE,
    LETTERS_AT_ONCE,
    Settled,
    batches,
    drop,
    replay,
)
from services.runtime.record import Delivered, Record, TooLarge
from tests.unit.dead_letters.builders import letter


class Broker:
    """Takes records, slowly, but for those whose value is `refused`."""

    def __init__(self, refused: Exception | None = None) -> None:
        self.log: list[tuple[str, bytes | None]] = []
        self.refused = refused

    async def send(self, record: Record) -> Delivered:
        await asyncio.sleep(0)
        if record.value == b"refused" and self.refused:
            raise self.refused
        self.log.append((record.topic, record.key))
        return Delivered(record.topic, 0, len(self.log))


async def mail(
    letters: Sequence[Letter], value: bytes | None = b"{"
) -> AsyncIterator[tuple[Letter, bytes | None]]:
    for one in letters:
        yield one, value


def back(one: Letter, value: bytes | None) -> Record:
    if value == b"unreplayable":
        raise UnreplayableError("no way back")
    return Record("news-raw", one.id.encode(), value)


def resolution(one: Letter) -> Record:
    return Record("resolutions", one.id.encode(), b"resolved")


async def replayed(
    broker: Broker, letters: Sequence[Letter], value: bytes | None = b"{"
) -> list[Settled]:
    return [one async for one in replay(broker.send, mail(letters, value), back, resolution)]


async def test_each_letter_is_back_before_its_resolution_is_written():
    broker = Broker()
    letters = [letter(offset) for offset in range(LETTERS_AT_ONCE + 5)]
    settled = await replayed(broker, letters)
    assert [one.letter for one in settled] == letters
    for one in letters:
        key = one.id.encode()
        assert broker.log.index(("news-raw", key)) < broker.log.index(("resolutions", key))
    assert len(broker.log) == 2 * len(letters)


async def test_letters_go_back_in_their_order():
    broker = Broker()
    letters = [letter(offset) for offset in range(9)]
    await replayed(broker, letters)
    sent = [key for topic, key in broker.log if topic == "news-raw"]
    assert sent == [one.id.encode() for one in letters]


async def test_a_letter_that_cannot_go_back_stays_open_and_says_why():
    broker = Broker(TooLarge(Record("news-raw", None, b"x"), 1))
    (too_large,) = await replayed(broker, [letter()], b"refused")
    (stuck,) = await replayed(broker, [letter()], b"unreplayable")
    assert (too_large.problem or "").startswith("news-raw-dlq-0-0 can't be replayed: a record of")
    assert stuck.problem == "no way back"
    assert broker.log == []


async def test_another_error_ends_it_after_what_is_under_way_is_settled():
    broker = Broker(ConnectionError("not allowed"))

    async def mixed() -> AsyncIterator[tuple[Letter, bytes | None]]:
        yield letter(0), b"refused"
        yield letter(1), b"{"

    with pytest.raises(ConnectionError):
        [one async for one in replay(broker.send, mixed(), back, resolution)]
    key = letter(1).id.encode()
    assert broker.log == [("news-raw", key), ("resolutions", key)]


async def test_dropping_writes_a_resolution_for_each_and_nothing_else():
    broker = Broker()
    letters = [letter(offset) for offset in range(LETTERS_AT_ONCE + 1)]
    settled = [one async for one in drop(broker.send, letters, resolution)]
    assert [one.letter for one in settled] == letters
    assert broker.log == [("resolutions", one.id.encode()) for one in letters]


async def test_a_batch_is_bounded_in_letters_and_in_bytes():
    letters = [letter(offset) for offset in range(2 * LETTERS_AT_ONCE + 1)]
    small = [len(batch) async for batch in batches(mail(letters, None))]
    assert small == [LETTERS_AT_ONCE, LETTERS_AT_ONCE, 1]
    third = b"x" * (BYTES_AT_ONCE // 3)
    assert [len(batch) async for batch in batches(mail(letters[:6], third))] == [4, 2]
