"""What Elasticsearch answered, as hits and facets."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.search.query import FACETS, MARK_END, MARK_START

Buckets = tuple["Bucket", ...]
Facets = Mapping[str, Buckets]

_FIRST_WORDS = 100
_NAMES = ("people", "organizations", "places", "groups")
_MARKS = re.compile(f"[{MARK_START}{MARK_END}]")
_SPACE = re.compile(r"\s+")
_REORDERING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


@dataclass(frozen=True, slots=True)
class Bucket:
    """A value of a facet, and how many articles have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of an article; each mark is a start and an end in `text`."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of an article, as in schemas/enriched_article.py."""

    kind: str
    value: float
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    qualifier: str = "exact"
    of: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that was found; of names, the most mentioned come first."""

    article_id: str
    version: int
    score: float | None
    title: str | None
    first_words: str
    timestamp: str
    """ISO 8601, as precise as it is known."""
    timestamp_origin: str
    """published or fetched"""
    source: str
    item: str | None = None
    url: str | None = None
    language: str | None = None
    people: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    numbers: tuple[Figure, ...] = ()
    matched_numbers: tuple[Figure, ...] = ()
    """Those that met the search."""
    story_id: str | None = None
    duplicate_of: str | None = None
    """The article that it copies."""
    marked_title: Fragment | None = None
    """The title, when something in it matched."""
    fragments: tuple[Fragment, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """The best hits, how many there are in all, and the counts of the facets."""

    hits: tuple[Hit, ...]
    total: int
    total_is_exact: bool = True
    facets: Facets | None = None
    partial: bool = False
    """The server ran out of time, or a part of the index did not answer."""
    others: tuple[Hit, ...] = ()
    """Articles with some of the words only; not counted."""


def results(response: Mapping[str, Any]) -> Results:
    """Read the answer to `query.request`."""
    found = response["hits"]
    shards = response.get("_shards", {})
    return Results(
        hits=tuple(_hit(hit) for hit in found["hits"]),
        total=found["total"]["value"],
        total_is_exact=found["total"]["relation"] == "eq",
        facets=facets(response) if "aggregations" in response else None,
        partial=bool(response.get("timed_out")) or bool(shards.get("failed")),
    )


def facets(response: Mapping[str, Any]) -> dict[str, Buckets]:
    """Read the counted values, the most frequent first and equals by name."""
    return {
        name: tuple(
            sorted(
                (Bucket(str(one["key"]), one["doc_count"]) for one in counted["buckets"]),
                key=lambda bucket: (-bucket.count, bucket.value),
            )
        )
        for name, counted in sorted(response["aggregations"].items(), key=_in_order)
    }


def printable(text: str) -> str:
    """Make one line of a text, without the characters that steer a terminal."""
    line = _SPACE.sub(" ", text).strip()
    return "".join(char for char in line if not _steers(char))


def fragment(marked: str) -> Fragment:
    """Take the marks out of a highlighted text and say where they were."""
    text, marks, start = "", [], 0
    line = printable(marked)
    end = 0
    for mark in _MARKS.finditer(line):
        text += line[end : mark.start()]
        end = mark.end()
        if mark.group() == MARK_START:
            start = len(text)
        else:
            marks.append((start, len(text)))
    return Fragment(text + line[end:], tuple(marks))


def _in_order(counted: tuple[str, Any]) -> int:
    return list(FACETS).index(counted[0])


def _hit(hit: Mapping[str, Any]) -> Hit:
    source = hit["_source"]
    highlight = hit.get("highlight", {})
    mentions = {one["name"]: one.get("mention_count", 0) for one in source.get("entities") or ()}
    found = (inner["hits"]["hits"] for inner in hit.get("inner_hits", {}).values())
    title = source.get("title")
    return Hit(
        article_id=source.get("article_id", hit["_id"]),
        version=source["version"],
        score=hit.get("_score"),
        title=printable(title) if title else None,
        first_words=first_words(source.get("body") or ""),
        timestamp=source["@timestamp"],
        timestamp_origin=source.get("timestamp_origin", "fetched"),
        source=" ".join(_several(source.get("sources"))),
        item=source.get("source_item"),
        url=source.get("url"),
        language=source.get("language"),
        **{name: _ranked(source.get(name), mentions) for name in _NAMES},
        countries=_several(source.get("countries")),
        numbers=tuple(_figure(number) for number in source.get("numbers") or ()),
        matched_numbers=tuple(_figure(inner["_source"]) for inners in found for inner in inners),
        story_id=source.get("story_id"),
        duplicate_of=source.get("duplicate_of"),
        marked_title=next((fragment(title) for title in highlight.get("title", ())), None),
        fragments=tuple(fragment(text) for text in highlight.get("body", ())),
    )


def _figure(number: Mapping[str, Any]) -> Figure:
    return Figure(**{name: number[name] for name in Figure.__slots__ if name in number})


def _ranked(names: list[str] | str | None, mentions: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(_several(names), key=lambda name: -mentions.get(name, 0)))


def _several(values: list[str] | str | None) -> tuple[str, ...]:
    """Read a field that holds nothing, one value or many."""
    return (values,) if isinstance(values, str) else tuple(values or ())


def first_words(body: str) -> str:
    """Return the beginning of a text on one line, which stands for a title where there is none."""
    line = printable(body[: 4 * _FIRST_WORDS])
    if len(line) <= _FIRST_WORDS:
        return line
    return line[:_FIRST_WORDS].rpartition(" ")[0] + "…"


def _steers(char: str) -> bool:
    """Escape sequences begin with a control character; bidirectional controls reorder a line."""
    return unicodedata.category(char) == "Cc" or unicodedata.bidirectional(char) in _REORDERING
