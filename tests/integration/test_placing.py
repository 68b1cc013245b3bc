"""Articles placed in their stories with a real Elasticsearch as the only memory."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

import pytest
from elasticsearch import AsyncElasticsearch

from services.indexer.bulk import Patience, RequestFailed, index_all, sender
from services.indexer.documents import Write, write
from services.indexer.memory import Memory, memory
from services.indexer.placing import place_all, placed
from services.indexer.verdict import Verdict
from services.provision.command import DEPLOY
from services.provision.index import plan, provide_index
from services.runtime import settings
from services.runtime.elasticsearch import connected
from services.search.reading import connected as reader
from services.search.story.reading import Hits, chapters, story_ids
from services.search.story.searching import searcher
from services.stories.about import About
from tests.unit.indexer.articles import maximal
from tests.unit.stories.articles import DAY, about, bands

pytestmark = pytest.mark.elasticsearch

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
STORM = "dorian hurricane bahamas storm"


async def no_wait(_: float) -> None:
    """Try again at once."""


@pytest.fixture
async def client(elasticsearch_url: str) -> AsyncIterator[AsyncElasticsearch]:
    async with connected(settings.Elasticsearch(url=elasticsearch_url)) as client:
        yield client


@pytest.fixture
async def names(
    client: AsyncElasticsearch, prefix: str, elasticsearch_url: str
) -> settings.Elasticsearch:
    names = settings.Elasticsearch(url=elasticsearch_url, articles=f"{prefix}news")
    await provide_index(client, plan(DEPLOY / "elasticsearch", names.articles, {}))
    return names


async def place(known: Memory, *articles: About) -> dict[str, Any]:
    by_id = {one.article_id: one for one in articles}
    return await place_all(known, by_id, Patience(sleep=no_wait))


async def stories(
    client: AsyncElasticsearch, names: settings.Elasticsearch, ids: Iterable[str]
) -> set[frozenset[str]]:
    """Read the groups back as `newsreel story` does."""
    await client.indices.refresh(index=names.stories)
    answer = await client.search(index=names.stories, size=1_000)
    hits: Hits = answer["hits"]["hits"]

    def search(_: str, body: dict[str, Any]) -> Hits:
        (ids,) = {tuple(c["terms"][f]) for c in body["query"]["bool"]["should"] for f in c["terms"]}
        return [
            hit
            for hit in hits
            if {hit["_source"]["article_id"], hit["_source"]["story_id"], *hit["_source"]["also"]}
            & set(ids)
        ]

    belongs = {hit["_source"]["article_id"]: hit["_source"]["story_id"] for hit in hits}
    joined = {one: story_ids(search, one) for one in ids}
    return {frozenset(one for one in ids if belongs[one] in joined[other]) for other in ids}


async def test_articles_of_a_batch_and_of_the_next_see_each_other(
    client: AsyncElasticsearch, names: settings.Elasticsearch
) -> None:
    known = memory(client, names.stories)
    first = await place(known, about("a", STORM), about("b", STORM), about("v", "vote senate"))
    assert {one: place.story_id for one, place in first.items()} == {"a": "a", "b": "a", "v": "v"}
    assert (await place(known, about("c", STORM)))["c"].story_id == "a"


async def test_a_replay_finds_its_story_and_a_correction_keeps_it(
    client: AsyncElasticsearch, names: settings.Elasticsearch
) -> None:
    known = memory(client, names.stories)
    before = await place(known, about("a", STORM), about("b", STORM, signature=bands(32, "b")))
    await place(known, about("c", STORM, signature=bands(32, "c")))
    assert await place(known, about("b", STORM), about("a", STORM)) == before
    corrected = about("b", "vote senate", version=2)
    assert (await place(known, corrected))["b"].story_id == "a"
    assert (await place(known, about("b", STORM)))["b"].story_id == "a"


async def test_no_story_is_joined_through_what_was_withdrawn(
    client: AsyncElasticsearch, names: settings.Elasticsearch
) -> None:
    known = memory(client, names.stories)
    await place(known, about("a", STORM, signature=bands(32, "a")))
    gone = About("a", 2, DAY, usable=False)
    await place(known, gone)
    again = await place(known, about("b", STORM, signature=bands(32, "b")))
    assert (again["b"].story_id, again["b"].duplicate_of) == ("b", None)


async def test_the_documents_get_story_original_and_likeness(
    client: AsyncElasticsearch, names: settings.Elasticsearch
) -> None:
    def write_(number: int, **changes: Any) -> Write:
        article = maximal(article_id=UUID(int=number, version=5), **changes)
        signature = bands(32, "x")
        weights = about(str(article.article_id), STORM, signature=signature)
        return write(article, names.write_alias, NOW)._replace(
            about=replace(weights, version=article.version, usable=article.status == "usable")
        )

    writes = await placed(
        memory(client, names.stories),
        [write_(1), write_(2), write_(3, status="canceled")],
        Patience(sleep=no_wait),
    )
    outcomes = await index_all(sender(client), writes, Patience(sleep=no_wait))
    assert {one.verdict for one in outcomes} == {Verdict.INDEXED}
    first, second, stub = (json.loads(one.lines.split(b"\n")[1]) for one in writes)
    assert (first["story_id"], first["duplicate_of"]) == (first["article_id"], None)
    assert (second["story_id"], second["duplicate_of"]) == (first["article_id"],) * 2
    assert first["story"] == second["story"] == f"{DAY} {first['article_id']}"
    assert second["duplicate_similarity"] == 1.0
    assert "story_id" not in stub
    await client.indices.refresh(index=f"{names.articles},{names.stories}")
    with reader(names) as readers:
        search = searcher(readers, names)
        found = chapters(search, story_ids(search, second["article_id"]))
        assert {one.article_id for one in found} == {first["article_id"], second["article_id"]}
        assert chapters(search, story_ids(search, "nothing")) == []


async def test_what_fails_or_is_answered_in_part_is_asked_again_until_it_is_whole(
    client: AsyncElasticsearch, names: settings.Elasticsearch
) -> None:
    real, chance = memory(client, names.stories), Random(7)  # noqa: S311 - a schedule

    async def get(ids: Sequence[str]) -> Any:
        if chance.random() < 0.3:
            raise RequestFailed(None, "ConnectionError", "away")
        return await real.get(ids)

    async def write(documents: Any) -> Any:
        answers = await real.write(documents)
        if chance.random() < 0.3:  # it was done, and nobody knows
            raise RequestFailed(None, "ConnectionError", "the answer was lost")
        return answers

    async def ask(articles: Sequence[About]) -> Any:
        answers = await real.ask(articles)
        return [None if chance.random() < 0.3 else answer for answer in answers]

    flaky = Memory(get, write, ask)
    articles = [about(str(i), STORM if i % 2 else "vote senate") for i in range(20)]
    places = await place(flaky, *articles)
    assert await place(real, *articles) == places
    ids = [one.article_id for one in articles]
    assert await stories(client, names, ids) == {frozenset(ids[::2]), frozenset(ids[1::2])}


async def test_two_indexers_at_once_find_the_same_stories(
    client: AsyncElasticsearch, names: settings.Elasticsearch
) -> None:
    """Every article comes to both, as after a rebalance, in orders of their own."""
    articles = [about(str(i), f"word{i % 5} name{i % 5} place{i % 5}") for i in range(40)]
    known, chance = memory(client, names.stories), Random(3)  # noqa: S311 - a schedule

    async def indexer() -> dict[str, Any]:
        order = chance.sample(articles, len(articles))
        places: dict[str, Any] = {}
        for start in range(0, len(order), 8):
            places |= await place(known, *order[start : start + 8])
        return places

    one, other = await asyncio.gather(indexer(), indexer())
    assert one == other
    ids = [article.article_id for article in articles]
    assert await stories(client, names, ids) == {frozenset(ids[i::5]) for i in range(5)}
