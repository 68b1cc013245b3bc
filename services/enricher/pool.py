"""Enrichment in processes of its own, so that the event loop never waits for the model.

A process gets a few small articles at a time: together they cost less to enrich, and far less to
hand over. One that hangs is ended after the time limit and one that dies is
replaced; its articles are then done one by one, and one that does it twice alone becomes a dead
letter.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TaskTimeoutError
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from pebble import ProcessExpired, ProcessPool

from schemas.headers import Rejection
from services.enricher.pipeline import Outcome, Record, process
from services.runtime.lane import Delivery

LIMIT_IS_FOR_BYTES = 20_000
"""Enriching takes time in proportion to the text, so a larger article may take longer; articles
that are smaller together are one task, which has the time of one."""
TRIES = 2
"""It may not be the article's fault: a process may have been killed, or the machine asleep."""
TASKS_AHEAD = 1
"""For each process, so that none has to wait while the event loop makes up its next task."""

Work = Callable[[Sequence[Record]], list[Outcome]]
"""What a process does with raw records; it must be picklable."""


@dataclass(slots=True)
class Try:
    """An article that waits for its outcome, and whether it is a task by itself."""

    record: Record
    size: int
    outcome: asyncio.Future[Outcome]
    alone: bool


class Pool:
    """A pool of processes with the model loaded in each; a context manager."""

    def __init__(self, processes: int, time_limit: float, work: Work | None = None) -> None:
        # Forking a process that runs threads (Faust's consumer has one) can deadlock.
        self._pool = ProcessPool(
            max_workers=processes, context=get_context("spawn"), initializer=_warm_up
        )
        self._work = work or _process
        self._time_limit = time_limit
        self._most_tasks = processes * (1 + TASKS_AHEAD)
        self._waiting: deque[Try] = deque()
        self._tasks: set[Future[list[Outcome]]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._pool.stop()
        self._pool.join()

    async def warm_up(self) -> None:
        """Return when a first process has loaded the model."""
        await asyncio.wrap_future(self._pool.schedule(_ready))

    async def process(self, delivery: Delivery) -> Outcome:
        """Run `pipeline.process` on a delivery in the pool."""
        tries = 0
        alone = False
        while True:
            ours = self._begin(delivery, alone=alone)
            try:
                return await ours.outcome
            except TaskTimeoutError:
                limit = time_limit(self._time_limit, delivery.size)
                told = f"not done after {limit:g} s, twice"
                failed = Rejection("enrichment_timeout", "TimeoutError", told)
            except ProcessExpired as error:
                failed = Rejection("enrichment_crashed", "ProcessExpired", str(error))
            tries += ours.alone
            if tries == TRIES:
                return failed
            alone = True

    def busy(self) -> bool:
        """Tell whether a process has an article, which the time limit will take from it."""
        return any(task.running() for task in self._tasks)

    def _begin(self, delivery: Delivery, *, alone: bool) -> Try:
        record = delivery.key, delivery.value, delivery.headers
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        ours = Try(record, delivery.size, outcome, alone)
        self._waiting.append(ours)
        self._hand_out()
        return ours

    def _hand_out(self) -> None:
        while self._waiting and len(self._tasks) < self._most_tasks:
            tries = [self._waiting.popleft() for _ in range(in_one_task(self._waiting))]
            tries[0].alone = len(tries) == 1
            limit = time_limit(self._time_limit, sum(one.size for one in tries))
            records = [one.record for one in tries]
            task = self._pool.schedule(self._work, args=(records,), timeout=limit)
            self._tasks.add(task)
            asyncio.wrap_future(task).add_done_callback(partial(self._tell, task, tries))

    def _tell(
        self,
        task: Future[list[Outcome]],
        tries: Sequence[Try],
        done: asyncio.Future[list[Outcome]],
    ) -> None:
        self._tasks.discard(task)
        if done.cancelled():  # the pool was stopped
            for one in tries:
                one.outcome.cancel()
            return
        error = done.exception()
        for i, one in enumerate(tries):
            if one.outcome.done():
                continue  # cancelled: nobody waits for it any more
            if error:
                one.outcome.set_exception(error)
            else:
                one.outcome.set_result(done.result()[i])
        self._hand_out()


def in_one_task(waiting: Iterable[Try]) -> int:
    """Tell how many of those that wait are one task: the first, and what fits in with it."""
    count = size = 0
    for one in waiting:
        size += one.size
        if count and (one.alone or size > LIMIT_IS_FOR_BYTES):
            break
        count += 1
        if one.alone:
            break
    return count


def time_limit(seconds: float, size: int) -> float:
    """Give an article of `size` bytes its time: `seconds`, or in proportion if it is large."""
    return seconds * max(1.0, size / LIMIT_IS_FOR_BYTES)


# The model and its libraries belong in the pool's processes: this one must not import them.


def _warm_up() -> None:
    from services.enricher.local import warm_up  # noqa: PLC0415

    warm_up()


def _process(records: Sequence[Record]) -> list[Outcome]:
    from services.enricher.local import enricher  # noqa: PLC0415

    return process(records, enricher(), datetime.now(UTC))


def _ready() -> None:
    """Do nothing, after the initializer."""
