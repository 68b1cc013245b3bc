"""The web page on real Elasticsearch and on the embedded server."""

import json
import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch
from starlette.testclient import TestClient

from services.indexer.documents import document
from services.runtime.settings import Elasticsearch as Settings
from services.search.reading import ask
from services.search.story.searching import searcher
from services.web.app import create_app
from tests.articles import article
from tests.builders import enriched_article
from tests.indices import create

MARKED = enriched_article()
ARTICLES = (
    MARKED,
    *(article(f"copy {n}", published=f"2023-06-{n:02}") for n in range(1, 24)),
)
WITHDRAWN = article("withdrawn", status="canceled")


def hits(response):
    assert response.status_code == 200, response.text
    return re.findall(r'<h2>\s*<a href="(/article/[0-9a-f-]+)"', response.text)


def address_of(one):
    return f"/article/{one.article_id}"


@pytest.fixture(scope="module")
def indexed(url):
    """Settings of an index with the articles; the last five are one story."""
    alias = f"web-{uuid4().hex[:8]}"
    with Elasticsearch(url, request_timeout=60) as client:
        target = create(client, alias)
        now = datetime(2026, 1, 1, tzinfo=UTC)
        for number, one in enumerate((*ARTICLES, WITHDRAWN)):
            story = {"story_id": "quake/1"} if number >= len(ARTICLES) - 5 else {}
            made = json.loads(json.dumps(document(one, now) | story, default=str))
            client.index(index=target, id=str(one.article_id), document=made)
        client.indices.refresh(index=alias)
        yield Settings(url=url, articles=alias)
        client.indices.delete(index=f"{alias}-000001")


@pytest.fixture
def page(indexed):
    """Get a page."""
    with Elasticsearch(indexed.url, request_timeout=60) as client:
        app = create_app(
            lambda body: ask(client, indexed, body),
            searcher(client, indexed),
            seconds=30,
            hosts=["testserver"],
        )
        yield TestClient(app).get


def test_without_a_search_the_newest_come_first_and_the_withdrawn_not_at_all(page):
    found = hits(page("/"))
    assert found[:2] == [address_of(MARKED), address_of(ARTICLES[-1])]
    assert "1 to 10 of 24 articles" in page("/").text


def test_every_article_is_on_one_page_and_none_on_two(page):
    seen = [one for number in (1, 2, 3) for one in hits(page(f"/?page={number}"))]
    assert sorted(seen) == sorted(map(address_of, ARTICLES))
    assert 'rel="next"' not in page("/?page=3").text


def test_the_words_are_marked(page):
    assert "<mark>air</mark> <mark>defences</mark>" in page("/?q=air+defence").text


def test_a_facet_says_how_many_its_link_finds(page):
    start = page("/?q=air+defence").text
    link, count = re.search(
        r'<a href="([^"]+)"><bdi>NATO</bdi>\s*<span class="count">(\d+)', start
    ).groups()
    narrowed = page(link.replace("&amp;", "&"))
    assert f" of {count} articles" in narrowed.text
    assert address_of(MARKED) not in hits(narrowed)
    assert 'href="/?q=air+defence"><span class="unseen">Remove' in narrowed.text


def test_a_number_is_searched_for(page):
    response = page("/?kind=count&over=100&of=soldiers+killed")
    assert "of 23 articles" in response.text
    assert "<mark>136 soldiers killed</mark>" in response.text


def test_names_and_numbers_are_marked_in_the_text_of_an_article(page):
    response = page(address_of(MARKED))
    assert response.status_code == 200
    marks = re.findall(r'data-says="([^"]+)"[^>]*>([^<]+)</a>', response.text)
    assert ("Jens Stoltenberg (PERSON)", "Jens Stoltenberg") in marks
    assert ("Kyiv (GPE, UA)", "Kyiv") in marks
    assert any(text == "2.4 billion euros" and "2,400,000,000" in says for says, text in marks)


def test_an_article_that_was_withdrawn_is_gone(page):
    assert page(address_of(WITHDRAWN)).status_code == 404


def test_a_story_is_in_the_order_of_its_time(page):
    response = page("/story/quake/1")
    assert hits(response) == [address_of(one) for one in ARTICLES[-5:]]
    assert '<a href="/story/quake/1">' in page(address_of(ARTICLES[-1])).text


def test_an_index_that_is_missing_is_told_with_what_to_do(indexed):
    missing = indexed.model_copy(update={"articles": f"none-{uuid4().hex[:8]}"})
    with Elasticsearch(indexed.url) as client:
        find = searcher(client, missing)
        app = create_app(lambda body: ask(client, missing, body), find, seconds=30, hosts=["*"])
        responses = [TestClient(app).get(path) for path in ("/", "/story/one")]
    for response in responses:
        assert response.status_code == 503
        assert "create it: newsreel provision." in response.text
