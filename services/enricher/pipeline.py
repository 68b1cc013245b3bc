"""From the bytes of a raw article to the record that goes on: pure, whatever the bytes are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from schemas.enriched_article import EnrichedArticle, Skipped
from schemas.enriched_article import Enrichment as HowEnriched
from schemas.headers import Headers, Rejection, event_headers
from schemas.raw_article import RawArticle
from schemas.reading import read
from schemas.topics import ENRICHED
from services.enricher.draft import Draft
from services.enricher.enrichments import ENGLISH_ONLY, Enrichment
from services.enricher.enrichments.text import text
from services.enricher.enrichments.zones import zones
from services.enricher.limits import within_limits

PIPELINE = "2"
"""The version of the enrichment rules; raised when the same text would come out otherwise."""

RECORD_OVERHEAD = 4096
"""Bytes that key, headers and framing add to a value, at most."""


@dataclass(frozen=True, slots=True)
class Enriched:
    """An event for the enriched topic."""

    key: bytes
    value: bytes
    headers: Headers


Outcome = Enriched | Rejection
Enrich = Callable[[RawArticle], EnrichedArticle]


def process(
    key: bytes | None, value: bytes | None, headers: Headers, enrich: Enrich, now: datetime
) -> Outcome:
    """Enrich one raw record; what can never be enriched comes back as a rejection."""
    article = read(RawArticle, key, value)
    if isinstance(article, Rejection):
        return article
    try:
        enriched = enrich(article)
    except Exception as error:  # noqa: BLE001 - a bug in a rule must cost one article, not the stream
        return Rejection("enrichment_failed", type(error).__name__, str(error))
    payload = enriched.to_json()
    if len(payload) > ENRICHED.max_message_bytes - RECORD_OVERHEAD:
        size = f"{len(payload):,} bytes, the topic takes {ENRICHED.max_message_bytes:,}"
        return Rejection("too_large", "ValueError", size)
    ours = event_headers(enriched, "enriched", now, headers)
    return Enriched(str(enriched.article_id).encode(), payload, ours)


def enrich(
    raw: RawArticle, enrichments: Mapping[str, Enrichment], model: str, enriched_at: datetime
) -> EnrichedArticle:
    """Run the enrichments over an article, in order."""
    draft = Draft(raw=raw, text=text(raw))
    found = zones(draft)
    draft = replace(draft, title=found.title, body=found.body)
    reasons: dict[str, str | None] = {}
    for field, function in enrichments.items():
        reasons[field] = _reason_to_skip(field, draft)
        if not reasons[field]:
            draft = replace(draft, **{field: function(draft)})
    # Cut at the end: what is beyond a limit is still there for the enrichments that build on it.
    for field in enrichments:
        if not reasons[field]:
            kept, reasons[field] = within_limits(field, getattr(draft, field))
            draft = replace(draft, **{field: kept}) if reasons[field] else draft
    skipped = [Skipped(enrichment=field, reason=why) for field, why in reasons.items() if why]
    how = HowEnriched(
        pipeline=PIPELINE, model=model, enriched_at=enriched_at, skipped=tuple(skipped)
    )
    return EnrichedArticle(**_identity(raw), **_fields(draft), enrichment=how)


def _reason_to_skip(field: str, draft: Draft) -> str | None:
    if draft.raw.status != "usable":
        return f"status {draft.raw.status}"
    if field in ENGLISH_ONLY and draft.language and draft.language.code != "en":
        return f"language {draft.language.code}"
    return None


_SHARED = EnrichedArticle.model_fields.keys() & RawArticle.model_fields.keys()
_IDENTITY = _SHARED - {"text", "published_at", "language"}


def _identity(raw: RawArticle) -> dict[str, Any]:
    return {name: getattr(raw, name) for name in _IDENTITY}


def _fields(draft: Draft) -> dict[str, Any]:
    names = ("text", "title", "body", "language", "published_at", "entities", "numbers")
    return {name: getattr(draft, name) for name in (*names, "dates", "quotes", "signature")}
