"""Ours and the plain ranking it has to beat, on the same articles and the same server."""

from collections.abc import Callable, Iterable
from statistics import mean

from elasticsearch import Elasticsearch

from schemas.enriched_article import EnrichedArticle
from services.search.criteria import Criteria
from services.search.finding import find
from tests import indices
from tests.ranking.judged import DEPTH, Half, Judged, ndcg

Ranking = Callable[[Elasticsearch, str, str], list[str]]
"""Searches an index for some words; returns URLs, the best first."""


def ours(client: Elasticsearch, index_name: str, words: str) -> list[str]:
    """Search as `newsreel search` does, and read on where it says "some of the words only"."""
    found = find(
        lambda body: client.search(index=index_name, body=body).body,
        Criteria(words=words),
        size=DEPTH,
        sort="relevance",
        facets=False,
        seconds=30,
    )
    return [str(hit.url) for hit in (*found.hits, *found.others)]


def plain(client: Elasticsearch, index_name: str, words: str) -> list[str]:
    """Search for any of the words, by BM25 over title and body in one field."""
    query = {"match": {"text": words}}
    hits = client.search(index=index_name, query=query, size=DEPTH)["hits"]["hits"]
    return [hit["_source"]["url"] for hit in hits]


RANKINGS: dict[str, Ranking] = {"newsreel search": ours, "BM25 on one field": plain}


def index(client: Elasticsearch, name: str, articles: Iterable[EnrichedArticle]) -> dict[str, str]:
    """Make the index of each ranking and fill it; return their names."""
    known = list(articles)
    names = dict(zip(RANKINGS, (name, f"{name}-plain"), strict=True))
    indices.fill(client, indices.create(client, name), known)
    analysis = client.indices.get_settings(index=f"{name}-000001")[f"{name}-000001"]["settings"]
    client.indices.create(
        index=f"{name}-plain",
        settings={"analysis": analysis["index"]["analysis"]},
        mappings={
            "properties": {
                "text": {"type": "text", "analyzer": "english_folded"},
                "url": {"type": "keyword"},
            }
        },
    )
    for one in known:
        title = one.title.text if one.title else ""
        bodies = (one.text[zone.start : zone.end] for zone in one.body)
        text = "\n\n".join([title, *bodies])
        client.index(index=f"{name}-plain", document={"url": one.source.url, "text": text})
    client.indices.refresh(index=f"{name}-plain")
    return names


def scores(
    client: Elasticsearch, index_name: str, ranking: Ranking, queries: Iterable[Judged]
) -> dict[str, float]:
    """Return the nDCG of each query."""
    return {one.query: ndcg(ranking(client, index_name, one.query), one.grades) for one in queries}


def average(scored: dict[str, float], queries: Iterable[Judged], half: Half) -> float:
    """Return the mean over a half of the queries."""
    return mean(scored[one.query] for one in queries if one.half == half)
