"""`newsreel provision`: topics, index, aliases and Kibana objects; a second run changes nothing."""

import asyncio
import logging
import sys
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
from aiokafka.admin import AIOKafkaAdminClient
from pydantic import Field, SecretStr

from schemas.topics import ENRICHED, RAW, TOPICS, Topic
from services.provision.index import Plan, plan, provide_index
from services.provision.kibana import Objects, provide_kibana, shipped
from services.provision.report import Done, ProvisioningError
from services.provision.topics import provide_topics
from services.provision.waiting import patiently
from services.runtime.elasticsearch import connected
from services.runtime.kafka import options, started
from services.runtime.settings import Elasticsearch, Kafka, Part, Settings
from services.runtime.tls import CaFile, trusting

DEPLOY = Path(__file__).parents[2] / "deploy"


class Kibana(Part):
    """How to reach Kibana, where the user of Elasticsearch logs in too."""

    url: str | None = Field(default=None, pattern=r"^https?://[^/]+")
    """Scheme, host and port; without it nothing is imported into Kibana."""
    ca_file: CaFile | None = None
    """PEM file of the authority behind an https server's certificate; the system's if not given."""
    password: SecretStr | None = None
    """Given to Elasticsearch's user kibana_system, as whom Kibana itself logs in."""


class Provision(Settings):
    """Create the topics, the index with its aliases, and Kibana's objects, where missing."""

    kafka: Kafka = Kafka()
    elasticsearch: Elasticsearch = Elasticsearch()
    kibana: Kibana = Kibana()
    wait: float = Field(default=120.0, ge=0)
    """Seconds to wait for each server that is away."""
    partitions: int = Field(default=RAW.partitions, ge=1)
    """Partitions of the raw and of the enriched topic."""
    add_partitions: bool = False
    """Add partitions to topics that have fewer; articles then change partition."""
    replication_factor: int = Field(default=1, ge=1)
    """Brokers that keep each record of a new topic."""
    raw_retention_days: float = Field(default=7.0, gt=0)
    """How long raw articles stay on their topic."""
    enriched_retention_days: float = Field(default=30.0, gt=0)
    """How long enriched articles stay on their topic."""
    shards: int | None = Field(default=None, ge=1)
    """Shards of a new index; 1 if not given."""
    replicas: int | None = Field(default=None, ge=0)
    """Copies of the index on other nodes; 0 for a new index if not given."""
    refresh_interval: str | None = None
    """How soon a document is searchable; 1s for a new index if not given."""
    deploy: Path | None = None
    """The folder with elasticsearch/ and kibana/; the project's own if not given."""

    @property
    def topics(self) -> list[Topic]:
        """All topics as this installation wants them."""
        days = {RAW: self.raw_retention_days, ENRICHED: self.enriched_retention_days}
        keyed = [
            replace(topic, partitions=self.partitions, retention=timedelta(days=days[topic]))
            for topic in (RAW, ENRICHED)
        ]
        others = [topic for topic in TOPICS if topic not in days]
        return [topic.prefixed(self.kafka.prefix) for topic in (*keyed, *others)]

    @property
    def index_settings(self) -> dict[str, str]:
        """The index settings that were given."""
        given = {
            "number_of_shards": self.shards,
            "number_of_replicas": self.replicas,
            "refresh_interval": self.refresh_interval,
        }
        return {name: str(value) for name, value in given.items() if value is not None}

    def cli_cmd(self) -> None:
        """Provision, and print one line for each thing."""
        # aiokafka logs every attempt to connect; we say once that we wait.
        logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
        try:
            asyncio.run(self._run())
        except ProvisioningError as error:
            raise SystemExit(f"newsreel provision: {error}") from error

    async def _run(self) -> None:
        folder = self.deploy or DEPLOY
        try:
            index = plan(folder / "elasticsearch", self.elasticsearch.articles, self.index_settings)
            objects = shipped(folder / "kibana")
        except OSError as error:
            raise ProvisioningError(f"{error}; name the folder with --deploy") from error
        _print(await self._provide_topics())
        _print(await self._provide_index(index))
        if self.kibana.url:
            _print(await self._provide_kibana(self.kibana.url, objects))

    async def _provide_topics(self) -> list[Done]:
        servers = self.kafka.bootstrap_servers

        async def step() -> list[Done]:
            admin = AIOKafkaAdminClient(**options(self.kafka))
            try:
                await started(admin, self.kafka)
                return await provide_topics(
                    admin,
                    self.topics,
                    self.replication_factor,
                    add_partitions=self.add_partitions,
                )
            finally:
                await admin.close()

        return await patiently(step, server=f"Kafka at {servers}", patience=self.wait, say=_say)

    async def _provide_index(self, wanted: Plan) -> list[Done]:
        address = f"Elasticsearch at {self.elasticsearch.address}"
        async with connected(self.elasticsearch) as client:

            async def step() -> list[Done]:
                done = await provide_index(client, wanted)
                if self.kibana.password:
                    await client.security.change_password(
                        username="kibana_system", password=self.kibana.password.get_secret_value()
                    )
                    done.append(Done("password of kibana_system", "changed"))
                return done

            return await patiently(step, server=address, patience=self.wait, say=_say)

    async def _provide_kibana(self, url: str, objects: Objects) -> list[Done]:
        async with aiohttp.ClientSession(
            base_url=url.rstrip("/") + "/",
            connector=aiohttp.TCPConnector(ssl=trusting(self.kibana.ca_file)),
            headers=_authorization(self.elasticsearch),
            timeout=aiohttp.ClientTimeout(total=60),
        ) as session:
            return await patiently(
                lambda: provide_kibana(session, objects),
                server=f"Kibana at {url}",
                patience=self.wait,
                say=_say,
            )


def _authorization(user: Elasticsearch) -> dict[str, str]:
    if user.api_key:
        return {"Authorization": f"ApiKey {user.api_key.get_secret_value()}"}
    if user.password:
        login = f"{user.username}:{user.password.get_secret_value()}"
        return {"Authorization": f"Basic {b64encode(login.encode()).decode()}"}
    return {}


def _print(done: Sequence[Done]) -> None:
    for one in done:
        print(one, flush=True)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
