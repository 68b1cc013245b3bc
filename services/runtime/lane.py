"""Work on many events at once, finish them in order.

Events enter one by one, `begin` runs on several side by side, and `finish` gets what has been
begun in the order in which it came, so that offsets settle in order and keys keep theirs.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from schemas.headers import Headers, Origin

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A record as the broker delivered it, and how to say that it is settled."""

    key: bytes | None
    value: bytes | None
    headers: Headers
    origin: Origin
    settle: Callable[[], None]

    @property
    def size(self) -> int:
        """Bytes of the value."""
        return len(self.value or b"")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be in work at once, and how much is finished in one go."""

    events: int = 64
    bytes: int = 32_000_000
    batch: int = 64
    linger: float = 0.0
    """Seconds to wait for a batch to fill."""


class Lane(Generic[Result]):
    """Two tasks with a bounded queue between them."""

    def __init__(
        self,
        begin: Callable[[Delivery], Awaitable[Result]],
        finish: Callable[[Sequence[tuple[Delivery, Result]]], Awaitable[None]],
        limits: Limits,
    ) -> None:
        self._begin, self._finish, self._limits = begin, finish, limits
        self._queue: asyncio.Queue[tuple[Delivery, asyncio.Task[Result]]] = asyncio.Queue()
        self._head: tuple[Delivery, asyncio.Task[Result]] | None = None
        self._room = asyncio.Condition()
        self._events = self._bytes = 0

    async def run(self, deliveries: AsyncIterator[Delivery]) -> None:
        """Work until the deliveries end; whatever `begin` or `finish` raises ends the lane.

        An event that was begun and not finished is then simply not settled.
        """
        async with asyncio.TaskGroup() as tasks:
            finisher = tasks.create_task(self._finish_in_order())
            async for delivery in deliveries:
                await self._take_room(delivery.size)
                task = tasks.create_task(self._call_begin(delivery))
                self._queue.put_nowait((delivery, task))
            await self._queue.join()
            finisher.cancel()

    async def _call_begin(self, delivery: Delivery) -> Result:
        return await self._begin(delivery)

    async def _finish_in_order(self) -> None:
        while True:
            batch = await self._next_batch()
            await self._finish(batch)
            for delivery, _ in batch:
                delivery.settle()
                self._queue.task_done()
            await self._give_room(len(batch), sum(delivery.size for delivery, _ in batch))

    async def _next_batch(self) -> list[tuple[Delivery, Result]]:
        """Wait for the head, then take what follows it, up to the first that is still in work."""
        delivery, task = await self._next()
        batch = [(delivery, await task)]
        deadline = _now() + self._limits.linger
        while len(batch) < self._limits.batch:
            try:
                async with asyncio.timeout_at(deadline):
                    delivery, task = await self._next()
            except TimeoutError:
                break
            done, _ = await asyncio.wait([task], timeout=max(0.0, deadline - _now()))
            if not done:
                self._head = delivery, task
                break
            batch.append((delivery, task.result()))
        return batch

    async def _next(self) -> tuple[Delivery, asyncio.Task[Result]]:
        head, self._head = self._head, None
        return head or await self._queue.get()

    async def _take_room(self, size: int) -> None:
        def fits() -> bool:
            few = self._events < self._limits.events
            small = self._bytes + size <= self._limits.bytes or not self._events
            return few and small

        async with self._room:
            await self._room.wait_for(fits)
            self._events += 1
            self._bytes += size

    async def _give_room(self, events: int, size: int) -> None:
        async with self._room:
            self._events -= events
            self._bytes -= size
            self._room.notify_all()


def _now() -> float:
    return asyncio.get_running_loop().time()
