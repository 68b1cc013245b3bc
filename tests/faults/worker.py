"""A worker that crashes, hangs or fails when a fault says so: the real one, by its own factory.

`python -m tests.faults.worker enricher --crack published --at 3`
"""

import argparse
import asyncio
import os
import signal
import sys
from dataclasses import dataclass
from functools import partial
from typing import get_args

from services.enricher import command as enricher
from services.enricher.pool import Work
from services.indexer import command as indexer
from services.runtime.logs import configure
from services.runtime.settling import Failpoint, no_failpoint
from services.runtime.worker import run
from tests.faults.evidence import Group
from tests.faults.work import WORK


@dataclass
class Crash:
    """A failpoint that ends the process at the nth pass of a crack, as kill -9 does."""

    crack: str
    passes: int

    def __call__(self, crack: str) -> None:
        """Count the passes of our crack."""
        if crack == self.crack:
            self.passes -= 1
            if not self.passes:
                os.kill(os.getpid(), signal.SIGKILL)


def words(service: str, *options: str) -> list[str]:
    """Give the words that run such a worker."""
    return [sys.executable, "-m", "tests.faults.worker", service, *options]


def main() -> None:
    """Run until a signal, or until the crack."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.worker")
    parser.add_argument("service", choices=get_args(Group))
    parser.add_argument("--crack", help="published, indexed or dead-lettered")
    parser.add_argument("--at", type=int, default=1, help="the pass of the crack that crashes")
    parser.add_argument("--work", choices=WORK, help="what the pool does in place of enriching")
    given = parser.parse_args()
    failpoint: Failpoint = Crash(given.crack, given.at) if given.crack else no_failpoint
    if given.service == "enricher":
        asyncio.run(_enrich(failpoint, WORK[given.work] if given.work else None))
    else:
        asyncio.run(_index(failpoint))


async def _enrich(failpoint: Failpoint, work: Work | None) -> None:
    settings = enricher.Enricher()
    configure(settings.log)
    made = partial(enricher.assembled, settings, work=work, failpoint=failpoint)
    await run(settings, enricher.TOPICS, made)


async def _index(failpoint: Failpoint) -> None:
    settings = indexer.Indexer()
    configure(settings.log)
    await run(settings, indexer.TOPICS, partial(indexer.assembled, settings, failpoint=failpoint))


if __name__ == "__main__":
    main()
