"""Sends articles at their pace, so many at a time, until the last one or a signal."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from schemas.raw_article import RawArticle
from services.producer.pace import Pace
from services.producer.sources import Refusal
from services.runtime.record import Delivered, Record, TooLarge

UNDER_WAY = 256
"""Articles sent and not yet acknowledged, at most."""


@dataclass(frozen=True, slots=True)
class Job:
    """An article to send, and where it came from."""

    origin: str
    round: int
    raw: RawArticle
    record: Record


@dataclass(slots=True)
class Tally:
    """How many articles ended how."""

    sent: int = 0
    refused: int = 0
    unreadable: int = 0
    unacknowledged: int = 0

    @property
    def complete(self) -> bool:
        """Whether each article is on the topic."""
        return not (self.refused or self.unreadable or self.unacknowledged)


class Sending:
    """One run: `acknowledged` and `refused` are told of each article's end.

    `run` raises the first error of `send` other than `TooLarge`.
    """

    def __init__(
        self,
        send: Callable[[Record], Awaitable[Delivered]],
        acknowledged: Callable[[Job, Delivered], None],
        refused: Callable[[Refusal], None],
        drain_limit: float,
    ) -> None:
        self.tally = Tally()
        self._send = send
        self._acknowledged = acknowledged
        self._refused = refused
        self._drain_limit = drain_limit
        self._slots = asyncio.Semaphore(UNDER_WAY)
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(
        self, jobs: Iterable[Job | Refusal], pace: Pace, stopping: asyncio.Event
    ) -> Tally:
        """Send all jobs; once `stopping`, take no more and wait for what is under way."""
        try:
            async with asyncio.TaskGroup() as group:
                stop = group.create_task(stopping.wait())
                feeding = group.create_task(self._feed(jobs, pace, group))
                await asyncio.wait({feeding, stop}, return_when=asyncio.FIRST_COMPLETED)
                feeding.cancel()
                await self._drain(stop)
                stop.cancel()
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from None
        return self.tally

    async def _feed(
        self, jobs: Iterable[Job | Refusal], pace: Pace, group: asyncio.TaskGroup
    ) -> None:
        clock = asyncio.get_running_loop().time
        start = clock()
        for job in jobs:
            if isinstance(job, Refusal):
                self._refuse(job)
                continue
            due = start + pace(job.round, job.raw.published_at)
            await asyncio.sleep(max(0.0, due - clock()))
            await self._slots.acquire()
            task = group.create_task(self._deliver(job))
            self._under_way.add(task)
            task.add_done_callback(self._settled)

    async def _deliver(self, job: Job) -> None:
        try:
            delivered = await self._send(job.record)
        except TooLarge as error:
            self._refuse(Refusal(job.origin, str(error), "refused"))
        else:
            self._acknowledged(job, delivered)
            self.tally.sent += 1

    def _settled(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._slots.release()

    def _refuse(self, refusal: Refusal) -> None:
        if refusal.kind == "refused":
            self.tally.refused += 1
        else:
            self.tally.unreadable += 1
        self._refused(refusal)

    async def _drain(self, stop: asyncio.Task[bool]) -> None:
        while self._under_way and not stop.done():
            await asyncio.wait({stop, *self._under_way}, return_when=asyncio.FIRST_COMPLETED)
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=self._drain_limit)
            self.tally.unacknowledged = len(late)
            for task in late:
                task.cancel()
