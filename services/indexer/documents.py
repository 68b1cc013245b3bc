"""An enriched article as Elasticsearch keeps it.

Kibana's charts cannot use nested fields, and flat fields cannot say that *this* amount is in *that*
currency: so both are written. The mapping is deploy/elasticsearch/news-articles-mappings.json.
"""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import orjson
from pydantic_core import to_json

from schemas.enriched_article import (
    EnrichedArticle,
    Enrichment,
    Quote,
)
from services.indexer.entities import entities
from services.indexer.limits import FITS, distinct, filled, within_limits
from services.indexer.numbers import numbers
from services.stories.about import About

EARLIEST_PUBLICATION = datetime(1990, 1, 1, tzinfo=UTC)
CLOCK_TOLERANCE = timedelta(hours=24)

Document = dict[str, object]


class Write(NamedTuple):
    """One document to write: its identity and its two NDJSON lines for the bulk API."""

    article_id: str
    version: int
    lines: bytes
    about: About | None = None
    """What its story is found by; None when stories are off."""


def write(article: EnrichedArticle, alias: str, indexed_at: datetime) -> Write:
    """Address the article's document: the alias must exist and an older version must not win."""
    identity = str(article.article_id)
    address = {
        "_index": alias,
        "_id": identity,
        "version": article.version,
        "version_type": "external_gte",
        "require_alias": True,
    }
    lines = b"%b\n%b\n" % (_json({"index": address}), encoded(article, indexed_at))
    return Write(identity, article.version, lines)


def encoded(article: EnrichedArticle, indexed_at: datetime) -> bytes:
    """Write the JSON of an article's document."""
    whole = _whole(article, indexed_at)
    line = _json(whole)
    return line if len(line) <= FITS else _json(within_limits(whole))


def _json(fields: Document) -> bytes:
    """Write JSON; offsets beyond 64 bits, which the contract allows, only pydantic's writer can."""
    try:
        return orjson.dumps(fields)
    except TypeError:
        return to_json(fields)


def document(article: EnrichedArticle, indexed_at: datetime) -> Document:
    """Build the whole document; of an article that is not usable only a stub that hides it.

    A stub keeps the version, so that a late older version cannot bring the article back, as it
    could after a delete.
    """
    return within_limits(_whole(article, indexed_at))


def _whole(article: EnrichedArticle, indexed_at: datetime) -> Document:
    """Build the document without what is empty, of whatever size it comes out."""
    timestamp, origin = _timestamp(article, indexed_at)
    stub = {
        "article_id": str(article.article_id),
        "version": article.version,
        "status": article.status,
        "sources": article.source.name,
        "@timestamp": timestamp,
    }
    if article.status != "usable":
        return filled(stub)
    return filled(
        {
            **stub,
            "timestamp_origin": origin,
            "indexed_at": _utc(indexed_at),
            "seconds_to_searchable": (indexed_at - article.fetched_at).total_seconds(),
            **_delay(timestamp, origin, indexed_at),
            **_provenance(article),
            **_full_text(article),
            **entities(article.entities),
            **numbers(article.numbers),
            **_quotes(article.quotes),
            "dates": distinct([_date(date.value) for date in article.dates if date.value]),
            "signature": article.signature,
        }
    )


def _provenance(article: EnrichedArticle) -> Document:
    published = article.published_at
    return {
        "source_item": article.source.item,
        "url": article.source.url,
        "authors": article.authors,
        "content_sha256": article.content_sha256,
        "content_type": article.content_type,
        "published_at": _date(published.value) if published else None,
        "published_precision": published.precision if published else None,
        "published_evidence": published.evidence if published else None,
        "published_suspect": published.suspect if published else None,
        "fetched_at": _utc(article.fetched_at),
        "enriched_at": _utc(article.enrichment.enriched_at),
        "enrichment": _enrichment(article.enrichment),
    }


def _enrichment(enrichment: Enrichment) -> Document:
    made: Document = {"pipeline": enrichment.pipeline, "model": enrichment.model}
    if enrichment.skipped:
        made["skipped"] = [f"{skip.enrichment}: {skip.reason}" for skip in enrichment.skipped]
    return made


def _full_text(article: EnrichedArticle) -> Document:
    body = "\n\n".join(article.text[zone.start : zone.end] for zone in article.body)
    return {
        "title": article.title.text if article.title else None,
        "body": body,
        "text": article.text,
        "language": article.language.code if article.language else None,
        "language_confidence": article.language.confidence if article.language else None,
        "word_count": len(body.split()),
    }


def _quotes(quotes: tuple[Quote, ...]) -> Document:
    return {
        "speakers": distinct([quote.speaker for quote in quotes]),
        "quote_count": len(quotes),
        "quotes": [filled({"text": one.text, "speaker": one.speaker}) for one in quotes],
    }


def _timestamp(article: EnrichedArticle, now: datetime) -> tuple[str, str]:
    """Choose the publication date where it is known and sane, else the time of the fetch."""
    published = article.published_at
    if published and not published.suspect:
        value = _date(published.value)
        if EARLIEST_PUBLICATION <= _earliest(value) <= now + CLOCK_TOLERANCE:
            return value, "published"
    return _utc(article.fetched_at), "fetched"


def _delay(timestamp: str, origin: str, indexed_at: datetime) -> Document:
    """Take the seconds since publication, where its time of day is known and not still to come."""
    if origin != "published" or "T" not in timestamp:
        return {}
    delay = (indexed_at - _earliest(timestamp)).total_seconds()
    return {"seconds_since_published": delay} if delay >= 0 else {}


def day(article: EnrichedArticle, now: datetime) -> date:
    """Return the first day of the document's timestamp."""
    return _earliest(_timestamp(article, now)[0]).date()


def _date(value: str) -> str:
    """Write a reduced date so that Elasticsearch reads it: it refuses offsets over 18 hours."""
    if len(value) <= len("2019-01-30"):
        return value
    moment = datetime.fromisoformat(value)
    return _utc(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _earliest(value: str) -> datetime:
    """Return the first moment of a date that `_date` wrote."""
    moment = datetime.fromisoformat(value + "-01-01"[len(value) - len("2019") :])
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _utc(moment: datetime) -> str:
    try:
        return moment.astimezone(UTC).isoformat()
    except OverflowError:  # within a day of the years 1 and 9999 the zone can lead out of them
        return moment.date().isoformat()
