"""One installation in which each part has a login of its own."""

import asyncio
import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRecord
from aiokafka.admin import AIOKafkaAdminClient
from pydantic import SecretStr

from schemas.raw_article import Source
from schemas.topics import ENRICHED, RAW
from services.demo import stack
from services.provision.command import Provision
from services.runtime.kafka import options
from services.runtime.publisher import Publisher
from services.runtime.record import Record
from services.runtime.settings import Part
from services.servers.server import Server
from tests.builders import enriched_article
from tests.security.elasticsearch import Key, SecureElasticsearch
from tests.security.kafka import ADMINISTRATOR, SecureKafka

KEYS = {
    "provision": "provisioning",
    "indexer": "writer",
    "monitor": "monitor",
    "consumer": "reader",
}
"""Who uses Elasticsearch, and with which of the keys that we ship."""
QUICK = {
    "NEWSREEL_ENRICHER__DRAIN_LIMIT": "1",
    "NEWSREEL_ENRICHER__PROCESSES": "1",
    "NEWSREEL_HEALTH__PORT": "0",
    "NEWSREEL_INDEXER__DRAIN_LIMIT": "1",
    "NEWSREEL_MONITOR__EVERY": "1",
}


@dataclass
class Installation:
    """The two servers and everybody's logins."""

    kafka: SecureKafka
    elasticsearch: SecureElasticsearch
    logs: Path
    keys: dict[str, Key] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for user in KEYS:
            self.renew(user)

    def renew(self, user: str) -> None:
        """Give somebody a new key."""
        self.keys[user] = self.elasticsearch.key(KEYS[user])

    def environment(self, user: str) -> dict[str, str]:
        """Write somebody's logins as the variables that a process takes them from."""
        given = variables("KAFKA", self.kafka.login(user))
        if user in self.keys:
            given |= variables("ELASTICSEARCH", self.keys[user].login)
        return given | QUICK

    def provision(self) -> None:
        """Provision as who may do that and no more."""
        Provision(
            kafka=self.kafka.login("provision"),
            elasticsearch=self.keys["provision"].login,
            partitions=2,
        ).cli_cmd()

    def run(self, user: str, *words: str | Path) -> str:
        """Run a command as somebody and return what it prints."""
        ended = subprocess.run(
            stack.newsreel(*map(str, words)),
            env={**os.environ, **self.environment(user)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout + ended.stderr

    def worker(self, name: str) -> Server:
        """Describe a worker with its present logins."""
        return stack.worker(name, self.environment(name), self.logs)

    def topic(self, name: str) -> str:
        return self.kafka.prefix + name

    def send(self, user: str, topic: str, key: bytes, value: bytes) -> None:
        """Write a record as somebody."""

        async def send() -> None:
            there = replace(RAW, name=self.topic(topic))
            async with Publisher(self.kafka.login(user), [there]) as publisher:
                await publisher.send(Record(there.name, key, value))

        asyncio.run(send())

    def publish(self, item: str) -> None:
        """Put an article on the enriched topic, as the enricher does."""
        event = enriched_article(source=Source(name="builders", item=item))
        self.send("enricher", ENRICHED.name, str(event.article_id).encode(), event.to_json())

    def records(self, topic: str) -> list[ConsumerRecord]:
        """Read a topic as the administrator."""
        return asyncio.run(self._records(self.topic(topic)))

    async def _records(self, topic: str) -> list[ConsumerRecord]:
        async with AIOKafkaConsumer(
            topic,
            **options(self.kafka.login(ADMINISTRATOR)),
            auto_offset_reset="earliest",
            enable_auto_commit=False,
        ) as consumer:
            ends = await consumer.end_offsets(consumer.assignment())
            found: list[ConsumerRecord] = []
            while sum(ends.values()) > len(found):
                for records in (await consumer.getmany(timeout_ms=500)).values():
                    found += records
            return found

    def acknowledged(self, group: str) -> int:
        """Count what a group has acknowledged."""

        async def ask() -> int:
            admin = AIOKafkaAdminClient(**options(self.kafka.login(ADMINISTRATOR)))
            try:
                await admin.start()
                found = await admin.list_consumer_group_offsets(self.topic(group))
            finally:
                await admin.close()
            return sum(entry.offset for entry in found.values())

        return asyncio.run(ask())


def variables(part: str, given: Part) -> dict[str, str]:
    """Write a part's settings as environment variables."""
    shown: Iterable[tuple[str, Any]] = ((name, value) for name, value in given if value is not None)
    return {
        f"NEWSREEL_{part}__{name.upper()}": (
            value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        )
        for name, value in shown
    }


def ended(worker: Server, patience: float = 60.0) -> int:
    """Wait until a worker has ended by itself; return its exit code."""
    launched = worker._launched  # noqa: SLF001 - only the parent can ask for the exit code
    assert launched
    return launched.wait(patience)
