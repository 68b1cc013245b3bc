"""End a process on SIGINT or SIGTERM without losing what is under way."""

import asyncio
import os
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

log = structlog.get_logger(__name__)

Result = TypeVar("Result")


class Stopping:
    """Listens for SIGINT and SIGTERM in the running loop: `event` is set by the first of them.

    A second signal ends the process at once.
    """

    def __init__(self) -> None:
        self.event = asyncio.Event()
        self.exit_code = 0
        """128 + the signal's number, as a shell has it; 0 without a signal."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop, number)

    def _stop(self, number: int) -> None:
        if self.event.is_set():
            os._exit(128 + number)
        log.info("Stopping; a second signal ends at once.", signal=signal.Signals(number).name)
        self.exit_code = 128 + number
        self.event.set()


async def unless(stopping: asyncio.Event, work: Coroutine[Any, Any, object]) -> bool:
    """Do the work; cancel it, and wait for its end, when told to stop. Tell whether it was done."""
    task = await _ended(stopping, work)
    if task.cancelled():
        return False
    task.result()
    return True


async def result_unless(
    stopping: asyncio.Event, work: Coroutine[Any, Any, Result]
) -> Result | None:
    """Do the work as `unless` does, and return its result; None when told to stop before."""
    task = await _ended(stopping, work)
    return None if task.cancelled() else task.result()


async def first(*work: Coroutine[Any, Any, object]) -> None:
    """Do all until the first has ended; raises what it raised."""
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    for task in done:
        task.result()


async def _ended(
    stopping: asyncio.Event, work: Coroutine[Any, Any, Result]
) -> asyncio.Task[Result]:
    task = asyncio.create_task(work)
    stop = asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait([task, stop], return_when=asyncio.FIRST_COMPLETED)
    finally:
        stop.cancel()
        if not task.done():
            task.cancel()
            await asyncio.wait([task])
    return task
