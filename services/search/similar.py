"""What an article that resembles another has: rare words, names, or the same wording."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Clause = dict[str, Any]

NAMED = ("people", "organizations", "places", "events", "facilities")
FIELDS = ("article_id", "title", "body", "signature", *NAMED)

_MOST_CHARACTERS = 20_000
_MOST_NAMES = 20


@dataclass(frozen=True, slots=True)
class Model:
    """The article that others are to resemble."""

    article_id: str
    title: str
    body: str
    signature: tuple[str, ...]
    """Bands of its wording: a copy shares some."""
    names: Mapping[str, tuple[str, ...]]
    """By facet field."""


def model_request(article_id: str) -> dict[str, Any]:
    """Ask for the article that others are to resemble."""
    named = [{"ids": {"values": [article_id]}}, {"term": {"status": "usable"}}]
    return {"query": {"bool": {"filter": named}}, "_source": list(FIELDS), "size": 1}


def model(answer: Mapping[str, Any]) -> Model | None:
    """Read the answer to `model_request`; None if there is no such article."""
    for hit in answer["hits"]["hits"]:
        source = hit["_source"]
        return Model(
            article_id=hit["_id"],
            title=source.get("title") or "",
            body=source.get("body") or "",
            signature=_several(source.get("signature")),
            names={field: _several(source.get(field))[:_MOST_NAMES] for field in NAMED},
        )
    return None


def similar_clause(like: Model) -> Clause:
    """Match what shares its telling words or its wording; names in common rank it higher."""
    text = f"{like.title}\n{like.body[:_MOST_CHARACTERS]}"
    words: Clause = {
        "more_like_this": {
            "fields": ["title", "body"],
            "like": [text],
            "min_term_freq": 1,
            "min_doc_freq": 2,
            "max_query_terms": 25,
            "minimum_should_match": "30%",
        }
    }
    copies = (
        [{"terms": {"signature": list(like.signature), "boost": 100}}] if like.signature else []
    )
    return {
        "bool": {
            "must": {"bool": {"should": [words, *copies], "minimum_should_match": 1}},
            "should": [
                _named(field, name) for field, names in like.names.items() for name in names
            ],
            "must_not": {"ids": {"values": [like.article_id]}},
        }
    }


def _named(field: str, name: str) -> Clause:
    return {"term": {field: {"value": name}}}


def _several(values: list[str] | str | None) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else tuple(values or ())
