"""The indexer's process entry."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial

from schemas.topics import BRAKES, ENRICHED, ENRICHED_DEAD_LETTERS
from services.indexer.app import create_app
from services.indexer.bulk import Outcome, Patience, index_all, sender
from services.indexer.documents import Write
from services.indexer.memory import memory
from services.indexer.placing import placed
from services.indexer.settings import IndexerSettings
from services.runtime.consumer import App
from services.runtime.elasticsearch import connected, require_alias
from services.runtime.health import Health
from services.runtime.logs import configure
from services.runtime.outlets import settler
from services.runtime.settling import Failpoint, no_failpoint
from services.runtime.worker import run

TOPICS = (ENRICHED, ENRICHED_DEAD_LETTERS, BRAKES)
"""What the worker needs to be there."""


class Indexer(IndexerSettings):
    """Run the worker that indexes enriched articles."""

    def cli_cmd(self) -> None:
        """Run until a signal."""
        configure(self.log)
        asyncio.run(self._run())

    async def _run(self) -> None:
        await run(self, TOPICS, partial(assembled, self))


@asynccontextmanager
async def assembled(
    settings: IndexerSettings, health: Health, *, failpoint: Failpoint = no_failpoint
) -> AsyncIterator[App]:
    """Make the app with all that it needs, once Elasticsearch is there and has the alias."""
    async with (
        connected(settings.elasticsearch) as client,
        settler(settings, "indexer", [ENRICHED_DEAD_LETTERS], health, failpoint) as settle,
    ):
        health.waiting_for.add("elasticsearch")
        await require_alias(client, settings.elasticsearch.write_alias)
        if settings.stories:
            await require_alias(client, settings.elasticsearch.stories)
        health.waiting_for.discard("elasticsearch")
        send, patience = sender(client), Patience()
        health.troubles["elasticsearch"] = patience.trouble

        stories = memory(client, settings.elasticsearch.stories) if settings.stories else None

        placing = asyncio.Lock()

        async def index(writes: Sequence[Write]) -> list[Outcome]:
            if stories:
                async with placing:  # so that each batch sees where the one before it was placed
                    writes = await placed(stories, writes, patience)
            outcomes = await index_all(send, writes, patience)
            failpoint("indexed")
            return outcomes

        yield create_app(settings, index, settle)
