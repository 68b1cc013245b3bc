"""Puts letters back, or gives them up, and writes down which: in this order.

A process that dies in between leaves a letter open that was replayed: it is replayed again, which
every reader of the topic allows for. The other order could lose it.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

from services.dead_letters.letters import Letter
from services.dead_letters.replaying import UnreplayableError
from services.runtime.record import Delivered, Record, TooLarge

Send = Callable[[Record], Awaitable[Delivered]]
"""Returns when the broker has the record."""

LETTERS_AT_ONCE = 200
BYTES_AT_ONCE = 16_000_000


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one letter."""

    letter: Letter
    where: str | None = None
    """Where it was put back: topic-partition-offset."""
    problem: str | None = None
    """Why it is still open; None if it is settled."""


async def replay(
    send: Send,
    letters: AsyncIterator[tuple[Letter, bytes | None]],
    back: Callable[[Letter, bytes | None], Record],
    resolution: Callable[[Letter], Record],
) -> AsyncIterator[Settled]:
    """Put letters back, some at a time; those with the same key stay in order.

    A letter that can't go back is told and left open; any other error ends it all.
    """

    async def one(letter: Letter, value: bytes | None) -> Settled:
        try:
            delivered = await send(back(letter, value))
        except UnreplayableError as error:
            return Settled(letter, problem=str(error))
        except TooLarge as error:
            return Settled(letter, problem=f"{letter.id} can't be replayed: {error}")
        await send(resolution(letter))
        return Settled(letter, f"{delivered.topic}-{delivered.partition}-{delivered.offset}")

    async for batch in batches(letters):
        for settled in await _all(one(letter, value) for letter, value in batch):
            yield settled


async def drop(
    send: Send, letters: Sequence[Letter], resolution: Callable[[Letter], Record]
) -> AsyncIterator[Settled]:
    """Give letters up; their bytes stay on the dead-letter topic."""

    async def one(letter: Letter) -> Settled:
        await send(resolution(letter))
        return Settled(letter)

    for start in range(0, len(letters), LETTERS_AT_ONCE):
        for settled in await _all(map(one, letters[start : start + LETTERS_AT_ONCE])):
            yield settled


async def batches(
    letters: AsyncIterator[tuple[Letter, bytes | None]],
) -> AsyncIterator[list[tuple[Letter, bytes | None]]]:
    """Gather letters until there are `LETTERS_AT_ONCE`, or `BYTES_AT_ONCE` or more."""
    batch: list[tuple[Letter, bytes | None]] = []
    size = 0
    async for letter, value in letters:
        batch.append((letter, value))
        size += len(value or b"")
        if len(batch) == LETTERS_AT_ONCE or size >= BYTES_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


async def _all(work: Iterable[Awaitable[Settled]]) -> list[Settled]:
    """Let all end before the first error is raised: none is cut between its two records."""
    results = await asyncio.gather(*work, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return [result for result in results if isinstance(result, Settled)]
