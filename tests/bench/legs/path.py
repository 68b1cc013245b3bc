"""The whole path: producer, Kafka, enricher with two processes, Kafka, indexer, Elasticsearch."""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from services.demo import stack
from services.servers.ports import HOST, free_port
from tests.bench import indices, topics
from tests.bench.articles import many, texts
from tests.bench.measuring import Watch, waited
from tests.bench.processes import Group, started
from tests.bench.rounds import Contestant, Figures, Run
from tests.bench.servers import Site, module
from tests.bench.stalls import FILE

LEG = "path"
NAME = "newsreel, two processes"
READY_WITHIN = 120.0


@dataclass(frozen=True)
class Installation:
    """Workers that run and wait for articles."""

    index: indices.Index
    prefix: str
    groups: Sequence[Group]
    environment: dict[str, str]
    stalls: Path
    """Of the enricher."""


def contestants(site: Site) -> Iterator[Contestant]:
    """There is one: it has no peer."""
    file = site.folder / "articles.jsonl"
    write_lines(file, site.sizes.articles)
    yield Contestant(LEG, NAME, partial(one_run, site, file))


def write_lines(file: Path, wanted: int) -> None:
    """Write articles as `newsreel replay` reads them."""
    made = ({"text": text, "item": str(at)} for at, text in islice(many(texts()), wanted))
    file.write_text("".join(json.dumps(one) + "\n" for one in made), encoding="utf-8")


def one_run(site: Site, file: Path, _: Sequence[Run]) -> Figures:
    """Replay the articles while the workers work."""
    wanted = site.sizes.articles
    with installed(site) as there:
        words = ["replay", str(file), "--source", "bench", "--ledger", str(file) + there.prefix]
        environment = {**there.environment, "NEWSREEL_REPLAY__PROGRESS": "false"}
        stack_log = site.folder / "replay.log"
        with started("producer", stack.newsreel(*words), stack_log, environment) as producer:
            watch = Watch(there.groups, site.pids, there.stalls)
            figures = watch.until(there.index.written, wanted)
            if code := producer.process.wait(60):
                raise RuntimeError(f"replay ended with {code}\n{producer.tail()}")
        return figures | there.index.missing_and_repeated(wanted)


@contextmanager
def installed(site: Site) -> Iterator[Installation]:
    """Start fresh workers on topics and an index of their own; they are ready in the block."""
    with ExitStack() as ending:
        prefix = ending.enter_context(topics.provided(site.bootstrap))
        index = ending.enter_context(indices.provided(site.url))
        environment = site.environment(prefix, index.names.articles)
        stalls = site.folder / f"{prefix}stalls"
        groups, ports = [], [free_port(), free_port()]
        for name, port in zip(("enricher", "indexer"), ports, strict=True):
            more = {"NEWSREEL_HEALTH__PORT": str(port)}
            more |= {FILE: str(stalls)} if name == "enricher" else {}
            command, log = module("ours", name), site.folder / f"{name}.log"
            groups.append(
                ending.enter_context(started(name, command, log, {**environment, **more}))
            )
        for group, port in zip(groups, ports, strict=True):
            waited(group, partial(ready, port), READY_WITHIN)
        yield Installation(index, prefix, groups, environment, stalls)


def ready(port: int) -> bool:
    """Tell whether a worker has all that it needs."""
    try:
        with urlopen(f"http://{HOST}:{port}/readyz", timeout=2) as response:
            return bool(response.status == 200)
    except (URLError, OSError):
        return False
