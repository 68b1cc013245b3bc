"""Finds a story in Elasticsearch: its articles, and the stories that were joined to it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from services.search.results import first_words
from services.search.story.comparing import Said
from services.search.story.sentences import sentence
from services.search.story.telling import Chapter

Hits = Sequence[Mapping[str, Any]]
Search = Callable[[str, dict[str, Any]], Hits]
"""Searches the `articles` or the `stories`; an index that is not there holds nothing."""

MOST_ARTICLES = 500
MOST_ROUNDS = 10
_FIELDS = [
    *("article_id", "title", "body", "text", "@timestamp", "timestamp_origin", "sources", "url"),
    *("numbers", "story_id", "duplicate_of", "duplicate_similarity"),
]


def story_ids(search: Search, identity: str) -> set[str]:
    """Return the story of an article or story, and all stories that were joined to it since.

    Stories are joined when an article is like articles of both; the memory has noted it in `also`,
    at that article. An article's own id stands there while it had no story yet, so the ids of the
    articles are among what is returned.
    """
    known = {identity}
    for _ in range(MOST_ROUNDS):
        ids = sorted(known)
        fields = ("article_id", "story_id", "also")
        any_of = [{"terms": {field: ids}} for field in fields]
        placed = [{"exists": {"field": "story_id"}}]
        query = {"bool": {"should": any_of, "minimum_should_match": 1, "filter": placed}}
        body = {"query": query, "size": 1_000, "_source": list(fields)}
        found = {one for hit in search("stories", body) for one in _linked(hit["_source"])}
        if found <= known:
            break
        known |= found
    return known


def chapters(search: Search, stories: Collection[str]) -> list[Chapter]:
    """Read the articles of stories, the oldest first; an article's own id serves as well."""
    ids = sorted(stories)
    any_of = [{"terms": {"story_id": ids}}, {"terms": {"article_id": ids}}]
    query = {"bool": {"should": any_of, "minimum_should_match": 1}}
    order = [{"@timestamp": "asc"}, {"article_id": "asc"}]
    body = {"query": query, "size": MOST_ARTICLES, "sort": order, "_source": _FIELDS}
    return [_chapter(hit["_source"]) for hit in search("articles", body)]


def _linked(source: Mapping[str, Any]) -> list[str]:
    also = source.get("also") or []
    return [source["article_id"], source["story_id"], *([also] if isinstance(also, str) else also)]


def _chapter(source: Mapping[str, Any]) -> Chapter:
    return Chapter(
        article_id=source["article_id"],
        moment=source["@timestamp"],
        fetched=source.get("timestamp_origin") == "fetched",
        source=_name(source.get("sources")),
        title=source.get("title") or first_words(source.get("body") or ""),
        url=source.get("url"),
        story_id=source.get("story_id"),
        duplicate_of=source.get("duplicate_of"),
        duplicate_similarity=source.get("duplicate_similarity"),
        figures=tuple(_said(source, number) for number in source.get("numbers") or ()),
    )


def _said(source: Mapping[str, Any], number: Mapping[str, Any]) -> Said:
    text, mark = sentence(source.get("text") or "", number["start"], number["end"])
    based = number.get("value_base") is not None and number.get("unit_base") is not None
    return Said(
        article_id=source["article_id"],
        moment=source["@timestamp"],
        dated=source.get("timestamp_origin") != "fetched",
        source=_name(source.get("sources")),
        kind=number["kind"],
        unit=number["unit_base"] if based else number.get("unit"),
        of=number.get("of"),
        value=number["value_base"] if based else number["value"],
        low=number.get("low_base") if based else number.get("low"),
        high=number.get("high_base") if based else number.get("high"),
        qualifier=number["qualifier"],
        words=number["text"],
        sentence=text,
        mark=mark,
    )


def _name(sources: str | list[str] | None) -> str:
    return sources if isinstance(sources, str) else " ".join(sources or ())
