"""Kafka to Kafka with all enrichments: what two processes give, beside what a core alone does."""

from collections.abc import Iterator, Sequence
from functools import partial

from schemas.topics import ENRICHED, RAW
from tests.bench import topics
from tests.bench.articles import raw_articles, record
from tests.bench.legs.enrichment import sized
from tests.bench.measuring import Watch
from tests.bench.processes import started
from tests.bench.rounds import Contestant, Figures, Run
from tests.bench.servers import Site, module
from tests.bench.stalls import FILE

LEG = "pool"
NAME = "newsreel enricher, two processes"


def contestants(site: Site) -> Iterator[Contestant]:
    """There is one: who does the same on one core is in the leg `enrichment`."""
    yield Contestant(LEG, NAME, partial(one_run, site))


def one_run(site: Site, done: Sequence[Run], *, processes: int = 2) -> Figures:
    """Fill the raw topic, enrich all of it, and compare."""
    wanted = site.sizes.articles
    with topics.provided(site.bootstrap) as prefix:
        size = 0
        raw = prefix + RAW.name
        for begin in range(0, wanted, topics.AT_ONCE):
            some = list(raw_articles(min(topics.AT_ONCE, wanted - begin), begin))
            size += sum(len(one.text.encode()) for one in some)
            topics.fill(site.bootstrap, (record(one, raw) for one in some))
        stalls, log = site.folder / f"{prefix}stalls", site.folder / "pool.log"
        environment = {
            **site.environment(prefix),
            "NEWSREEL_ENRICHER__PROCESSES": str(processes),
            FILE: str(stalls),
        }
        with (
            topics.Look(site.bootstrap, prefix + ENRICHED.name) as enriched,
            started("enricher", module("ours", "enricher"), log, environment) as group,
        ):
            watch = Watch([group], site.pids, stalls)
            figures = watch.until(enriched.records, wanted)
            figures |= topics.missing_and_repeated(enriched.keys(), wanted)
    return figures | sized(figures["per_second"] * size / wanted, done)
