"""`newsreel web` in Chromium: what a person sees and does, with a mouse and without."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch
from playwright.sync_api import expect

from services.demo import stack
from services.indexer.documents import document
from services.servers.ports import free_port
from tests.articles import article
from tests.builders import enriched_article
from tests.conftest import required
from tests.e2e.browser import barriers, browser, executable
from tests.indices import create

MARKED = enriched_article()
EVIL = "<script>document.title = 'owned'</script><img src=//evil.example onerror=alert(1)>"
SOLDIERS = {"kind": "count", "of": "soldiers killed"}
LESS = article("less", counts=(SOLDIERS | {"value": 97.0},), published="2023-06-16")
HOSTILE = article("hostile", title=EVIL, body=f"{EVIL} \u202e {{{{ 7 * 7 }}}}", source=EVIL)
ARTICLES = (MARKED, HOSTILE, LESS, *(article(f"copy {number}") for number in range(11)))

PATHS = {
    "search": "/?q=air+defence&person=Jens+Stoltenberg&kind=money&over=1",
    "nothing": "/?q=nothing+at+all&person=Stoltenbreg",
    "mistake": "/?since=yesterday",
    "article": f"/article/{MARKED.article_id}",
    "hostile": f"/article/{HOSTILE.article_id}",
    "story": "/story/quake",
    "missing": "/nothing",
}


@pytest.fixture(scope="module")
def chromium():
    with browser(required(executable)) as running:
        yield running


@pytest.fixture(scope="module")
def address(chromium, embedded, tmp_path_factory):  # noqa: ARG001 - no server without a browser
    """Where `newsreel web` serves the articles."""
    alias = f"browser-{uuid4().hex[:8]}"
    with Elasticsearch(embedded.url, request_timeout=60) as client:
        target = create(client, alias)
        for one in ARTICLES:
            made = document(one, datetime(2026, 1, 1, tzinfo=UTC)) | {"story_id": "quake"}
            written = json.loads(json.dumps(made, default=str))
            client.index(index=target, id=str(one.article_id), document=written)
        client.indices.refresh(index=alias)
    environment = embedded.environment | {"NEWSREEL_ELASTICSEARCH__ARTICLES": alias}
    port = free_port()
    web = stack.web(environment, tmp_path_factory.mktemp("logs"), port)
    web.start()
    yield f"http://127.0.0.1:{port}"
    web.stop()


@pytest.fixture
def visit(chromium, address):
    """Open a page of ours in a context of its own; fail on what the browser complains of."""
    contexts, complaints = [], []

    def opened(path, *, complaints_expected=False, **options):
        context = chromium.new_context(base_url=address, **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        if not complaints_expected:
            page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on(
            "request",
            lambda one: None if one.url.startswith(address) else complaints.append(one.url),
        )
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("scripts", [True, False])
def test_one_searches_narrows_reads_and_comes_back(visit, scripts):
    page = visit("/", java_script_enabled=scripts)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("1 to 10 of 14 articles")
    page.get_by_label("Search the articles").fill("air defence")
    page.keyboard.press("Enter")
    expect(heading).to_have_text("1 to 10 of 13 articles")
    narrow = page.get_by_role("navigation", name="Narrow down")
    narrow.get_by_role("link", name="Germany 1").click()
    expect(heading).to_have_text("1 article")
    expect(page.get_by_label("Search the articles")).to_have_value("air defence")
    page.get_by_role("link", name="Kyiv receives air defence").click()
    page.locator(".text").get_by_role("link", name="Jens Stoltenberg").click()
    page.get_by_role("link", name="Remove People: Jens Stoltenberg").click()
    expect(heading).to_have_text("1 to 10 of 14 articles")
    page.get_by_role("link", name="Page 2").click()
    expect(heading).to_have_text("11 to 14 of 14 articles")


def said(mark):
    """Read what stands beside a mark, as the browser draws it."""
    return mark.evaluate("mark => getComputedStyle(mark, '::after').content")


def test_a_mark_says_what_it_is_when_pointed_at_or_focused(visit):
    page = visit(PATHS["article"])
    number = page.locator(".text").get_by_role("link", name="2.4 billion euros")
    name = page.locator(".text").get_by_role("link", name="Kyiv")
    assert said(number) == "none"
    number.hover()
    assert "value 2,400,000,000 · unit EUR · exact · of systems" in said(number)
    page.get_by_role("link", name="The whole story").focus()
    page.keyboard.press("Tab")
    assert said(name) == '"Kyiv (GPE, UA)"'


def test_the_keyboard_reaches_the_content_at_once_and_shows_where_it_is(visit):
    page = visit(PATHS["search"])
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    assert skip.bounding_box()["x"] >= 0
    assert skip.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("path", ["/", "/?q=script", PATHS["hostile"], PATHS["story"]])
def test_a_hostile_text_does_nothing(visit, path):
    page = visit(path)
    assert page.title() != "owned"
    assert page.locator("script, img, style").count() == 0
    assert EVIL in page.locator("body").inner_text()


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(visit, path, scheme):
    page = visit(path, color_scheme=scheme, bypass_csp=True, complaints_expected=True)
    assert barriers(page) == []


@pytest.mark.parametrize("path", [PATHS["search"], PATHS["article"], PATHS["hostile"]])
def test_a_small_window_is_not_scrolled_sideways_and_has_no_barrier_either(visit, path):
    page = visit(path, viewport={"width": 320, "height": 600}, bypass_csp=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert barriers(page) == []


def test_a_story_shows_its_figures_side_by_side(visit):
    page = visit(PATHS["story"])
    expect(page.get_by_role("listitem")).to_have_count(len(ARTICLES))
    figures = page.get_by_role("table", name="soldiers killed")
    expect(figures.get_by_role("row")).not_to_have_count(0)


def test_the_dark_is_dark(visit):
    def lightness(page):
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in colour.strip("rgb()").split(","))

    assert lightness(visit("/", color_scheme="dark")) < 150
    assert lightness(visit("/", color_scheme="light")) > 700


def test_on_paper_there_is_the_article_alone(visit):
    page = visit(PATHS["article"])
    page.emulate_media(media="print")
    assert not page.get_by_role("search").is_visible()
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.locator(".text").is_visible()
