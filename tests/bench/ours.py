"""Our own workers, with a watch over their event loop.

`python -m tests.bench.ours enricher|copying|indexer`; what else there is to say is in the
environment. `copying` is the enricher that sends on what it reads: all of its discipline and no
enrichment.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from schemas.raw_article import RawArticle
from schemas.reading import read
from schemas.topics import ENRICHED, RAW_DEAD_LETTERS, Topic
from services.enricher import command as enricher
from services.enricher.app import create_app
from services.enricher.pipeline import Enriched, Outcome
from services.indexer import command as indexer
from services.runtime.consumer import App
from services.runtime.health import Health
from services.runtime.lane import Delivery
from services.runtime.logs import configure
from services.runtime.outlets import settler
from services.runtime.settling import no_failpoint
from services.runtime.worker import WorkerSettings, run
from tests.bench.stalls import watched

Assembled = Callable[[Health], AbstractAsyncContextManager[App]]


def main() -> None:
    """Run until a signal."""
    settings = indexer.Indexer() if sys.argv[1] == "indexer" else enricher.Enricher()
    configure(settings.log)
    topics = indexer.TOPICS if sys.argv[1] == "indexer" else enricher.TOPICS
    assembled = {
        "enricher": enricher.assembled,
        "copying": copying,
        "indexer": indexer.assembled,
    }[sys.argv[1]]
    asyncio.run(_run(settings, topics, lambda health: assembled(settings, health)))


async def _run(settings: WorkerSettings, topics: Collection[Topic], made: Assembled) -> None:
    async with watched():
        await run(settings, topics, made)


@asynccontextmanager
async def copying(settings: enricher.Enricher, health: Health) -> AsyncIterator[App]:
    """Make the enricher's app with work that only checks."""

    def check(delivery: Delivery) -> Outcome:
        article = read(RawArticle, delivery.key, delivery.value)
        if isinstance(article, RawArticle):
            return Enriched(delivery.key or b"", delivery.value or b"", delivery.headers)
        return article

    outlets = (ENRICHED, RAW_DEAD_LETTERS)
    async with settler(settings, "enricher", outlets, health, no_failpoint) as settle:
        yield create_app(settings, check, settle)


if __name__ == "__main__":
    main()
