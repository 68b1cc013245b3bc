"""Kafka to Elasticsearch: enriched articles become documents of the index that ships."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from schemas.enriched_article import EnrichedArticle
from schemas.topics import ENRICHED, INDEXER_GROUP, Topic
from services.indexer.documents import encoded
from services.runtime.record import Record
from tests.bench import indices, topics
from tests.bench.articles import FETCHED_AT, enriched_articles, raw_articles, record, texts
from tests.bench.measuring import Watch
from tests.bench.peers.bulk import action
from tests.bench.processes import started
from tests.bench.rounds import Contestant, Figures, Run
from tests.bench.servers import Site, module
from tests.bench.stalls import FILE

LEG = "sink"
DOCUMENTS = Topic("documents", ENRICHED.partitions, ENRICHED.max_message_bytes)
"""Finished documents, for peers that neither check nor build them."""
WAYS: Mapping[str, list[str]] = {
    "newsreel indexer, no stories": [],
    "newsreel indexer, stories": ["stories"],
    "confluent-kafka, tuned": ["peers.indexing_confluent"],
    "confluent-kafka, documents ready-made": ["peers.indexing_confluent", "ready"],
    "Quix Streams": ["peers.indexing_quix"],
    "Quix Streams, documents ready-made": ["peers.indexing_quix", "ready"],
    "ceiling: from memory": ["peers.indexing_memory"],
}
SIZE = 3_800
"""Bytes of a document, about."""
DIFFERENT = 20
"""Articles whose documents are nearest to that size; the rest differ from them in their names."""


SLOWER = 5
"""With stories a document takes so much longer that only a fifth of them are written."""


@dataclass(frozen=True)
class Input:
    """What is written, in all its forms."""

    events: Sequence[Record]
    documents: Sequence[Record]
    lines: Path
    """Two lines a document."""

    def of(self, ways: Sequence[str]) -> tuple[str, Sequence[Record]]:
        """Name the topic that a contestant reads, and what stands on it; none for the ceiling."""
        if "peers.indexing_memory" in ways:
            return ENRICHED.name, ()
        if "ready" in ways:
            return DOCUMENTS.name, self.documents
        return ENRICHED.name, self.events


def contestants(site: Site) -> Iterator[Contestant]:
    """Give each way its turn at topics and an index of its own."""
    given = prepared(site.folder / "documents.ndjson", site.sizes.documents)
    for name in WAYS:
        yield Contestant(LEG, name, partial(one_run, site, given, name))


def one_run(site: Site, given: Input, name: str, _: Sequence[Run]) -> Figures:
    """Fill the topic, index it, and compare."""
    source, records = given.of(WAYS[name])
    wanted = site.sizes.documents // (SLOWER if "stories" in WAYS[name] else 1)
    with (
        topics.provided(site.bootstrap, [DOCUMENTS]) as prefix,
        indices.provided(site.url) as index,
    ):
        topics.fill(site.bootstrap, (readdressed(one, prefix + source) for one in records[:wanted]))
        stalls, log = site.folder / f"{prefix}stalls", site.folder / "sink.log"
        environment = {
            **site.environment(prefix, index.names.articles),
            "NEWSREEL_INDEXER__STORIES": "true" if "stories" in WAYS[name] else "false",
            FILE: str(stalls),
        }
        command = words(site, name, prefix + source, index, given)
        with started(name, command, log, environment) as group:
            figures = Watch([group], site.pids, stalls).until(index.written, wanted)
            return figures | index.missing_and_repeated(wanted)


def words(site: Site, name: str, source: str, index: indices.Index, given: Input) -> list[str]:
    """Give the command of a contestant."""
    way, *rest = WAYS[name] or ["stories"]
    to = site.url, index.names.write_alias
    if way == "stories":
        return module("ours", "indexer")
    if way == "peers.indexing_memory":
        return module(way, *to, str(given.lines))
    return module(way, site.bootstrap, source, f"{source}-{INDEXER_GROUP}", *to, *rest)


def readdressed(one: Record, topic: str) -> Record:
    """Send a record to another topic."""
    return Record(topic, one.key, one.value, one.headers)


def prepared(lines: Path, wanted: int) -> Input:
    """Enrich some articles, and make as many like them as are wanted."""
    events, documents = [], []
    with lines.open("wb") as file:
        for article in enriched_articles(chosen(), wanted):
            event = record(article, "")
            made = encoded(article, FETCHED_AT)
            events.append(event)
            documents.append(Record("", event.key, made))
            file.write(action(event.key or b"") + made + b"\n")
    return Input(events, documents, lines)


def chosen() -> Sequence[EnrichedArticle]:
    """Enrich the shorter half of the articles, and keep those that are nearest to the size."""
    from services.enricher.local import enricher  # noqa: PLC0415 - half a second, for this leg only

    enrich = enricher()
    by_length = sorted(raw_articles(len(texts())), key=lambda one: len(one.text))
    articles = enrich(by_length[: len(by_length) // 2])
    return sorted(articles, key=distance)[:DIFFERENT]


def distance(article: EnrichedArticle) -> float:
    """Tell how far a document is from the size that is wanted."""
    return abs(len(encoded(article, FETCHED_AT)) - SIZE)
