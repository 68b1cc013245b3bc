"""The memory of stories in Elasticsearch: requests and what their answers say.

One small document an article, in an index of its own: the article's document is only ever written
as a whole, under the article's version.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pydantic_core import to_json

from services.stories.about import About
from services.stories.deciding import COPY_BANDS, THRESHOLD, WINDOW, Known, Place

CANDIDATES = 15
"""Of an article, at most: those that share most."""
LEAST_SHARED = 0.99 * THRESHOLD**2
"""Squares of the weights of shared terms, added up, of which articles can be alike.

A cosine is at most the length of what is shared, since the other article has a length of 1; a
hundredth is left to rounding. Two in three candidates that share some words are below it.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the memory holds of an article, and the mark of that state for a safe overwrite."""

    known: Known
    seq_no: int
    primary_term: int


def entry(found: Mapping[str, Any]) -> Entry | None:
    """Read a document of an mget; None when there is none. Raises `KeyError` for an error."""
    if not found.get("found", "error" in found):
        return None
    return Entry(known(found["_source"]), found["_seq_no"], found["_primary_term"])


def known(source: Mapping[str, Any]) -> Known:
    """Read a document's source."""
    about = About(
        source["article_id"],
        source["version"],
        date.fromisoformat(source["day"]),
        source["usable"],
        _weights(source.get("terms") or (), source.get("weights") or ()),
        tuple(source.get("signature") or ()),
    )
    story = source.get("story_id")
    if story is None:
        return Known(about)
    copied, similarity = source.get("duplicate_of"), source.get("duplicate_similarity")
    also, named = tuple(source.get("also") or ()), source.get("story")
    return Known(about, Place(story, also, copied, similarity, named))


def _weights(
    terms: Sequence[str], weights: Sequence[float] | Mapping[str, float]
) -> Mapping[str, float]:
    """Pair terms and weights; an entry of an earlier release has them by name."""
    if isinstance(weights, Mapping):
        return weights
    return dict(zip(terms, weights, strict=True))


def write(index: str, one: Known, before: Entry | None) -> bytes:
    """Write the two lines of a bulk request; they are refused when somebody was there before."""
    address: dict[str, object] = {"_index": index, "_id": one.about.article_id}
    if before:
        address |= {"if_seq_no": before.seq_no, "if_primary_term": before.primary_term}
    action = {"index" if before else "create": address}
    return to_json(action) + b"\n" + to_json(_source(one)) + b"\n"


def _source(one: Known) -> dict[str, object]:
    about, place = one.about, one.place
    source: dict[str, object] = {
        "article_id": about.article_id,
        "version": about.version,
        "day": about.day.isoformat(),
        "usable": about.usable,
        "terms": list(about.weights),
        "weights": list(about.weights.values()),
        "signature": about.signature,
    }
    if place:
        source |= {
            "story_id": place.story_id,
            "also": place.also,
            "duplicate_of": place.duplicate_of,
            "duplicate_similarity": place.similarity,
            "story": place.story,
        }
    return source


def question(about: About) -> bytes:
    """Ask for the articles that may belong to the same story or be copies."""
    body = {
        "size": CANDIDATES,
        "track_total_hits": False,
        "min_score": LEAST_SHARED,
        "query": {
            "bool": {
                "filter": [{"term": {"usable": True}}],
                "must_not": [{"term": {"article_id": about.article_id}}],
                "should": [_alike(about), _copies(about.signature)],
                "minimum_should_match": 1,
            }
        },
    }
    return to_json(body)


def _alike(about: About) -> dict[str, Any]:
    """Match what shares words and is near in time; what shares the weightiest scores most."""
    near = timedelta(days=WINDOW)
    first, last = about.day.toordinal() - WINDOW, about.day.toordinal() + WINDOW
    days = {
        "gte": (about.day - near).isoformat() if first > 0 else None,
        "lte": (about.day + near).isoformat() if last <= date.max.toordinal() else None,
    }
    words = [_scored("terms", term, weight**2) for term, weight in about.weights.items()]
    near_enough = {"range": {"day": {edge: day for edge, day in days.items() if day}}}
    return {"bool": {"filter": [near_enough], "should": words, "minimum_should_match": 1}}


def _copies(signature: Sequence[str]) -> dict[str, Any]:
    """Match what shares bands enough: before all that shares words, whose scores are at most 1."""
    bands = [_scored("signature", band, 1) for band in signature]
    return {"bool": {"should": bands, "minimum_should_match": COPY_BANDS}}


def _scored(field: str, value: str, score: float) -> dict[str, Any]:
    return {"constant_score": {"filter": {"term": {field: value}}, "boost": score}}


def candidates(answer: Mapping[str, Any]) -> list[Known] | None:
    """Read one answer of an msearch; None when it is none, or only a part of one."""
    if answer.get("status", 200) != 200 or answer.get("timed_out"):
        return None
    if answer["_shards"]["failed"]:
        return None
    return [known(hit["_source"]) for hit in answer.get("hits", {}).get("hits", ())]
