"""The requests that Elasticsearch gets; no server is needed to read them."""

from collections.abc import Iterable
from typing import Any, Literal

from services.search.criteria import Circle, Criteria
from services.search.number_clauses import any_of, number_clause
from services.search.similar import Model, similar_clause
from services.search.words import Clause, words_clause

Sort = Literal["relevance", "date"]

FACETS = {
    "people": "people",
    "organizations": "organisations",
    "places": "places",
    "groups": "groups",
    "countries": "countries",
    "sources": "sources",
    "language": "languages",
    "number_kinds": "kinds of numbers",
    "money_currencies": "currencies",
}
"""The counted fields, in the order they are shown, and what to call them."""
FACET_SIZE = 10
NAMES_SIZE = 1000

# Noncharacters: they never stand in a text, as <em> or a private use character may.
MARK_START, MARK_END = "\ufdd0", "\ufdd1"


def request(  # noqa: PLR0913 - each is a word of the question
    criteria: Criteria,
    *,
    size: int,
    sort: Sort,
    facets: bool,
    seconds: float,
    like: Model | None = None,
) -> dict[str, Any]:
    """Write the search for the best `size` articles, with the counts of the facets if asked.

    `like` is an article that those found are to resemble.
    """
    words = [words_clause(criteria)] if criteria.words.strip() else []
    alike = [similar_clause(like)] if like else []
    body: dict[str, Any] = {
        "query": {"bool": {"must": words + alike, "filter": list(_filters(criteria))}},
        "size": size,
        "sort": _ORDERS[sort],
        "_source": _FIELDS,
        "track_total_hits": 10_000,
        "track_scores": True,
        "timeout": _server_timeout(seconds),
    }
    marked = words + [_phrase(name) for values in criteria.names.values() for name in values]
    if marked:
        body["highlight"] = _highlight(marked)
    if facets:
        body["aggs"] = _counts(FACETS, FACET_SIZE)
    return body


def names_request(fields: Iterable[str], seconds: float) -> dict[str, Any]:
    """Ask which names there are, the most frequent first, to say what a missed one may be."""
    return {"size": 0, "aggs": _counts(fields, NAMES_SIZE), "timeout": _server_timeout(seconds)}


_NEWEST: list[Clause] = [{"@timestamp": {"order": "desc"}}, {"article_id": {"order": "asc"}}]
_ORDERS: dict[Sort, list[Clause]] = {
    "relevance": [{"_score": {"order": "desc"}}, *_NEWEST],
    "date": _NEWEST,
}
_FIELDS = [
    "article_id",
    "version",
    "title",
    "body",
    "@timestamp",
    "timestamp_origin",
    "sources",
    "source_item",
    "url",
    "language",
    *("people", "organizations", "places", "groups", "countries"),
    "entities",
    "numbers",
    "story_id",
    "duplicate_of",
]


def _phrase(name: str) -> Clause:
    return {"multi_match": {"query": name, "type": "phrase", "fields": ["title", "body"]}}


def _filters(criteria: Criteria) -> Iterable[Clause]:
    for name_field, names in criteria.names.items():
        for name in names:
            yield _named(name_field, name)
    for position, numbers in enumerate(criteria.numbers):
        yield number_clause(numbers, name=f"numbers_{position}")
    bounds = {"gte": criteria.since, "lt": criteria.before}
    days = {edge: day.isoformat() for edge, day in bounds.items() if day}
    if days:
        yield {"range": {"@timestamp": days}}
    if criteria.story:
        yield {"term": {"story_id": criteria.story}}
    if criteria.near:
        yield _within(criteria.near)


def _within(near: Circle) -> Clause:
    point = {"lat": near.lat, "lon": near.lon}
    return {"geo_distance": {"distance": f"{near.km:g}km", "place_points": point}}


def _named(name_field: str, name: str) -> Clause:
    """Match a name in any case; the server folds ASCII letters only, so the rest is spelt out."""
    spellings = list(dict.fromkeys([name, name.lower(), name.upper(), name.title()]))
    if name.isascii():
        spellings = [name]
    terms = [
        {"term": {name_field: {"value": spelling, "case_insensitive": True}}}
        for spelling in spellings
    ]
    return terms[0] if len(terms) == 1 else any_of(terms)


def _highlight(marked: list[Clause]) -> Clause:
    return {
        "type": "unified",
        "pre_tags": [MARK_START],
        "post_tags": [MARK_END],
        "order": "score",
        "highlight_query": {"bool": {"should": marked}},
        "fields": {
            "title": {"number_of_fragments": 0},
            "body": {"number_of_fragments": 2, "fragment_size": 160},
        },
    }


def _server_timeout(seconds: float) -> str:
    """Have the server answer with what it has before the client gives up."""
    return f"{max(1, int(0.8 * seconds))}s"


def _counts(fields: Iterable[str], size: int) -> Clause:
    return {name: {"terms": {"field": name, "size": size}} for name in fields}
