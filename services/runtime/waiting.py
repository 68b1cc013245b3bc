"""Wait for servers that are away, for ever: who runs us decides when to give up."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import structlog

log = structlog.get_logger(__name__)

Result = TypeVar("Result")


class NotReady(Exception):  # noqa: N818 - a server's answer
    """A server does not know us, or has not what we need: no waiting mends that."""


def pauses(
    first: float = 0.25,
    ceiling: float = 30.0,
    jitter: Callable[[float, float], float] = random.uniform,
) -> Iterator[float]:
    """Yield seconds to wait, for ever: full jitter under a bound that doubles up to `ceiling`.

    Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    """
    bound = first
    while True:
        yield jitter(0.0, bound)
        bound = min(bound * 2, ceiling)


@dataclass(slots=True)
class Reminder:
    """Says when to say again what was said before: at once, then once a minute."""

    every: float = 60.0
    now: Callable[[], float] = time.monotonic
    _last: float | None = None

    def due(self) -> bool:
        """Tell whether to say it, which then counts as said."""
        now = self.now()
        if self._last is not None and now - self._last < self.every:
            return False
        self._last = now
        return True


async def answered(
    ask: Callable[[], Awaitable[Result]],
    server: str,
    away: tuple[type[Exception], ...],
    *,
    ceiling: float = 30.0,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> Result:
    """Ask a server until it answers, and say once a minute that it did not.

    `away` are the errors that pass, `ceiling` bounds the seconds between two tries.
    """
    reminder = Reminder()
    for pause in pauses(ceiling=ceiling):
        try:
            return await ask()
        except away as error:
            if reminder.due():
                log.warning("Waiting for a server.", server=server, error=str(error))
            await sleep(pause)
    raise AssertionError("pauses never end")
