"""The whole path as processes, on real servers and on the embedded ones."""

import asyncio
import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from aiokafka import ConsumerRecord
from elasticsearch import Elasticsearch
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from services.demo import stack
from services.servers import server
from services.servers.server import Server
from tests.topics import read

SEEDS = Path(__file__).parents[2] / "seeds"
REAL = pytest.param("real", marks=[pytest.mark.kafka, pytest.mark.elasticsearch])

eventually = retry(
    stop=stop_after_delay(120),
    wait=wait_fixed(0.3),
    retry=retry_if_exception_type(AssertionError),
    reraise=True,
)


@dataclass(frozen=True)
class Newsreel:
    """A provisioned installation with running workers."""

    environment: Mapping[str, str]
    workers: Mapping[str, Server]
    client: Elasticsearch
    alias: str

    @property
    def bootstrap(self) -> str:
        return self.environment["NEWSREEL_KAFKA__BOOTSTRAP_SERVERS"]

    def topic(self, name: str) -> str:
        return self.environment["NEWSREEL_KAFKA__PREFIX"] + name

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a newsreel command to its end."""
        return subprocess.run(
            stack.newsreel(*words),
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def replay(self, *words: str | Path, ledger: Path) -> dict[str, int]:
        """Replay, and return what the broker has acknowledged: article_id and version."""
        ended = self.run("replay", *map(str, words), "--ledger", str(ledger))
        assert ended.returncode == 0, ended.stderr
        entries = map(json.loads, ledger.read_text(encoding="utf-8").splitlines())
        return {entry["article_id"]: entry["version"] for entry in entries}

    def documents(self) -> dict[str, dict[str, Any]]:
        """Return all documents behind the read alias by id, each with its `_version`."""
        self.client.indices.refresh(index=self.alias)
        found = self.client.search(index=self.alias, size=1000, version=True)["hits"]["hits"]
        return {hit["_id"]: {**hit["_source"], "_version": hit["_version"]} for hit in found}

    def records(self, topic: str) -> list[ConsumerRecord]:
        """Read a topic from its beginning to its end."""
        return asyncio.run(read(self.bootstrap, self.topic(topic)))

    def ids_on(self, topic: str) -> list[str]:
        """List the keys of a topic, repeats included."""
        return [record.key.decode() for record in self.records(topic)]


@pytest.fixture(scope="module", params=[REAL, "embedded"])
def newsreel(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Newsreel]:
    """Run the whole path under names of its own."""
    if request.param == "real":
        bootstrap = request.getfixturevalue("kafka")
        url = request.getfixturevalue("elasticsearch_url")
    else:
        state = request.getfixturevalue("embedded")
        bootstrap, url = state.bootstrap_servers, state.url
    prefix = f"e{uuid4().hex[:8]}-"
    environment = {
        "NEWSREEL_KAFKA__BOOTSTRAP_SERVERS": bootstrap,
        "NEWSREEL_KAFKA__PREFIX": prefix,
        "NEWSREEL_ELASTICSEARCH__URL": url,
        "NEWSREEL_ELASTICSEARCH__ARTICLES": f"{prefix}articles",
        "NEWSREEL_ENRICHER__PROCESSES": "2",
    }
    logs = tmp_path_factory.mktemp("logs")
    stack.run(["provision"], environment, logs / "provision.log")
    workers = stack.workers(environment, logs)
    server.start(workers)
    try:
        with Elasticsearch(url, request_timeout=60) as client:
            named = {worker.name: worker for worker in workers}
            yield Newsreel(environment, named, client, f"{prefix}articles")
    finally:
        stack.stop(workers)
