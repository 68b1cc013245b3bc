"""One run: a provisioned installation on real servers, with workers, articles and an end."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from elasticsearch import Elasticsearch

from services.demo import stack
from services.servers import process
from services.servers.local import Running
from services.servers.server import Server
from tests.faults.course import Away
from tests.faults.events import Place, Run
from tests.faults.evidence import BEFORE, Installation, shift_partitions
from tests.faults.source import Source
from tests.faults.workers import Command, Watch, Worker, worker

SESSION = "6"
"""Seconds, the least a broker allows by default: what a killed worker had is soon given away."""
NOTICED_WITHIN = 60.0
"""Seconds until a worker is as a fault waits for it to be."""


class CannotRunError(Exception):
    """This machine lacks what a fault needs: the message says what."""


@dataclass(frozen=True)
class Plan:
    """How to run a fault."""

    seed: int
    articles: int
    full: bool = True
    """As long as the fault matrix says, or as short as CI can bear."""
    soak: float | None = None
    """Minutes of the soak; None leaves it out."""


@dataclass
class Stage(Source):
    """What a fault acts on."""

    servers: Running
    plan: Plan
    workers: dict[str, Worker]
    watch: Watch
    ending: ExitStack
    """Closed at the end, after the drain."""
    letters: range = range(1)
    """How many records may end as dead letters; most faults must not cost any article."""
    away: list[Away] = field(default_factory=list)
    removed: set[Place] = field(default_factory=set)
    """Raw records that Kafka removed unread."""
    begun_at: int = 0
    """When the raw topic was made, in milliseconds since the epoch; 0 for before the run."""
    afterwards: list[Callable[[Run], None]] = field(default_factory=list)
    """Called with the evidence, once all is drained."""

    @property
    def kafka(self) -> Server:
        """The broker."""
        return self.servers.kafka

    @property
    def elasticsearch(self) -> Server:
        """The node."""
        return self.servers.elasticsearch

    @property
    def full(self) -> bool:
        """Whether outages are as long as the fault matrix says."""
        return self.plan.full

    def client(self) -> Elasticsearch:
        """Connect to Elasticsearch; a context manager."""
        return Elasticsearch(self.installation.url, request_timeout=30, max_retries=0)

    def lasting(self, full: float, short: float) -> float:
        """Choose the seconds, or the times, that something lasts."""
        return full if self.full else short

    def costs(self, least: int, most: int | None = None) -> None:
        """Let so many more records end as dead letters."""
        more = least if most is None else most
        self.letters = range(self.letters.start + least, self.letters.stop + more)

    def add(self, service: str, name: str, command: Command = None, **environment: str) -> Worker:
        """Add a worker to those that are watched, in place of one of that name; not started yet."""
        if name in self.workers:
            self.remove(name)
        one = worker(service, name, {**self.environment, **environment}, self.folder, command)
        self.workers[name] = one
        self.watch.workers.append(one)
        return one

    def remove(self, name: str) -> None:
        """End a worker for good."""
        self.workers.pop(name).kill()

    def start(self) -> None:
        """Start all workers and return when they are ready."""
        for one in self.workers.values():
            one.launch()
        for one in self.workers.values():
            one.wait()

    @contextmanager
    def without(self, *names: str) -> Iterator[None]:
        """Count what these workers log meanwhile: a server they need is away."""
        began = time.monotonic()
        before = {name: self.workers[name].lines() for name in names}
        yield
        seconds = time.monotonic() - began
        for name, lines in before.items():
            self.away.append(Away(name, seconds, self.workers[name].lines() - lines))

    def until(self, what: str, holds: Callable[[], object], within: float = NOTICED_WITHIN) -> None:
        """Wait until something holds; it is trouble when it takes too long."""
        deadline = time.monotonic() + within
        while not holds():
            if time.monotonic() > deadline:
                self.expect(f"{what} within {within:.0f} s", holds=False)
                return
            time.sleep(0.2)

    def begin_anew(self) -> None:
        """Let what the ledger holds stand on partitions of its own: the topic was made anew."""
        shift_partitions(self.installation.ledger)
        self.removed = {(number + BEFORE, offset) for number, offset in self.removed}
        self.begun_at = round(time.time() * 1000)

    def pause(self, low: float, high: float) -> None:
        """Let a random time pass."""
        time.sleep(self.random.uniform(low, high))

    def restore(self) -> None:
        """Leave both servers running and awake, whatever happened."""
        for server in (self.kafka, self.elasticsearch):
            if server.process and process.alive(server.process):
                server.resume()
            else:
                server.start()


@contextmanager
def stage(servers: Running, folder: Path, plan: Plan, **environment: str) -> Iterator[Stage]:
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
        "NEWSREEL_ENRICHER__PROCESSES": "2" if plan.full else "1",  # each loads the model
        "NEWSREEL_ENRICHER__SESSION_TIMEOUT": SESSION,
        "NEWSREEL_INDEXER__SESSION_TIMEOUT": SESSION,
        **environment,
    }
    stack.run(["provision"], everywhere, folder / "provision.log")
    with ExitStack() as ending:
        made = Stage(
            servers=servers,
            environment=everywhere,
            installation=installation,
            folder=folder,
            random=random.Random(plan.seed),  # noqa: S311 - a schedule to run again, no secret
            articles=plan.articles,
            plan=plan,
            workers={},
            watch=ending.enter_context(Watch()),
            rate=plan.articles / (10 if plan.full else 6),
            ending=ending,
        )
        ending.callback(made.restore)
        made.add("enricher", "enricher")
        made.add("indexer", "indexer")
        yield made
