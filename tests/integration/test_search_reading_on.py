"""What `newsreel search` does beyond the first page, and with an article or a story to go by.

On real Elasticsearch and on the embedded server, but for what the latter can't.
"""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch
from pydantic_settings import CliApp

from schemas.enriched_article import Entity, Mention, Span, Title
from schemas.raw_article import Source
from services.indexer.documents import document
from services.runtime import settings
from services.search.command import Search
from services.search.reading import connected, steady
from tests.builders import enriched_article
from tests.indices import create, fill

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MINE = "Rescuers pulled survivors out of the flooded coal mine after three days underground."


def article(item, title, body, **changes):
    text = f"{title}\n{body}"
    return enriched_article(
        source=Source(name="wire", item=item, url=f"https://example.org/{item}"),
        text=text,
        title=Title(text=title, start=0, end=len(title)),
        body=(Span(start=len(title) + 1, end=len(text)),),
        **({"entities": (), "numbers": (), "signature": ()} | changes),
    )


def person(name):
    return Entity(name=name, type="PERSON", mentions=(Mention(start=0, end=1, text="M"),))


ARTICLES = (
    article("mine", "Mine flooded", MINE, signature=("1-a", "2-b"), entities=(person("Ada"),)),
    article("copy", "Underground", "Other words altogether.", signature=("1-x", "2-b")),
    article("same-event", "Mine rescue", f"{MINE} More later.", entities=(person("Ada"),)),
    article("like-event", "Mine rescue", f"{MINE} More later.", entities=(person("Bob"),)),
    article("else", "Concert", "An orchestra played in the park on a warm evening."),
    *(article(f"filler-{n}", f"Filler {n}", "Nothing to see.") for n in range(20)),
)
WITHDRAWN = article("withdrawn", "Mine flooded", MINE, status="canceled")


@pytest.fixture(scope="module")
def to(url):
    """The settings that reach an index with the articles; two of them make a story."""
    alias = f"read-{uuid4().hex[:8]}"
    with Elasticsearch(url, request_timeout=60) as client:
        target = create(client, alias)
        fill(client, target, (*ARTICLES, WITHDRAWN))
        for one in ARTICLES[:2]:
            told = {**document(one, NOW), "story_id": "s1"}
            body = json.loads(json.dumps(told, default=str))
            client.index(index=target, id=str(one.article_id), document=body, refresh=True)
        yield settings.Elasticsearch(url=url, articles=alias)
        client.indices.delete(index=f"{alias}-000001")


@pytest.fixture
def lines(to, capsys):
    """Run the command and return its lines of JSON."""

    def run(*arguments):
        reach = ["--elasticsearch.url", to.url, "--elasticsearch.articles", to.articles]
        CliApp.run(Search, cli_args=[*reach, "--json", *arguments])
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


def items(hits):
    return [hit["item"] for hit in hits]


@pytest.mark.parametrize("arguments", [[], ["mine"], ["--sort", "date", "nothing"]])
def test_pages_bring_each_article_once_in_the_order_of_one_page(lines, arguments):
    whole = items(lines("--size", "100", *arguments))
    for page in ("1", "7", "1000"):
        assert items(lines("--all", "--page-size", page, *arguments)) == whole
    assert items(lines("--limit", "3", "--page-size", "2", *arguments)) == whole[:3]


def test_what_was_withdrawn_is_on_no_page_and_the_facets_are_counted_over_all(lines):
    *hits, last = lines("--all", "--page-size", "10", "--facets")
    assert len(hits) == len(ARTICLES)
    assert "withdrawn" not in items(hits)
    assert last["total"] == len(ARTICLES)
    assert last["facets"]["sources"] == {"wire": len(ARTICLES)}


@pytest.mark.parametrize("name", ["mine", "https://example.org/mine"])
def test_what_resembles_an_article_has_its_wording_or_its_words(lines, name):
    [of] = [str(one.article_id) for one in ARTICLES if one.source.item == "mine"]
    found = items(lines("--similar", name if "/" in name else of))
    assert sorted(found) == ["copy", "like-event", "same-event"]


def test_a_copy_resembles_most_then_what_has_names_in_common(lines, url, request):
    if url == request.getfixturevalue("embedded").url:
        pytest.skip("noida-db gives a copy no more weight than a name")
    assert items(lines("--similar", "https://example.org/mine")) == [
        "copy",
        "same-event",
        "like-event",
    ]


def test_other_options_hold_for_what_resembles_too(lines):
    of = "https://example.org/mine"
    assert items(lines("--similar", of, "--person", "Bob")) == ["like-event"]
    assert items(lines("--similar", of, "rescue", "--all")) == ["same-event", "like-event"]


def test_a_withdrawn_article_and_one_that_is_not_there_can_not_be_resembled(lines):
    for name in ("https://example.org/withdrawn", "nowhere"):
        with pytest.raises(SystemExit, match="there is no article"):
            lines("--similar", name)


def test_a_story_is_its_articles_and_each_says_so(lines):
    hits = lines("--story", "s1")
    assert {hit["item"]: hit["story_id"] for hit in hits} == {"mine": "s1", "copy": "s1"}
    assert lines("--story", "s2") == []


def test_an_article_that_comes_between_two_pages_moves_none(request, url, to):
    if url == request.getfixturevalue("embedded").url:
        pytest.skip("noida-db pages through the index as it is at each page")
    body = {"query": {"term": {"status": "usable"}}, "size": 3, "sort": [{"article_id": "asc"}]}
    late = [article(f"late-{n}", "Late", "Late.") for n in range(9)]
    with connected(to) as client, steady(client, to) as ask:
        first = ask(body)["hits"]["hits"]
        fill(client, f"{to.articles}-write", late)
        rest = ask({**body, "size": 100, "search_after": first[-1]["sort"]})["hits"]["hits"]
        for one in late:
            client.delete(index=f"{to.articles}-write", id=str(one.article_id), refresh=True)
    read = [hit["_id"] for hit in (*first, *rest)]
    assert sorted(read) == sorted(str(one.article_id) for one in ARTICLES)


def test_paging_says_what_a_missing_index_needs(to):
    missing = ["--elasticsearch.url", to.url, "--elasticsearch.articles", "nowhere", "--all"]
    with pytest.raises(SystemExit, match="no index 'nowhere'; create it: newsreel provision"):
        CliApp.run(Search, cli_args=missing)
