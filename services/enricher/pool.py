"""Enrichment in processes of its own, so that the event loop never waits for the model.

A process that hangs is ended after the time limit and one that dies is replaced; an article that
does it twice becomes a dead letter.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TaskTimeoutError
from datetime import UTC, datetime
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from pebble import ProcessExpired, ProcessPool

from schemas.headers import Headers, Rejection
from services.enricher.pipeline import Outcome, process
from services.runtime.lane import Delivery

LIMIT_IS_FOR_BYTES = 20_000
"""Enriching takes time in proportion to the text, so a larger article may take longer."""
TRIES = 2
"""It may not be the article's fault: a process may have been killed, or the machine asleep."""


Work = Callable[[bytes | None, bytes | None, Headers], Outcome]
"""What a process does with a record's key, value and headers; it must be picklable."""


class Pool:
    """A pool of processes with the model loaded in each; a context manager."""

    def __init__(self, processes: int, time_limit: float, work: Work | None = None) -> None:
        self._work = work or _process
        # Forking a process that runs threads (Faust's consumer has one) can deadlock.
        self._pool = ProcessPool(
            max_workers=processes, context=get_context("spawn"), initializer=_warm_up
        )
        self._time_limit = time_limit
        self._tries: set[Future[Outcome]] = set()

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
        record = delivery.key, delivery.value, delivery.headers
        limit = time_limit(self._time_limit, delivery.size)
        for _ in range(TRIES):
            try:
                outcome = await self._try(record, limit)
            except TaskTimeoutError:
                told = f"not done after {limit:g} s, twice"
                failed = Rejection("enrichment_timeout", "TimeoutError", told)
            except ProcessExpired as error:
                failed = Rejection("enrichment_crashed", "ProcessExpired", str(error))
            else:
                return outcome
        return failed

    def busy(self) -> bool:
        """Tell whether a process has an article, which the time limit will take from it."""
        return any(work.running() for work in self._tries)

    async def _try(
        self, record: tuple[bytes | None, bytes | None, Headers], limit: float
    ) -> Outcome:
        work = self._pool.schedule(self._work, args=record, timeout=limit)
        self._tries.add(work)
        try:
            return await asyncio.wrap_future(work)
        finally:
            self._tries.discard(work)


def time_limit(seconds: float, size: int) -> float:
    """Give an article of `size` bytes its time: `seconds`, or in proportion if it is large."""
    return seconds * max(1.0, size / LIMIT_IS_FOR_BYTES)


# The model and its libraries belong in the pool's processes: this one must not import them.


def _warm_up() -> None:
    from services.enricher.local import warm_up  # noqa: PLC0415

    warm_up()


def _process(key: bytes | None, value: bytes | None, headers: Headers) -> Outcome:
    from services.enricher.local import enricher  # noqa: PLC0415

    return process(key, value, headers, enricher(), datetime.now(UTC))


def _ready() -> None:
    """Do nothing, after the initializer."""
