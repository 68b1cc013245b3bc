"""The corpus through the indexer's own code into a real Elasticsearch, and the baseline there."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from elasticsearch import AsyncElasticsearch

from schemas.enriched_article import EnrichedArticle
from services.indexer.bulk import Patience, index_all, sender
from services.indexer.documents import Write, day, write
from services.indexer.memory import Memory, memory
from services.indexer.placing import placed
from services.provision.command import DEPLOY
from services.provision.index import plan, provide_index
from services.runtime.settings import Elasticsearch
from services.stories.about import about
from services.stories.deciding import WINDOW
from tests.stories.corpus import FETCHED_AT
from tests.stories.scoring import components

Pair = tuple[str, str]


@dataclass(slots=True)
class Run:
    """What came of one run."""

    written: dict[str, str]
    """The story that each document got."""
    joined: dict[str, str]
    """The same with the joins that the memory has noted, as `newsreel story` shows them."""
    seconds: float
    """CPU of this process, for the stories alone."""
    requests: int
    """To Elasticsearch, for the stories alone."""


async def run(
    client: AsyncElasticsearch, name: str, articles: Sequence[EnrichedArticle], batch: int
) -> Run:
    """Index the articles in batches, into indices of the run's own."""
    names = Elasticsearch(articles=name)
    await provide_index(client, plan(DEPLOY / "elasticsearch", name, {}))
    counted, requests = _counted(memory(client, names.stories))
    written: dict[str, str] = {}
    seconds = 0.0
    for start in range(0, len(articles), batch):
        before = time.process_time()
        writes = [_write(one, names.write_alias) for one in articles[start : start + batch]]
        plain = time.process_time() - before
        writes = [_about(w, one) for w, one in zip(writes, articles[start:], strict=False)]
        writes = await placed(counted, writes, Patience())
        seconds += time.process_time() - before - plain
        await index_all(sender(client), writes, Patience())
        documents = [json.loads(one.lines.split(b"\n")[1]) for one in writes]
        written |= {one["article_id"]: one["story_id"] for one in documents}
    return Run(written, await _joined(client, names.stories, written), seconds, len(requests))


def _write(article: EnrichedArticle, alias: str) -> Write:
    return write(article, alias, FETCHED_AT)


def _about(written: Write, article: EnrichedArticle) -> Write:
    return written._replace(about=about(article, day(article, FETCHED_AT)))


def _counted(real: Memory) -> tuple[Memory, list[str]]:
    """Note each request that the memory is asked for."""
    requests: list[str] = []

    async def get(ids: Any) -> Any:
        requests.append("get")
        return await real.get(ids)

    async def tell(documents: Any) -> Any:
        requests.append("write")
        return await real.write(documents)

    async def ask(articles: Any) -> Any:
        requests.append("ask")
        return await real.ask(articles)

    return Memory(get, tell, ask), requests


async def _joined(
    client: AsyncElasticsearch, stories: str, written: Mapping[str, str]
) -> dict[str, str]:
    await client.indices.refresh(index=stories)  # what was told last may not be seen yet
    answer = await client.search(index=stories, size=10_000, source=["article_id", "also"])
    also = {hit["_source"]["article_id"]: hit["_source"]["also"] for hit in answer["hits"]["hits"]}
    pairs = [(one, other) for one, others in also.items() for other in others]
    return components(written, [*written.items(), *pairs])


async def likeness(
    client: AsyncElasticsearch, index: str, articles: Sequence[EnrichedArticle]
) -> dict[Pair, float]:
    """Ask more_like_this for each article: the better score of both directions of a pair.

    It sees the same days as our own candidates.
    """
    await client.indices.refresh(index=index)
    pairs: dict[Pair, float] = {}
    for article in articles:
        one, when = str(article.article_id), day(article, FETCHED_AT)
        near = timedelta(days=WINDOW)
        days = {"gte": (when - near).isoformat(), "lte": (when + near).isoformat()}
        like = {
            "fields": ["title", "body"],
            "like": [{"_index": f"{index}-000001", "_id": one}],
            "min_term_freq": 1,
            "min_doc_freq": 2,
        }
        query = {"must": [{"more_like_this": like}], "filter": [{"range": {"@timestamp": days}}]}
        answer = await client.search(index=index, size=50, query={"bool": query}, source=False)
        for hit in answer["hits"]["hits"]:
            pair = (min(one, hit["_id"]), max(one, hit["_id"]))
            pairs[pair] = max(pairs.get(pair, 0), hit["_score"])
    return pairs
