"""Enrichment in processes of its own, so that the event loop never waits for the model.

A process that hangs is ended after the time limit and one that dies is replaced; the article it
had becomes a dead letter.
"""

import asyncio
from concurrent.futures import TimeoutError as TaskTimeoutError
from datetime import UTC, datetime
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from pebble import ProcessExpired, ProcessPool

from schemas.headers import Headers, Rejection
from services.enricher.local import enricher, warm_up
from services.enricher.pipeline import Outcome, process
from services.runtime.lane import Delivery

TRIES_WHEN_A_PROCESS_DIES = 2
"""The death may not be the article's fault: an operator or the kernel may have killed it."""


class Pool:
    """A pool of processes with the model loaded in each; a context manager."""

    def __init__(self, processes: int, time_limit: float) -> None:
        # Forking a process that runs threads (Faust's consumer has one) can deadlock.
        self._pool = ProcessPool(
            max_workers=processes, context=get_context("spawn"), initializer=warm_up
        )
        self._time_limit = time_limit

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
        for _ in range(TRIES_WHEN_A_PROCESS_DIES):
            work = self._pool.schedule(_process, args=record, timeout=self._time_limit)
            try:
                outcome: Outcome = await asyncio.wrap_future(work)
            except TaskTimeoutError:
                limit = f"not done after {self._time_limit:g} s"
                return Rejection("enrichment_timeout", "TimeoutError", limit)
            except ProcessExpired as error:
                died = Rejection("enrichment_crashed", "ProcessExpired", str(error))
            else:
                return outcome
        return died


def _process(key: bytes | None, value: bytes | None, headers: Headers) -> Outcome:
    return process(key, value, headers, enricher(), datetime.now(UTC))


def _ready() -> None:
    """Do nothing, after the initializer."""
