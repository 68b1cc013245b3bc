"""The monitor's process entry."""

import asyncio

import structlog
from aiokafka.errors import KafkaError

from schemas.topics import RESOLUTIONS
from services.indexer.bulk import sender
from services.monitor.app import GROUPS, STAGES
from services.monitor.app import Monitor as App
from services.monitor.settings import MonitorSettings
from services.runtime.elasticsearch import connected, require_alias
from services.runtime.health import Health, StalledError, serve
from services.runtime.kafka import Refused, require_topics
from services.runtime.logs import configure
from services.runtime.record import MissingTopic
from services.runtime.signals import Stopping, unless
from services.runtime.waiting import NotReady

log = structlog.get_logger(__name__)

TOPICS = (*GROUPS.values(), *STAGES, RESOLUTIONS)
"""What has to be there."""


class Monitor(MonitorSettings):
    """Show in Elasticsearch how far behind the workers are, and all dead letters."""

    def cli_cmd(self) -> None:
        """Run until a signal; what no waiting mends ends in one line."""
        configure(self.log)
        try:
            asyncio.run(self._run())
        except (MissingTopic, NotReady, Refused, StalledError, KafkaError) as error:
            raise SystemExit(f"newsreel monitor: {error}") from error

    async def _run(self) -> None:
        log.info("Settings.", **self.model_dump(mode="json"))
        health = Health(self.health.stalled_after, waiting_for={"elasticsearch"})
        stopping = Stopping().event
        async with serve(health, self.health), connected(self.elasticsearch) as client:

            async def work() -> None:
                await require_topics(self.kafka, [self.kafka.prefix + one.name for one in TOPICS])
                for alias in (self.elasticsearch.operations, self.elasticsearch.dead_letters):
                    await require_alias(client, alias)
                health.waiting_for.discard("elasticsearch")
                await App(self, sender(client), health).run()

            await unless(stopping, work())
        log.info("Monitor stopped.")
