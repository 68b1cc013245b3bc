"""How long an event loop did not get on, noted by a task in it and read from outside."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

EVERY = 0.025
"""Seconds between two looks: a stall may be so much longer than is told. To look every 10 ms costs
15 ms of CPU a second, a thirtieth of what the indexer takes, and peers have none of it."""
WORTH_NOTING = 0.02
"""Seconds."""
FILE = "BENCH_STALLS"
"""The variable that names the file."""


@asynccontextmanager
async def watched() -> AsyncIterator[None]:
    """Note the stalls of this loop, where a file is named."""
    if FILE not in os.environ:
        yield
        return
    task = asyncio.create_task(_watch(Path(os.environ[FILE])))
    try:
        yield
    finally:
        task.cancel()


async def _watch(file: Path) -> None:
    with file.open("a", encoding="ascii", buffering=1) as notes:
        while True:
            before = time.monotonic()
            await asyncio.sleep(EVERY)
            late = time.monotonic() - before - EVERY
            if late > WORTH_NOTING:
                notes.write(f"{before} {late}\n")


def longest(file: Path, begin: float, end: float) -> float:
    """Read the longest stall between two moments of the monotonic clock, in seconds."""
    notes = [tuple(map(float, line.split())) for line in file.read_text("ascii").splitlines()]
    return max((late for at, late in notes if begin <= at <= end), default=0.0)
