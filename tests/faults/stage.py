"""One run: a provisioned installation on real servers, with workers, articles and an end."""

import asyncio
import json
import os
import random
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from elasticsearch import Elasticsearch

from schemas.topics import RAW
from services.demo import stack
from services.runtime.publisher import Publisher
from services.runtime.record import Delivered, Record
from services.runtime.settings import Kafka
from services.servers import process
from services.servers.local import Running
from services.servers.server import Server
from tests.faults.articles import Article, raw_record, short_articles, version
from tests.faults.evidence import GROUPS, Group, Installation, Observer, digest
from tests.faults.judge import Judgement, judge
from tests.faults.workers import Watch, Worker, worker

SESSION = "6"
"""Seconds, the least a broker allows by default: what a killed worker had is soon given away."""
PRODUCED_WITHIN = 120.0
"""Seconds."""


@dataclass(frozen=True)
class Result:
    """A row of the table, and what was found wrong."""

    judgement: Judgement
    drained: float | None
    """Seconds after the fault's end; None if it did not drain."""
    peak: float
    """The workers' memory in MB."""
    exits: int
    """Workers that ended by themselves and were started again."""
    troubles: tuple[str, ...]
    """What the fault itself expected and did not see."""

    @property
    def ok(self) -> bool:
        """Whether every invariant held."""
        return not self.judgement.breaches and self.drained is not None and not self.troubles


@dataclass
class Stage:
    """What a fault acts on."""

    servers: Running
    environment: Mapping[str, str]
    installation: Installation
    folder: Path
    random: random.Random
    articles: int
    workers: dict[str, Worker]
    watch: Watch
    rate: float
    """Articles a second that `replaying` sends."""
    ending: ExitStack
    """Closed at the end, after the drain."""
    letters: range = range(1)
    """How many records may end as dead letters; most faults must not cost any article."""
    troubles: list[str] = field(default_factory=list)

    @property
    def kafka(self) -> Server:
        """The broker."""
        return self.servers.kafka

    @property
    def elasticsearch(self) -> Server:
        """The node."""
        return self.servers.elasticsearch

    @property
    def raw(self) -> str:
        """The raw topic's name."""
        return self.installation.prefix + RAW.name

    def client(self) -> Elasticsearch:
        """Connect to Elasticsearch; a context manager."""
        return Elasticsearch(self.installation.url, request_timeout=30, max_retries=0)

    def add(self, service: str, name: str, **environment: str) -> Worker:
        """Add a worker to those that are watched, and do not start it."""
        one = worker(service, name, {**self.environment, **environment}, self.folder)
        self.workers[name] = one
        self.watch.workers.append(one)
        return one

    def start(self) -> None:
        """Start all workers and return when they are ready."""
        for one in self.workers.values():
            one.launch()
        for one in self.workers.values():
            one.wait()

    @contextmanager
    def replaying(self, count: int | None = None) -> Iterator[None]:
        """Replay articles through the producer meanwhile; leaving waits for its end."""
        file = self.folder / f"articles-{uuid4().hex[:6]}.jsonl"
        chosen = self.random.sample(short_articles(), count or self.articles)
        file.write_text("".join(json.dumps(one) + "\n" for one in chosen), encoding="utf-8")
        words = self._replay(file, "--rate", str(self.rate))
        with (
            (self.folder / "replay.log").open("ab") as log,
            subprocess.Popen(
                stack.newsreel(*words),
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=subprocess.STDOUT,
            ) as producer,
        ):
            try:
                yield
                self.expect("the producer ends with 0", producer.wait(PRODUCED_WITHIN) == 0)
            finally:
                producer.kill()

    def replay(self, file: Path) -> "subprocess.CompletedProcess[str]":
        """Replay a file to its end."""
        return subprocess.run(
            stack.newsreel(*self._replay(file)),
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            timeout=PRODUCED_WITHIN,
            check=False,
        )

    def record(self, one: Article) -> Record:
        """Make an article's record."""
        return raw_record(one, self.raw, RAW.max_message_bytes)

    def send(self, articles: Sequence[Article]) -> None:
        """Send articles one after the other, equal ones too."""
        self.send_records([(self.record(one), version(one)) for one in articles])

    def send_bytes(self, records: Sequence[tuple[bytes | None, bytes | None]]) -> None:
        """Send keys and values as they are."""
        self.send_records([(Record(self.raw, key, value), 0) for key, value in records])

    def send_records(self, records: Sequence[tuple[Record, int]]) -> None:
        """Send records with the versions they hold; each is acknowledged, then in the ledger."""
        asyncio.run(self._send(records))

    async def _send(self, records: Sequence[tuple[Record, int]]) -> None:
        topic = RAW.prefixed(self.installation.prefix)
        async with Publisher(
            Kafka(bootstrap_servers=self.installation.bootstrap), [topic]
        ) as publisher:
            for sent, version in records:
                self._enter(sent, version, await publisher.send(sent))

    def _enter(self, sent: Record, version: int, delivered: Delivered) -> None:
        nameless = f"no key, {delivered.partition}-{delivered.offset}"
        entry = {
            "article_id": nameless if sent.key is None else sent.key.decode(errors="replace"),
            "version": version,
            "sha256": digest(sent.value),
            "topic": delivered.topic,
            "partition": delivered.partition,
            "offset": delivered.offset,
        }
        with self.installation.ledger.open("a", encoding="utf-8") as ledger:
            ledger.write(json.dumps(entry) + "\n")

    def pause(self, low: float, high: float) -> None:
        """Let a random time pass."""
        time.sleep(self.random.uniform(low, high))

    def _replay(self, file: Path, *options: str) -> list[str]:
        words = ["replay", str(file), "--no-progress"]
        return [*words, "--ledger", str(self.installation.ledger), *options]

    def expect(self, what: str, holds: object) -> None:
        """Note as trouble what does not hold."""
        if not holds:
            self.troubles.append(f"not so: {what}")

    def restore(self) -> None:
        """Leave both servers running and awake, whatever happened."""
        for server in (self.kafka, self.elasticsearch):
            if server.process and process.alive(server.process):
                server.resume()
            else:
                server.start()


@contextmanager
def stage(
    servers: Running, folder: Path, seed: int, articles: int, **environment: str
) -> Iterator[Stage]:
    """Provision an installation under names of its own; its workers are not started yet."""
    prefix = f"f{uuid4().hex[:8]}-"
    installation = Installation(
        servers.state.bootstrap_servers, servers.state.url, prefix, folder / "ledger"
    )
    everywhere = {
        **servers.state.environment,
        "NEWSREEL_KAFKA__PREFIX": prefix,
        "NEWSREEL_ELASTICSEARCH__ARTICLES": installation.alias,
        "NEWSREEL_ELASTICSEARCH__TIMEOUT": "5",
        "NEWSREEL_ENRICHER__PROCESSES": "2",
        "NEWSREEL_ENRICHER__SESSION_TIMEOUT": SESSION,
        "NEWSREEL_INDEXER__SESSION_TIMEOUT": SESSION,
        **environment,
    }
    stack.run(["provision"], everywhere, folder / "provision.log")
    with ExitStack() as ending:
        watch = ending.enter_context(Watch())
        made = Stage(
            servers=servers,
            environment=everywhere,
            installation=installation,
            folder=folder,
            random=random.Random(seed),  # noqa: S311 - a schedule to run again, no secret
            articles=articles,
            workers={},
            watch=watch,
            rate=articles / 10,
            ending=ending,
        )
        ending.callback(made.restore)
        made.add("enricher", "enricher")
        made.add("indexer", "indexer")
        yield made


def drain(observer: Observer, within: float) -> float | None:
    """Wait until all that was sent is committed by both groups; None when it takes too long."""
    began = time.monotonic()
    # The enricher first: only then does it add no more to the indexer's lag.
    done = all(_caught_up(observer, group, began + within) for group in GROUPS)
    return time.monotonic() - began if done else None


def _caught_up(observer: Observer, group: Group, deadline: float) -> bool:
    began = time.monotonic()
    while time.monotonic() < deadline:
        seen = observer.lag.get(group)
        if seen and seen.begun > began and seen.records == 0:
            return True
        time.sleep(0.1)
    return False


def verdict(on: Stage, observer: Observer, drained: float | None) -> Result:
    """Judge what the run has left; the observer may have ended."""
    run = on.installation.gather(observer.samples)
    stages = (run.raw_letters, run.enriched_letters)
    letters = [letter for found in stages for letter in found]
    refused = sum(len({letter.origin for letter in found}) for found in stages)
    reasons = dict(Counter(letter.reason for letter in letters))
    wanted = f"{on.letters.start} to {on.letters.stop - 1}"
    on.expect(f"{wanted} dead letters, but {reasons}", refused in on.letters)
    return Result(
        judgement=judge(run),
        drained=drained,
        peak=on.watch.peak,
        exits=on.watch.exits,
        troubles=tuple(on.troubles),
    )
