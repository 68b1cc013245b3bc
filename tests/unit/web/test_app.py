"""The whole application, with an Elasticsearch of functions."""

import re
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from services.search.query import MARK_END, MARK_START
from services.search.reading import SearchFailedError
from services.web.app import create_app
from services.web.headers import SECURITY
from services.web.pages import TEMPLATES

ID = "0c6d6f5e-9f2f-5b0a-8f2b-3a1c7d9e0f11"
LEAST = {"article_id": ID, "version": 1, "@timestamp": "2024-05-03", "sources": "reuters"}
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "&lt;b&gt; &amp;amp; &#60;i&#62;",
    "</div></main><style>*{display:none}</style>",
    "{{ 7 * 7 }} {% raw %}",
    f"a{MARK_END}b{MARK_START}c{MARK_START}d{MARK_END}{MARK_END}e{MARK_START}",
    "abc \u202e gpj.exe \u2066 \u200f \u061c",
    "nul \x00 escape \x1b[31m \ud800 \ufffe",
    "' onmouseover='alert(1)",
)


OURS = {
    tag
    for template in TEMPLATES.glob("*.html")
    for tag in re.findall(r"<([a-z0-9]+)", template.read_text(encoding="utf-8"))
}
"""The elements that pages are made of."""


def answer(*sources, total=None, highlight=None, **facets):
    """Answer as Elasticsearch does; of facets the counts."""
    hits = [{"_id": ID, "_source": LEAST | source} for source in sources]
    if highlight:
        hits[0]["highlight"] = highlight
    counted = {
        name: {"buckets": [{"key": key, "doc_count": n} for key, n in values.items()]}
        for name, values in facets.items()
    }
    count = len(hits) if total is None else total
    return {
        "hits": {"hits": hits, "total": {"value": count, "relation": "eq"}},
        "aggregations": counted,
    }


def client(ask, **options):
    """Serve what `ask` answers; no story is remembered."""

    def stories(what, body):
        return ask(body)["hits"]["hits"] if what == "articles" else ()

    app = create_app(ask, stories, seconds=10, hosts=["testserver"])
    return TestClient(app, raise_server_exceptions=False, **options)


def get(path, *sources, **rest):
    return client(lambda _: answer(*sources, **rest)).get(path)


class Page(HTMLParser):
    """The elements and the text that a browser would make of a page."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def page(response):
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return Page(response.text)


def test_hits_are_shown_with_what_matched_their_date_and_their_source():
    response = get(
        "/?q=air",
        {"title": "Air raid", "people": ["Jens Stoltenberg"]},
        highlight={
            "title": [f"{MARK_START}Air{MARK_END} raid"],
            "body": [f"in the {MARK_START}air{MARK_END}"],
        },
        people={"Jens Stoltenberg": 1},
    )
    assert response.status_code == 200
    assert "<mark>Air</mark> raid" in response.text
    assert "in the <mark>air</mark>" in response.text
    assert '<time datetime="2024-05-03">3 May 2024</time>' in response.text
    shown = page(response)
    assert "reuters" in shown.text
    assert {"href": "/?q=air&person=Jens+Stoltenberg"} in shown.all("a")
    assert {"href": f"/article/{ID}", "dir": "auto"} in shown.all("a")


def test_the_search_asks_for_the_page_that_the_address_names():
    asked = []
    client(lambda body: asked.append(body) or answer({}, total=99)).get("/?q=war&page=3")
    assert (asked[0]["from"], asked[0]["size"]) == (20, 10)
    pages = page(get("/?q=war&page=3", {}, total=99))
    assert [a["href"] for a in pages.all("a") if "rel" in a] == [
        "/?q=war&page=2",
        "/?q=war&page=4",
    ]


def test_the_form_keeps_what_was_chosen():
    inputs = page(get("/?q=war&person=A&since=2023&kind=count&over=5", {})).all("input")
    values = {one["name"]: one.get("value") for one in inputs}
    assert values["q"] == "war"
    assert values["person"] == "A"
    assert values["since"] == "2023"
    assert values["over"] == "5"


def test_nothing_found_says_what_there_is():
    def ask(body):
        return answer(people={"Jens Stoltenberg": 3}) if body["size"] == 0 else answer()

    response = client(ask).get("/?person=Stoltenberg")
    assert "there is: Jens Stoltenberg (3)" in page(response).text


def test_an_empty_index_says_how_to_fill_it():
    assert "newsreel replay" in page(get("/")).text


def test_a_page_past_the_end_leads_back():
    response = get("/?page=7", total=12)
    assert "no more articles" in response.text
    assert {"href": "/?page=6", "rel": "prev"} in page(response).all("a")


def test_a_mistake_in_the_address_is_told_and_kept_in_the_form():
    response = get("/?since=yesterday")
    assert response.status_code == 400
    assert "write 2023, 2023-05 or 2023-05-04" in page(response).text
    assert {"name": "since", "value": "yesterday", "size": "10", "placeholder": "2023-05"} in (
        page(response).all("input")
    )


def test_an_article_shows_its_marks_and_leads_to_its_source_and_story():
    source = {
        "title": "Quake",
        "text": "Kyiv shook.",
        "url": "https://example.org/quake",
        "story_id": "a/b",
        "entities": [
            {"name": "Kyiv", "type": "GPE", "mentions": [{"start": 0, "end": 4}]},
        ],
    }
    response = get(f"/article/{ID}", source)
    links = {one["href"]: one for one in page(response).all("a")}
    assert links["https://example.org/quake"]["rel"] == "noopener noreferrer external"
    assert "/story/a/b" in links
    mark = next(one for one in page(response).all("a") if one.get("id") == "e0")
    assert mark["href"] == "/?place=Kyiv"
    assert mark["data-says"] == mark["aria-description"] == "Kyiv (GPE)"
    assert ">Kyiv</a> shook." in response.text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x"])
def test_a_url_that_is_no_web_address_is_not_linked(url):
    assert url not in get(f"/article/{ID}", {"url": url}).text


def dead(number, qualifier="exact"):
    text = f"Officials counted {number} people. <b>More</b> was not known."
    figure = {"kind": "count", "value": number, "qualifier": qualifier, "of": "people killed"}
    start = text.index(str(number))
    return {
        "text": text,
        "numbers": [figure | {"text": str(number), "start": start, "end": start + 2}],
    }


def test_a_story_has_its_articles_in_order_and_the_figures_in_which_they_differ():
    second = {"title": "Next", "@timestamp": "2024-05-04", "article_id": "b", "sources": "afp"}
    response = get("/story/a/b", second | dead(39), {"title": "First"} | dead(37, "at_least"))
    assert response.status_code == 200
    shown = page(response).text
    assert "2 articles on one story" in shown
    assert shown.index("First") < shown.index("Next")
    assert "it changes with time" in shown or "both can be right" in shown
    assert shown.index("at least 37") < shown.index("Officials counted 39 people")
    assert "Officials counted <mark>39</mark> people." in response.text
    assert "<b>" not in response.text


def test_a_story_without_differing_figures_says_so():
    assert "There are none." in page(get("/story/one", {"title": "First"})).text


@pytest.mark.parametrize("path", [f"/article/{ID}", "/story/none", "/nothing", "/article/x"])
def test_what_is_not_there_is_a_page_that_says_so(path):
    response = get(path)
    assert response.status_code == 404
    assert "There is no such page" in page(response).text


@pytest.mark.parametrize("path", ["/?q=war", f"/article/{ID}", "/story/one"])
def test_an_elasticsearch_that_is_away_is_told_with_what_to_do(path):
    def ask(_body):
        raise SearchFailedError("it does not answer; start one: newsreel servers start")

    response = client(ask).get(path)
    assert response.status_code == 503
    assert "It does not answer; start one: newsreel servers start." in page(response).text


def test_a_fault_of_ours_shows_no_trace_of_it():
    response = client(lambda _: {"secret": 1}).get("/")
    assert response.status_code == 500
    assert "Something went wrong" in response.text
    assert "secret" not in response.text
    assert "KeyError" not in response.text


@pytest.mark.parametrize("path", ["/", "/nothing", "/static/style.css", "/?since=x"])
def test_every_answer_forbids_scripts_frames_and_other_sites(path):
    response = get(path, {})
    assert {name: response.headers[name] for name in SECURITY} == SECURITY
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'")
    assert "script-src" not in policy
    assert "unsafe" not in policy


def test_a_crash_is_answered_with_the_same_headers():
    response = client(lambda _: {}).get("/")
    assert {name: response.headers[name] for name in SECURITY} == SECURITY


def test_another_site_s_name_is_refused():
    response = client(lambda _: answer(), base_url="http://evil.example").get("/")
    assert response.status_code == 400


def test_nothing_can_be_written():
    assert client(lambda _: answer()).post("/").status_code == 405


@pytest.mark.parametrize("path", ["/../command.py", "/%2e%2e/command.py", "//etc/passwd"])
def test_nothing_but_the_static_files_is_served(path):
    assert get(f"/static{path}").status_code == 404


@pytest.mark.parametrize("evil", HOSTILE)
@pytest.mark.parametrize("path", ["/", f"/article/{ID}", "/story/one"])
def test_a_text_of_others_is_text_and_nothing_else(path, evil):
    source = {
        "title": evil,
        "body": evil,
        "text": evil,
        "sources": evil,
        "authors": [evil],
        "language": evil,
        "people": [evil],
        "places": [evil],
        "url": f"https://example.org/{evil}",
        "story_id": evil,
        "entities": [
            {"name": evil, "type": evil, "country": evil, "mentions": [{"start": 0, "end": 3}]}
        ],
        "numbers": [
            {"kind": evil, "value": 1.5, "unit": evil, "of": evil, "start": 1, "end": 4}
            | {"qualifier": evil, "text": evil},
        ],
    }
    response = get(
        path, source, highlight={"title": [evil], "body": [evil]}, people={evil: 1}, sources={}
    )
    assert response.status_code == 200
    assert {tag for tag, _ in page(response).elements} <= OURS
    assert len(page(response).all("main")) == 1
    names = {name for _, attributes in page(response).elements for name in attributes}
    assert not any(name.startswith("on") for name in names)
    assert "\u202e" not in response.text
    assert "\x00" not in response.text


@pytest.mark.parametrize("evil", HOSTILE[:7] + HOSTILE[8:])
def test_what_the_address_brings_is_text_too(evil):
    asked = {"q": evil, "person": evil, "since": evil, "of": evil, "kind": evil}
    response = client(lambda _: answer({}, people={evil: 1})).get("/", params=asked)
    assert {tag for tag, _ in page(response).elements} <= OURS
    names = {name for _, attributes in page(response).elements for name in attributes}
    assert not any(name.startswith("on") for name in names)


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.stem)
def test_no_template_turns_escaping_off_or_brings_code_or_style_of_its_own(template):
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe|autoescape|Markup|<script|<style|\bstyle=|\bon\w+=", text)
    unquoted = re.findall(r"=\{\{", text)
    assert unquoted == []
