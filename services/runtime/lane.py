"""Work on many events at once, finish those of a partition in order.

Events enter one by one, `begin` runs on several side by side, and `finish` gets what has been
begun in the order in which it came from its partition, so that offsets settle in order and keys
keep theirs. Partitions do not wait for each other. Where batches are finished side by side, no two
of them have a record with the same key; then a later one may settle first, which the watermark
bears: nothing is committed past what is not settled.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from schemas.headers import Headers, Origin
from services.runtime.watermark import Ticket

Result = TypeVar("Result")
AT_ONCE = 100_000
"""Bytes of events that may be begun before others get their turn on the event loop."""


class Delivery(NamedTuple):
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


Begin = Callable[[Delivery], Result | Coroutine[Any, Any, Result]]
"""What it does at once it returns; a coroutine runs beside others."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be in work at once, and how much is finished in one go."""

    events: int = 64
    bytes: int = 32_000_000
    batch: int = 64
    linger: float = 0.0
    """Seconds to wait for a batch to fill."""
    abreast: int = 1
    """Batches finished at the same time."""


class Lane(Generic[Result]):
    """One task that begins and one that finishes, with a bounded queue for each partition."""

    def __init__(
        self,
        begin: Begin[Result],
        finish: Callable[[Sequence[tuple[Delivery, Result]]], Awaitable[None]],
        limits: Limits,
    ) -> None:
        """`finish` settles each delivery of its batch, and returns when all are settled."""
        self._begin, self._finish, self._limits = begin, finish, limits
        self._queues: dict[int, deque[tuple[Delivery, asyncio.Future[Result]]]] = {}
        self._free = asyncio.Semaphore(limits.abreast)
        self._under_way: set[bytes | None] = set()
        """The keys of what is being finished."""
        self._events = self._bytes = self._done = 0
        self._wanted = 1
        """So many have to be done before the finisher looks."""
        self._room, self._progress = asyncio.Event(), asyncio.Event()

    async def run(self, deliveries: AsyncIterator[Delivery]) -> None:
        """Work until the deliveries end; whatever `begin` or `finish` raises ends the lane.

        An event that was begun and not finished is then simply not settled.
        """
        at_once = 0
        async with asyncio.TaskGroup() as tasks:
            finisher = tasks.create_task(self._finish_in_order(tasks))
            async for delivery in deliveries:
                await self._take_room(delivery.size)
                queue = self._queues.setdefault(delivery.origin.partition, deque())
                queue.append((delivery, self._begun(delivery, tasks)))
                at_once += delivery.size
                if at_once > AT_ONCE:
                    at_once = 0
                    await asyncio.sleep(0)
            while self._events:
                await _set_again(self._room)
            finisher.cancel()

    def _begun(self, delivery: Delivery, tasks: asyncio.TaskGroup) -> asyncio.Future[Result]:
        work = self._begin(delivery)
        if isinstance(work, Coroutine):
            task = tasks.create_task(work)
            task.add_done_callback(self._count)
            return task
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        done.set_result(work)
        self._count(done)
        return done

    def _count(self, _done: asyncio.Future[Result]) -> None:
        self._done += 1
        if self._done >= self._wanted:
            self._progress.set()

    async def _finish_in_order(self, tasks: asyncio.TaskGroup) -> None:
        while True:
            await self._free.acquire()
            batch = await self._next_batch()
            self._under_way.update(delivery.key for delivery, _ in batch)
            tasks.create_task(self._finish_batch(batch))

    async def _finish_batch(self, batch: Sequence[tuple[Delivery, asyncio.Future[Result]]]) -> None:
        kept = [(delivery, task.result()) for delivery, task in batch if _is_ours(delivery)]
        if kept:
            await self._finish(kept)
        self._under_way.difference_update(delivery.key for delivery, _ in batch)
        self._give_room([delivery for delivery, _ in batch])
        self._free.release()
        self._progress.set()  # for who waits for one of these keys

    async def _next_batch(self) -> list[tuple[Delivery, asyncio.Future[Result]]]:
        """Wait for a head that is done, then for more, up to a full batch or for `linger`."""
        await self._until_ready(1)
        if self._limits.linger:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._limits.linger):
                    await self._until_ready(self._limits.batch)
        return self._take_ready()

    async def _until_ready(self, wanted: int) -> None:
        self._wanted = wanted
        while not self._ready(wanted):
            await _set_again(self._progress)

    def _ready(self, wanted: int) -> bool:
        """Tell whether that many can be finished: done, and so are all before them."""
        if self._done < wanted:
            return False  # without a look at every queue for every event
        found = 0
        for queue in self._queues.values():
            for delivery, task in queue:
                if not self._can_go(delivery, task):
                    break
                found += 1
                if found == wanted:
                    return True
        return False

    def _can_go(self, delivery: Delivery, task: asyncio.Future[Result]) -> bool:
        return task.done() and delivery.key not in self._under_way

    def _take_ready(self) -> list[tuple[Delivery, asyncio.Future[Result]]]:
        batch: list[tuple[Delivery, asyncio.Future[Result]]] = []
        for partition, queue in list(self._queues.items()):
            if len(batch) == self._limits.batch:
                break
            while queue and self._can_go(*queue[0]) and len(batch) < self._limits.batch:
                batch.append(queue.popleft())
            # To the end of the line, so that a busy partition does not keep others out.
            del self._queues[partition]
            if queue:
                self._queues[partition] = queue
        self._done -= len(batch)
        return batch

    async def _take_room(self, size: int) -> None:
        while self._events and not (
            self._events < self._limits.events and self._bytes + size <= self._limits.bytes
        ):
            await _set_again(self._room)
        self._events += 1
        self._bytes += size

    def _give_room(self, deliveries: Sequence[Delivery]) -> None:
        self._events -= len(deliveries)
        self._bytes -= sum(delivery.size for delivery in deliveries)
        self._room.set()


async def _set_again(event: asyncio.Event) -> None:
    """Wait for the next time that it is set."""
    event.clear()
    await event.wait()


def _is_ours(delivery: Delivery) -> bool:
    """Tell whether the partition is still assigned; if not, another worker does the event."""
    return not delivery.ticket.revoked
