"""Work on many events at once, finish those of a partition in order.

Events enter one by one, `begin` runs on several side by side, and `finish` gets what has been
begun in the order in which it came from its partition, so that offsets settle in order and keys
keep theirs. Partitions do not wait for each other.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from schemas.headers import Headers, Origin
from services.runtime.watermark import Ticket

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A record as the broker delivered it, and the ticket that says what became of it."""

    key: bytes | None
    value: bytes | None
    headers: Headers
    origin: Origin
    ticket: Ticket

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
    """One task that begins and one that finishes, with a bounded queue for each partition."""

    def __init__(
        self,
        begin: Callable[[Delivery], Awaitable[Result]],
        finish: Callable[[Sequence[tuple[Delivery, Result]]], Awaitable[None]],
        limits: Limits,
    ) -> None:
        """`finish` settles each delivery of its batch, and returns when all are settled."""
        self._begin, self._finish, self._limits = begin, finish, limits
        self._queues: dict[int, deque[tuple[Delivery, asyncio.Task[Result]]]] = {}
        self._events = self._bytes = self._done = 0
        self._room = asyncio.Condition()
        self._progress = asyncio.Condition()

    async def run(self, deliveries: AsyncIterator[Delivery]) -> None:
        """Work until the deliveries end; whatever `begin` or `finish` raises ends the lane.

        An event that was begun and not finished is then simply not settled.
        """
        async with asyncio.TaskGroup() as tasks:
            finisher = tasks.create_task(self._finish_in_order())
            async for delivery in deliveries:
                await self._take_room(delivery.size)
                task = tasks.create_task(self._call_begin(delivery))
                queue = self._queues.setdefault(delivery.origin.partition, deque())
                queue.append((delivery, task))
            async with self._room:
                await self._room.wait_for(lambda: not self._events)
            finisher.cancel()

    async def _call_begin(self, delivery: Delivery) -> Result:
        result = await self._begin(delivery)
        async with self._progress:
            self._done += 1
            self._progress.notify_all()
        return result

    async def _finish_in_order(self) -> None:
        while True:
            batch = await self._next_batch()
            kept = [(delivery, task.result()) for delivery, task in batch if _is_ours(delivery)]
            if kept:
                await self._finish(kept)
            await self._give_room([delivery for delivery, _ in batch])

    async def _next_batch(self) -> list[tuple[Delivery, asyncio.Task[Result]]]:
        """Wait for a head that is done, then for more, up to a full batch or for `linger`."""
        async with self._progress:
            await self._progress.wait_for(lambda: self._ready(1))
            with suppress(TimeoutError):
                async with asyncio.timeout(self._limits.linger):
                    await self._progress.wait_for(lambda: self._ready(self._limits.batch))
        return self._take_ready()

    def _ready(self, wanted: int) -> bool:
        """Tell whether that many can be finished: done, and so are all before them."""
        if self._done < wanted:
            return False  # without a look at every queue for every event
        found = 0
        for queue in self._queues.values():
            for _, task in queue:
                if not task.done():
                    break
                found += 1
                if found == wanted:
                    return True
        return False

    def _take_ready(self) -> list[tuple[Delivery, asyncio.Task[Result]]]:
        batch: list[tuple[Delivery, asyncio.Task[Result]]] = []
        for partition, queue in list(self._queues.items()):
            if len(batch) == self._limits.batch:
                break
            while queue and queue[0][1].done() and len(batch) < self._limits.batch:
                batch.append(queue.popleft())
            # To the end of the line, so that a busy partition does not keep others out.
            del self._queues[partition]
            if queue:
                self._queues[partition] = queue
        self._done -= len(batch)
        return batch

    async def _take_room(self, size: int) -> None:
        def fits() -> bool:
            few = self._events < self._limits.events
            small = self._bytes + size <= self._limits.bytes or not self._events
            return few and small

        async with self._room:
            await self._room.wait_for(fits)
            self._events += 1
            self._bytes += size

    async def _give_room(self, deliveries: Sequence[Delivery]) -> None:
        async with self._room:
            self._events -= len(deliveries)
            self._bytes -= sum(delivery.size for delivery in deliveries)
            self._room.notify_all()


def _is_ours(delivery: Delivery) -> bool:
    """Tell whether the partition is still assigned; if not, another worker does the event."""
    return not delivery.ticket.revoked
