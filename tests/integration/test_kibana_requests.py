"""Each chart, list and map that ships finds something in a real Elasticsearch."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from elasticsearch import AsyncElasticsearch

from services.indexer.documents import document
from services.monitor import mirror
from services.monitor.lag import Span, sample
from services.provision.command import DEPLOY
from services.provision.index import plan, provide_index
from services.runtime import settings
from services.runtime.elasticsearch import connected
from tests.integration.kibana_requests import aggregations, query
from tests.unit.dead_letters.builders import letter
from tests.unit.indexer.articles import NOW, entity, maximal, number
from tests.unit.kibana.dashboards import panels
from tests.unit.kibana.maps import layers
from tests.unit.kibana.shipped import MAPPING, shipped

pytestmark = pytest.mark.elasticsearch

ALIASES = {
    "news-articles": "",
    "news-articles-write": "-write",
    "news-operations": "-operations",
    "news-dead-letters": "-dead-letters",
}
"""The aliases that the data views name, and how the same ones of another installation end."""

ENTITIES = (*maximal().entities, entity("Jens Stoltenberg", "PERSON"))
FROST = number("temperature", -31.0, unit="degree_celsius")
# What other parts of the indexer write, whatever these parts are by now.
FLAT = {
    "duplicate_of": "00000000-0000-5000-8000-000000000009",
    "duplicate_similarity": 0.9,
    "figures": ["136 soldiers killed"],
    "injured": [3.0],
    "killed": [136.0],
    **{path: [2e9] for path in MAPPING if re.fullmatch("money_[a-z]{3}", path)},
    "seconds_since_published": 90.0,
    "seconds_to_searchable": 1.5,
    "story": "2024-05-03 A quake",
    "story_id": "00000000-0000-5000-8000-000000000009",
    "truncated_fields": ["title"],
}
LETTERS = {
    "open-index": ("indexer", {"state": "open"}),
    "open-enrich": ("enricher", {"state": "open"}),
    "dropped-index": ("indexer", {"state": "dropped"}),
}


@dataclass(frozen=True)
class News:
    """Where a test's articles are, and how they are asked for."""

    client: AsyncElasticsearch
    name: str

    async def found(self, view: str, asked: dict[str, Any], aggs: dict[str, Any]) -> Any:
        """Ask a data view of this name."""
        title = shipped("index-pattern")[view]["attributes"]["title"]
        index = self.name + ALIASES[title]
        return await self.client.search(index=index, query=asked, aggs=aggs, size=10)


@pytest.fixture
async def news(elasticsearch_url: str, prefix: str) -> AsyncIterator[News]:
    """One article that has everything, one that has next to nothing, and one withdrawn.

    And dead letters of both stages, and a sample of the lag.
    """
    name = f"{prefix}news"
    full = document(maximal(entities=ENTITIES, numbers=(*maximal().numbers, FROST)), NOW) | FLAT
    full["numbers"] = [
        {**part, "value_base": part["value"], "unit_base": part.get("unit")}
        for part in full["numbers"]
    ]
    plain = {"status": "usable", "@timestamp": "2026-02-27", "title": "Nothing"}
    async with connected(settings.Elasticsearch(url=elasticsearch_url)) as client:
        await provide_index(client, plan(DEPLOY / "elasticsearch", name, {}))
        stub = document(maximal(status="canceled"), NOW)
        for key, made in {"full": full, "plain": plain, "withdrawn": stub}.items():
            await client.index(index=f"{name}-write", id=key, document=made, refresh=True)
        for key, (stage, state) in LETTERS.items():
            shown = mirror.document(letter(), b"{", stage) | state
            await client.index(index=f"{name}-dead-letters", id=key, document=shown, refresh=True)
        lagging = sample("newsreel-indexer", "news-enriched", {0: Span(0, 5, 2)}, NOW)
        await client.index(index=f"{name}-operations", document=lagging, refresh=True)
        yield News(client, name)


async def test_every_chart_finds_something(news: News):
    asked = 0
    empty = []
    for key, dashboard in shipped("dashboard").items():
        for panel in panels(dashboard):
            for view, layer in layered(panel["embeddableConfig"].get("attributes")):
                aggs = aggregations(layer)
                answer = await news.found(view, {"match_all": {}}, aggs)
                asked += 1
                if not (something(answer["aggregations"]) if aggs else answer["hits"]["hits"]):
                    empty.append(f"{key} {panel['panelIndex']}: {json.dumps(aggs)}")
    assert empty == []
    assert asked > 40


def layered(chart: dict[str, Any] | None) -> list[tuple[str, dict[str, Any]]]:
    """Pair the chart's layers with their data views."""
    if chart is None:
        return []
    found = chart["state"]["datasourceStates"]["formBased"]["layers"]
    views = {r["name"].split("layer-")[1]: r["id"] for r in chart["references"]}
    return [(views[key], layer) for key, layer in found.items()]


def something(answer: dict[str, Any]) -> bool:
    """Tell whether each part of an answer has a bucket with something inside, a value or a hit."""
    return bool(answer) and all(map(filled, answer.values()))


def filled(part: dict[str, Any]) -> bool:
    if "buckets" in part:
        inner = [
            {name: value for name, value in bucket.items() if isinstance(value, dict)}
            for bucket in part["buckets"]
            if bucket["doc_count"]
        ]
        return any(not parts or something(parts) for parts in inner)
    values = part.get("values", {"": part.get("value")}).values()
    return bool(part.get("doc_count") or part.get("hits", {}).get("hits") or any(values))


async def test_each_list_finds_just_what_it_is_about(news: News):
    found = {}
    for key, search in shipped("search").items():
        source = json.loads(search["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])
        (view,) = (reference["id"] for reference in search["references"])
        answer = await news.found(view, query(source["query"]["query"]), {})
        found[key] = {hit["_id"] for hit in answer["hits"]["hits"]}
    full = ["killed", "billions", "cold", "stoltenberg", "copies", "incomplete"]
    assert found == {
        "newsreel-articles": {"full", "plain"},
        **{f"newsreel-{key}": {"full"} for key in full},
        "newsreel-withdrawn": {"withdrawn"},
        "newsreel-dead-letters-open": {"open-index", "open-enrich"},
        "newsreel-dead-letters-index": {"open-index", "dropped-index"},
        "newsreel-dead-letters-enrich": {"open-enrich"},
    }


async def test_the_map_has_a_dot_where_the_article_is(news: News):
    (place_map,) = shipped("map").values()
    (field,) = (
        layer["sourceDescriptor"]["geoField"]
        for layer in layers(place_map)
        if "geoField" in layer["sourceDescriptor"]
    )
    grid = {"dots": {"geotile_grid": {"field": field, "precision": 4}}}
    answer = await news.found("news-articles", {"match_all": {}}, grid)
    assert [bucket["doc_count"] for bucket in answer["aggregations"]["dots"]["buckets"]] == [1]
