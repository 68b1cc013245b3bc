"""Wait for servers that are away, for ever: who runs us decides when to give up."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import structlog

log = structlog.get_logger(__name__)

Result = TypeVar("Result")


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


async def answered(
    ask: Callable[[], Awaitable[Result]],
    server: str,
    away: tuple[type[Exception], ...],
    *,
    ceiling: float = 30.0,
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> Result:
    """Ask a server until it answers, and say each time that it did not.

    `away` are the errors that pass, `ceiling` bounds the seconds between two tries.
    """
    for pause in pauses(ceiling=ceiling):
        try:
            return await ask()
        except away as error:
            log.warning("Waiting for a server.", server=server, error=str(error))
            await sleep(pause)
    raise AssertionError("pauses never end")
