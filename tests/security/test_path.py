"""From a file to a hit with a login for each part, and what happens when one is taken away."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from schemas.topics import (
    ENRICHED,
    ENRICHED_DEAD_LETTERS,
    ENRICHER_GROUP,
    INDEXER_GROUP,
    RAW,
    RAW_DEAD_LETTERS,
)
from services.demo import stack
from services.servers import server
from services.servers.server import Server
from tests.security.installation import Installation, ended

pytestmark = [pytest.mark.kafka, pytest.mark.elasticsearch]

SEEDS = Path(__file__).parents[2] / "seeds"

eventually = retry(
    stop=stop_after_delay(60),
    wait=wait_fixed(0.3),
    retry=retry_if_exception_type(AssertionError),
    reraise=True,
)


@pytest.fixture(scope="module")
def workers(installation: Installation) -> Iterator[dict[str, Server]]:
    """Both workers; a test that ends one puts another in its place."""
    running = {name: installation.worker(name) for name in stack.WORKERS}
    server.start(running.values())
    try:
        yield running
    finally:
        stack.stop(list(running.values()))


@eventually
def found(installation: Installation, *items: str) -> None:
    """Return once the reader finds the articles."""
    with installation.elasticsearch.client(installation.keys["consumer"].login) as client:
        hits = client.search(index="news-articles", size=100)["hits"]["hits"]
    assert {hit["_source"]["source_item"] for hit in hits} >= set(items)


@eventually
def all_acknowledged(installation: Installation, group: str, topic: str) -> int:
    """Return how many records a topic has, once its worker has acknowledged them."""
    there = len(installation.records(topic))
    assert installation.acknowledged(group) == there
    return there


@pytest.mark.usefixtures("workers")
def test_every_part_does_its_work_with_a_login_of_its_own(installation: Installation) -> None:
    assert '"sent": 5' in installation.run("producer", "replay", SEEDS)
    found(installation, *(file.stem for file in SEEDS.glob("*.txt")))
    assert "Jens Stoltenberg" in installation.run("consumer", "search", "air defence")
    printed = installation.run("consumer", "tail", "--from", "beginning", "--max", "5", "--as-json")
    assert "NATO commits to strengthening" in printed
    assert "No open dead letters." in installation.run("operator", "dead-letters", "list")


@pytest.mark.usefixtures("workers")
def test_the_monitor_shows_lag_and_dead_letters_with_a_login_of_its_own(
    installation: Installation,
) -> None:
    installation.send("producer", RAW.name, b"key", b"no JSON")
    worker = installation.worker("monitor")
    worker.start()
    try:
        dead_letter = shown(installation, "news-dead-letters")[0]
        lag = {sample["group"]: sample["lag"] for sample in shown(installation, "news-operations")}
        assert installation.run("operator", "dead-letters", "drop", "--everything", "--yes")
        settled(installation)
    finally:
        worker.stop()
    assert (dead_letter["reason"], dead_letter["state"]) == ("not_json", "open")
    prefix = installation.kafka.prefix
    assert lag.keys() == {prefix + group for group in (ENRICHER_GROUP, INDEXER_GROUP)}


@eventually
def settled(installation: Installation) -> None:
    """Return once no letter is shown as open."""
    assert {letter["state"] for letter in shown(installation, "news-dead-letters")} == {"dropped"}


@eventually
def shown(installation: Installation, index: str) -> list[Mapping[str, Any]]:
    """Return what the monitor has written, once there is something."""
    with installation.elasticsearch.client() as client:
        hits = client.search(index=index, size=100)["hits"]["hits"]
    assert hits
    return [hit["_source"] for hit in hits]


def test_with_its_key_revoked_the_indexer_waits_and_goes_on_with_a_new_one(
    installation: Installation, workers: dict[str, Server]
) -> None:
    installation.publish("before")
    found(installation, "before")
    before = all_acknowledged(installation, INDEXER_GROUP, ENRICHED.name)
    installation.elasticsearch.revoke(installation.keys["indexer"])
    installation.publish("after")
    told(workers["indexer"], "Elasticsearch refuses our credentials")
    assert installation.acknowledged(INDEXER_GROUP) == before
    assert installation.records(ENRICHED_DEAD_LETTERS.name) == []

    installation.renew("indexer")
    workers["indexer"].stop()
    workers["indexer"] = installation.worker("indexer")
    workers["indexer"].start()
    found(installation, "after")


def test_a_grant_revoked_stops_the_enricher_which_goes_on_once_it_is_back(
    installation: Installation, workers: dict[str, Server], tmp_path: Path
) -> None:
    before = all_acknowledged(installation, ENRICHER_GROUP, RAW.name)
    refused = len(installation.records(RAW_DEAD_LETTERS.name))
    grant = f"--operation Write --topic {installation.topic(ENRICHED.name)}"
    installation.kafka.acl("--remove --force", "enricher", grant)
    (tmp_path / "revoked.txt").write_text("Twelve people were hurt in Paris.", encoding="utf-8")
    installation.run("producer", "replay", tmp_path)
    assert ended(workers["enricher"]) == 1
    last = workers["enricher"].log.read_text(encoding="utf-8").splitlines()[-1]
    assert re.match(f"newsreel: .*{installation.topic(ENRICHED.name)}", last)
    assert installation.acknowledged(ENRICHER_GROUP) == before
    assert len(installation.records(RAW_DEAD_LETTERS.name)) == refused

    installation.kafka.acl("--add", "enricher", grant)
    workers["enricher"].start()
    found(installation, "revoked")


@eventually
def told(worker: Server, words: str) -> None:
    """Return once the worker has said it."""
    assert words in worker.log.read_text(encoding="utf-8")
