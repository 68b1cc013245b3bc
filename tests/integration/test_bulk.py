"""Documents written to a real Elasticsearch, into an index that the shipped templates make."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from elasticsearch import AsyncElasticsearch

from schemas.enriched_article import EnrichedArticle, Title
from services.indexer.bulk import (
    Limits,
    Patience,
    RequestFailed,
    index_all,
    sender,
)
from services.indexer.documents import Write, write
from services.indexer.verdict import Verdict, of_item
from services.provision.command import DEPLOY
from services.provision.index import plan, provide_index
from services.runtime import settings
from services.runtime.elasticsearch import connected
from tests.unit.indexer.articles import maximal

pytestmark = [
    pytest.mark.elasticsearch,
    # aiohttp would like to be given a stream; 5 MB at a time do not block the loop for long.
    pytest.mark.filterwarnings("ignore:Sending a large body directly:ResourceWarning"),
]

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Waited(Exception):  # noqa: N818  # ends a wait that would be for ever
    """The writer began to wait."""


async def no_wait(_: float) -> None:
    raise Waited


@pytest.fixture
async def client(elasticsearch_url: str) -> AsyncIterator[AsyncElasticsearch]:
    async with connected(settings.Elasticsearch(url=elasticsearch_url)) as client:
        yield client


@pytest.fixture
async def articles(client: AsyncElasticsearch, prefix: str) -> str:
    name = f"{prefix}news"
    await provide_index(client, plan(DEPLOY / "elasticsearch", name, {}))
    return name


def numbered(number: int, **changes: Any) -> EnrichedArticle:
    return maximal(article_id=UUID(int=number, version=5), **changes)


async def verdicts(client: AsyncElasticsearch, writes: Sequence[Write]) -> list[Verdict]:
    outcomes = await index_all(sender(client), writes, Patience(sleep=no_wait))
    return [outcome.verdict for outcome in outcomes]


async def visible(client: AsyncElasticsearch, alias: str) -> list[Mapping[str, Any]]:
    """Return what a reader sees behind the alias."""
    await client.indices.refresh(index=alias)
    answer = await client.search(index=alias, size=1000)
    return [hit["_source"] for hit in answer["hits"]["hits"]]


async def test_the_mapping_accepts_an_article_with_everything_filled(
    client: AsyncElasticsearch, articles: str
) -> None:
    long_title = maximal(title=Title(text="я" * 40_000, start=0, end=1))
    for article in (maximal(), long_title):
        assert await verdicts(client, [write(article, f"{articles}-write", NOW)]) == ["indexed"]
    (seen,) = await visible(client, articles)
    assert seen["truncated_fields"] == ["title"]
    assert seen["indexed_at"] == "2026-03-01T12:00:00+00:00"


async def test_one_bad_document_in_500_is_rejected_and_the_others_are_indexed(
    client: AsyncElasticsearch, articles: str
) -> None:
    alias = f"{articles}-write"
    writes = [write(numbered(number), alias, NOW) for number in range(500)]
    bad = writes[250]
    action = bad.lines.split(b"\n")[0]
    writes[250] = Write(bad.article_id, bad.version, action + b'\n{"unheard_of": 1}\n')
    outcomes = await index_all(sender(client), writes, Patience(sleep=no_wait))
    assert [outcome.article_id for outcome in outcomes] == [one.article_id for one in writes]
    rejected = [outcome for outcome in outcomes if outcome.verdict is not Verdict.INDEXED]
    assert [(one.article_id, one.verdict) for one in rejected] == [(bad.article_id, "rejected")]
    assert "unheard_of" in rejected[0].reason
    assert len(await visible(client, articles)) == 499


async def test_a_newer_version_wins_an_older_is_stale_and_an_equal_is_written_again(
    client: AsyncElasticsearch, articles: str
) -> None:
    alias = f"{articles}-write"

    def version(number: int, **changes: Any) -> Write:
        return write(numbered(1, version=number, **changes), alias, NOW)

    assert await verdicts(client, [version(2)]) == ["indexed"]
    assert await verdicts(client, [version(1)]) == ["stale"]
    assert await verdicts(client, [version(2, authors=("Again",))]) == ["indexed"]
    assert [one["authors"] for one in await visible(client, articles)] == [["Again"]]
    batch = [version(4), version(3), version(5, authors=("Last",)), version(4)]
    assert await verdicts(client, batch) == ["indexed", "stale", "indexed", "stale"]
    (seen,) = await visible(client, articles)
    assert (seen["version"], seen["authors"]) == (5, ["Last"])


@pytest.mark.parametrize("status", ["canceled", "withheld"])
async def test_a_withdrawn_article_leaves_the_read_alias_and_stays_withdrawn(
    client: AsyncElasticsearch, articles: str, status: str
) -> None:
    alias = f"{articles}-write"
    await verdicts(client, [write(numbered(1, version=1), alias, NOW)])
    assert len(await visible(client, articles)) == 1
    stub = write(numbered(1, version=2, status=status), alias, NOW)
    assert await verdicts(client, [stub]) == ["indexed"]
    assert await visible(client, articles) == []
    assert await verdicts(client, [write(numbered(1, version=1), alias, NOW)]) == ["stale"]
    assert await visible(client, articles) == []
    (kept,) = await visible(client, alias)
    assert set(kept) == {"article_id", "version", "status", "sources", "@timestamp"}
    assert await verdicts(client, [write(numbered(1, version=3), alias, NOW)]) == ["indexed"]
    assert len(await visible(client, articles)) == 1


async def test_without_the_alias_documents_wait_and_no_index_appears(
    client: AsyncElasticsearch, articles: str
) -> None:
    alias = f"{articles}-write"
    index = f"{articles}-000001"
    document = write(numbered(1), alias, NOW)
    await client.indices.delete_alias(index=index, name=alias)
    (item,) = await sender(client)(document.lines)
    assert of_item(item).verdict is Verdict.RETRY
    with pytest.raises(Waited):
        await verdicts(client, [document])
    assert not await client.indices.exists(index=alias)
    restored = await provide_index(client, plan(DEPLOY / "elasticsearch", articles, {}))
    assert f"created   alias {alias}" in map(str, restored)
    assert await verdicts(client, [document]) == ["indexed"]


async def test_documents_wait_while_the_index_is_blocked_and_are_written_when_it_is_not(
    client: AsyncElasticsearch, articles: str
) -> None:
    index = f"{articles}-000001"
    blocks = ["index.blocks.write", "index.blocks.read_only_allow_delete"]

    async def lift(_: float) -> None:
        waits.append(1)
        lifted = blocks.pop()
        await client.indices.put_settings(index=index, settings={lifted: None})

    waits: list[int] = []
    for block in blocks:
        await client.indices.put_settings(index=index, settings={block: True})
    outcomes = await index_all(
        sender(client), [write(numbered(1), f"{articles}-write", NOW)], Patience(sleep=lift)
    )
    assert ([one.verdict for one in outcomes], len(waits)) == (["indexed"], 2)


async def test_documents_wait_for_a_closed_index(client: AsyncElasticsearch, articles: str) -> None:
    await client.indices.close(index=f"{articles}-000001")
    with pytest.raises(Waited):
        await verdicts(client, [write(numbered(1), f"{articles}-write", NOW)])


async def test_documents_wait_for_an_alias_of_two_indices_to_have_a_write_index(
    client: AsyncElasticsearch, articles: str
) -> None:
    alias = f"{articles}-write"
    await client.indices.create(index=f"{articles}-000002", aliases={alias: {}})
    first = {"index": f"{articles}-000001", "alias": alias, "is_write_index": False}
    await client.indices.update_aliases(actions=[{"add": first}])
    with pytest.raises(Waited):
        await verdicts(client, [write(numbered(1), alias, NOW)])


async def test_a_batch_larger_than_a_request_is_written_in_several(
    client: AsyncElasticsearch, articles: str
) -> None:
    sent: list[int] = []
    send = sender(client)

    async def counted(lines: bytes) -> Sequence[Mapping[str, Any]]:
        sent.append(len(lines))
        return await send(lines)

    writes = [write(numbered(number), f"{articles}-write", NOW) for number in range(50)]
    limits = Limits(documents=20, megabytes=0.03)
    outcomes = await index_all(counted, writes, Patience(sleep=no_wait), limits)
    assert {outcome.verdict for outcome in outcomes} == {Verdict.INDEXED}
    assert len(sent) > 2
    assert max(sent) <= 30_000


async def test_a_server_that_is_not_there_gives_no_answer() -> None:
    nowhere = settings.Elasticsearch(url="http://127.0.0.1:1")
    async with connected(nowhere) as client:
        with pytest.raises(RequestFailed) as failure:
            await sender(client)(b"")
    assert failure.value.status is None
