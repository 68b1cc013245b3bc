"""The whole stack, as a user starts it: from seed articles to search hits, on images we build."""

import json
import os
import re
import subprocess
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import tenacity
from aiokafka import AIOKafkaConsumer
from elasticsearch import Elasticsearch

from schemas.topics import ENRICHED
from services.servers.ports import HOST, free_port
from services.servers.server import MissingPrerequisiteError
from tests.conftest import required

pytestmark = pytest.mark.compose

SEEDS = sorted(Path("seeds").glob("*.txt"))
PORTS = ("KAFKA_PORT", "ELASTICSEARCH_PORT", "KIBANA_PORT")
READ = set(re.findall(r"\$\{(\w+)", Path("docker-compose.yml").read_text()))
eventually = tenacity.retry(
    stop=tenacity.stop_after_delay(60), wait=tenacity.wait_fixed(0.5), reraise=True
)


@dataclass
class Stack:
    """One `docker compose` project of its own name, secrets and ports."""

    secrets_file: Path
    project: str = field(default_factory=lambda: f"newsreel-test-{uuid4().hex[:8]}")
    ports: dict[str, int] = field(default_factory=lambda: {name: free_port() for name in PORTS})

    def compose(
        self, *arguments: str, check: bool = True, timeout: float = 600
    ) -> subprocess.CompletedProcess[str]:
        """Run `docker compose`; it sees no variable of the file but the project's own."""
        mine = {name: value for name, value in os.environ.items() if name not in READ}
        return subprocess.run(
            ["docker", "compose", "-p", self.project, "--env-file", self.secrets_file, *arguments],
            env=mine | {name: str(port) for name, port in self.ports.items()},
            capture_output=True,
            text=True,
            check=check,
            timeout=timeout,
        )

    @property
    def password(self) -> str:
        rows = dict(
            line.split("=") for line in self.secrets_file.read_text().splitlines() if "=" in line
        )
        return rows["ELASTIC_PASSWORD"]

    def elasticsearch(self) -> Elasticsearch:
        url = f"http://{HOST}:{self.ports['ELASTICSEARCH_PORT']}"
        return Elasticsearch(url, basic_auth=("elastic", self.password))

    def kibana(self, path: str) -> Any:
        """GET as the user elastic."""
        login = b64encode(f"elastic:{self.password}".encode()).decode()
        with closing(HTTPConnection(HOST, self.ports["KIBANA_PORT"], timeout=10)) as connection:
            connection.request("GET", path, headers={"Authorization": f"Basic {login}"})
            with connection.getresponse() as response:
                return json.load(response)


def engine() -> None:
    """Raise MissingPrerequisiteError when `docker compose` can't start containers here."""
    for command in (["docker", "info"], ["docker", "compose", "version"]):
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=30)
        except (OSError, subprocess.SubprocessError) as error:
            raise MissingPrerequisiteError("docker compose does not answer here") from error


@pytest.fixture(scope="module")
def stack(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Stack]:
    required(engine)
    secrets_file = tmp_path_factory.mktemp("compose") / ".env"
    subprocess.run(["deploy/make-env", secrets_file], check=True, capture_output=True)
    stack = Stack(secrets_file)
    config = request.config
    try:
        for step in (["build"], ["up", "--detach", "--wait"]):
            start = time.monotonic()
            done = stack.compose(*step, check=False)
            with config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
                spent = f"\ndocker compose {' '.join(step)}: {time.monotonic() - start:.0f} s"
                config.get_terminal_writer().line(spent)
            if done.returncode:
                logs = stack.compose("logs", "--tail", "20", check=False).stdout
                pytest.fail(f"{done.stderr[-4000:]}\n{logs}", pytrace=False)
        yield stack
    finally:
        stack.compose("down", "--volumes", "--rmi", "local", "--timeout", "5", check=False)
        # `down` forgets the image of the service that has no container.
        last = ["docker", "image", "rm", f"{stack.project}-newsreel"]
        subprocess.run(last, check=False, capture_output=True)


@eventually
def require_indexed(client: Elasticsearch) -> None:
    client.indices.refresh(index="news-articles")
    assert client.count(index="news-articles")["count"] == len(SEEDS)


def test_the_seeds_are_found_by_search(stack: Stack):
    with stack.elasticsearch() as client:
        require_indexed(client)
        query = {"match": {"body": "alliance"}}
        highlight = {"fields": {"body": {}}}
        found = client.search(index="news-articles", query=query, highlight=highlight)["hits"]
        facets = client.search(
            index="news-articles", size=0, aggs={"people": {"terms": {"field": "people"}}}
        )["aggregations"]["people"]["buckets"]
    assert found["hits"]
    assert all("<em>" in hit["highlight"]["body"][0] for hit in found["hits"])
    assert {"key": "Jens Stoltenberg", "doc_count": 3} in facets


def test_kibana_has_all_that_is_shipped_for_it(stack: Stack):
    lines = Path("deploy/kibana/newsreel.ndjson").read_text().splitlines()
    shipped = {(one["type"], one["id"]) for one in map(json.loads, lines)}
    types = "&".join(f"type={kind}" for kind in sorted({kind for kind, _ in shipped}))
    path = f"/api/saved_objects/_find?per_page=100&{types}"
    found = {(one["type"], one["id"]) for one in stack.kibana(path)["saved_objects"]}
    assert len(shipped) > 10
    assert shipped <= found


@eventually
def test_the_monitor_tells_how_far_behind_both_workers_are(stack: Stack):
    with stack.elasticsearch() as client:
        groups = {"groups": {"terms": {"field": "group"}}}
        found = client.search(index="news-operations", size=0, aggs=groups)["aggregations"]
    keys = {bucket["key"] for bucket in found["groups"]["buckets"]}
    assert keys == {"newsreel-enricher", "newsreel-indexer"}


def test_elasticsearch_lets_nobody_in_without_the_password(stack: Stack):
    port = stack.ports["ELASTICSEARCH_PORT"]
    with closing(HTTPConnection(HOST, port, timeout=10)) as connection:
        connection.request("GET", "/news-articles/_search")
        with connection.getresponse() as response:
            assert response.status == 401


async def test_a_consumer_outside_reads_the_enriched_articles(stack: Stack):
    address = f"{HOST}:{stack.ports['KAFKA_PORT']}"
    async with AIOKafkaConsumer(
        ENRICHED.name, bootstrap_servers=address, auto_offset_reset="earliest"
    ) as consumer:
        seen = {(await consumer.getone()).key for _ in SEEDS}
    assert len(seen) == len(SEEDS)


def test_the_command_line_in_a_container_searches(stack: Stack):
    run = ["run", "--rm", "--no-deps", "--no-TTY", "newsreel"]
    assert "Stoltenberg" in stack.compose(*run, "search", "alliance").stdout


def test_our_containers_run_without_root_and_cannot_write(stack: Stack):
    for service in ("enricher", "indexer", "monitor"):
        shown = stack.compose("exec", "-T", service, "sh", "-c", "id -u; touch /app/x", check=False)
        assert shown.stdout.strip() == "65532"
        assert "Read-only file system" in shown.stderr


def test_up_again_starts_nothing_anew_and_adds_no_document(stack: Stack):
    running = stack.compose("ps", "--quiet").stdout
    stack.compose("up", "--detach", "--wait")
    assert stack.compose("ps", "--quiet").stdout == running
    with stack.elasticsearch() as client:
        require_indexed(client)


def test_without_secrets_compose_says_in_one_line_what_to_do(tmp_path: Path):
    required(engine)
    nothing = tmp_path / ".env"
    nothing.touch()
    done = Stack(nothing).compose("config", check=False)
    assert done.returncode != 0
    (line,) = done.stderr.strip().splitlines()
    assert "make env" in line
