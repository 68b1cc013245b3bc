"""Kafka to Kafka: each raw article is checked and goes on unchanged to the enriched topic."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cache, partial
from itertools import count, cycle, islice
from uuid import UUID

from schemas.topics import ENRICHED, ENRICHER_GROUP, RAW
from services.runtime.record import Record
from tests.bench.articles import raw_articles, record
from tests.bench.measuring import Watch
from tests.bench.processes import started
from tests.bench.rounds import Contestant, Figures, Run
from tests.bench.servers import Site, module
from tests.bench.stalls import FILE
from tests.bench.topics import Look, fill, missing_and_repeated, provided

LEG = "transform"
WAYS: Mapping[str, str] = {
    "newsreel enricher, enrichment off": "",
    "aiokafka": "peers.copying_aiokafka",
    "Faust, as its guide says": "peers.copying_faust",
    "Quix Streams": "peers.copying_quix",
    "confluent-kafka, tuned": "peers.copying_confluent",
}
AT_ONCE = "500"
"""Articles in work at once, as with the peers."""
DIFFERENT = 5_000
"""Articles that differ in more than their id."""


def contestants(site: Site) -> Iterator[Contestant]:
    """Give each way its turn at topics of its own."""
    for name in WAYS:
        yield Contestant(LEG, name, partial(one_run, site, name))


def one_run(
    site: Site, name: str, _: Sequence[Run], *, partitions: int | None = None, workers: int = 1
) -> Figures:
    """Fill the raw topic, copy it, and compare."""
    wanted = site.sizes.records
    with ExitStack() as stack:
        prefix = stack.enter_context(provided(site.bootstrap, partitions=partitions))
        fill(site.bootstrap, records(prefix + RAW.name, wanted))
        stalls = site.folder / f"{prefix}stalls"
        environment = {
            **site.environment(prefix),
            "NEWSREEL_ENRICHER__IN_FLIGHT": AT_ONCE,
            FILE: str(stalls),
        }
        enriched = stack.enter_context(Look(site.bootstrap, prefix + ENRICHED.name))
        command = words(site, name, prefix)
        groups = [
            stack.enter_context(
                started(f"worker {one}", command, site.folder / f"transform{one}.log", environment)
            )
            for one in range(workers)
        ]
        figures = Watch(groups, site.pids, stalls).until(enriched.records, wanted)
        return figures | missing_and_repeated(enriched.keys(), wanted)


def words(site: Site, name: str, prefix: str) -> list[str]:
    """Give the command of a contestant."""
    if not WAYS[name]:
        return module("ours", "copying")
    topics = prefix + RAW.name, prefix + ENRICHED.name
    return module(WAYS[name], site.bootstrap, *topics, prefix + ENRICHER_GROUP)


@cache
def different() -> Sequence[Record]:
    """Make the articles that are sent again and again, each time under another id."""
    return [record(article, "") for article in raw_articles(DIFFERENT)]


def records(topic: str, wanted: int) -> Iterator[Record]:
    """Make so many records with ids of their own."""
    for number, one in zip(count(1), islice(cycle(different()), wanted), strict=False):
        key = str(UUID(int=number)).encode()
        value = (one.value or b"").replace(one.key or b"", key, 1)
        yield replace(one, topic=topic, key=key, value=value)
