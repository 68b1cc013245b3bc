"""`newsreel story` with an index of values."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from rich.console import Console

from schemas.identity import article_id
from services.search.story.command import Story, identity
from services.search.story.reading import Hits, chapters, story_ids
from services.search.story.telling import tell

URL = "https://news.example/1"


def number(text: str, words: str, value: float, **changes: Any) -> dict[str, Any]:
    start = text.index(words)
    fields = {"kind": "count", "qualifier": "exact", "of": "people killed", "unit": None}
    span = {"start": start, "end": start + len(words), "text": words, "value": value}
    return fields | span | changes


def article(name: str, text: str, *numbers: dict[str, Any], **changes: Any) -> dict[str, Any]:
    fields = {
        "article_id": name,
        "story_id": "a",
        "title": f"Title of {name}",
        "text": text,
        "@timestamp": "2026-03-01",
        "timestamp_origin": "published",
        "sources": "wire",
        "numbers": numbers,
    }
    return fields | changes


FIRST = "A blast. At least 37 people died. More to come."
LATER = "The toll rose. A total of 39 are confirmed dead, he said."
ARTICLES = [
    article("a", FIRST, number(FIRST, "37", 37, qualifier="at_least")),
    article("b", LATER, number(LATER, "39", 39), **{"@timestamp": "2026-03-04T08:30:00Z"}),
    article("c", FIRST, number(FIRST, "37", 37), duplicate_of="a", duplicate_similarity=0.97),
]
MEMORY: list[dict[str, Any]] = [{"article_id": name, "story_id": "a", "also": []} for name in "abc"]


def index(articles: list[Any], memory: list[Any]) -> Callable[[str, dict[str, Any]], Hits]:
    """Answer the terms queries of the command over values."""

    def search(what: str, body: dict[str, Any]) -> Hits:
        terms = [
            (field, set(values))
            for clause in body["query"]["bool"]["should"]
            for field, values in clause["terms"].items()
        ]
        return [
            {"_source": one}
            for one in {"articles": articles, "stories": memory}[what]
            if any(_values(one.get(field)) & values for field, values in terms)
        ]

    return search


def _values(value: Any) -> set[str]:
    return set(value) if isinstance(value, list) else {value}


def shown(identity: str, *, as_json: bool = False) -> str:
    console = Console(width=120, no_color=True, highlight=False)
    with console.capture() as captured:
        Story(id=identity, json=as_json).print_story(console, index(ARTICLES, MEMORY))
    return captured.get()


def test_the_figures_stand_side_by_side_with_date_source_and_sentence() -> None:
    text = shown("b")
    assert "3 articles · 1 source · 2026-03-01 to 2026-03-04 · 1 copy" in text
    assert "people killed · different, and both can be right" in text
    assert "at least 37" in text
    assert "A total of 39 are confirmed dead, he said." in text
    assert "2026-03-04 08:30" in text


def test_a_copy_is_listed_and_its_figures_are_not() -> None:
    told = tell(chapters(index(ARTICLES, MEMORY), {"a"}))
    assert [one.article_id for one in told.chapters] == ["a", "c", "b"]
    assert {said.article_id for one in told.comparisons for said in one.said} == {"a", "b"}
    assert "(copy of a, 97%)" in shown("a")


def test_json_holds_the_story_for_a_program() -> None:
    told = json.loads(shown("a", as_json=True))
    assert told["stories"] == ["a"]
    (figure,) = told["figures"]
    assert (figure["counted"], figure["how"]) == ("people killed", "compatible")
    first, second = figure["said"]
    assert first["sentence"][slice(*first["mark"])] == "37"
    assert (second["value"], second["source"], second["moment"][:10]) == (39, "wire", "2026-03-04")


def test_an_id_that_nobody_knows_ends_with_the_command_that_tells_ids() -> None:
    with pytest.raises(SystemExit, match="no article or story nothing"):
        shown("nothing")


def test_a_url_stands_for_its_article() -> None:
    assert identity(URL) == str(article_id("wire", "x", URL))
    assert identity("some-id") == "some-id"


def test_stories_that_were_joined_are_one_whichever_is_asked_for() -> None:
    memory = [
        {"article_id": "a", "story_id": "a", "also": []},
        {"article_id": "b", "story_id": "b", "also": ["a"]},
        {"article_id": "c", "story_id": "b", "also": "d"},
        {"article_id": "d", "story_id": "e", "also": []},
        {"article_id": "x", "story_id": "x", "also": []},
    ]
    for one in "abe":
        assert story_ids(index([], memory), one) >= {"a", "b", "e"}
        assert "x" not in story_ids(index([], memory), one)


def test_without_a_memory_an_article_still_stands_alone() -> None:
    alone = article("z", FIRST, story_id=None)
    (chapter,) = chapters(index([alone], []), story_ids(index([], []), "z"))
    assert chapter.article_id == "z"


def test_values_in_base_units_are_compared_where_they_are_known() -> None:
    text = "Winds of 185 mph. Gusts."
    base = {"value_base": 82.7, "unit_base": "metre_per_second"}
    winds = number(text, "185 mph", 185, kind="speed", unit="mile_per_hour", of="winds", **base)
    (chapter,) = chapters(index([article("a", text, winds)], []), {"a"})
    (said,) = chapter.figures
    assert (said.value, said.unit, said.words) == (82.7, "metre_per_second", "185 mph")


def test_an_article_without_a_title_is_called_by_its_first_words() -> None:
    untitled = article("a", FIRST, title=None, body="word " * 50)
    (chapter,) = chapters(index([untitled], MEMORY), {"a"})
    assert chapter.title == "word " * 19 + "word…"
