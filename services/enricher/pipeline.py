"""From the bytes of raw articles to the records that go on: pure, whatever the bytes are.

Several articles go through the enrichments side by side, one enrichment after the other: the model
then multiplies larger matrices, and what an enrichment reads stays in the processor's caches. That
takes a fifth less time than one article after the other, and what comes out is the same.
"""

from collections.abc import Callable, Mapping, Sequence
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


Record = tuple[bytes | None, bytes | None, Headers]
"""A raw record's key, value and headers."""
Outcome = Enriched | Rejection
Enrich = Callable[[Sequence[RawArticle]], Sequence[EnrichedArticle]]


def process(records: Sequence[Record], enrich: Enrich, now: datetime) -> list[Outcome]:
    """Enrich raw records; what can never be enriched comes back as a rejection."""
    articles = [read(RawArticle, key, value) for key, value, _ in records]
    valid = [one for one in articles if isinstance(one, RawArticle)]
    enriched = iter(_enriched(valid, enrich))
    made = [next(enriched) if isinstance(one, RawArticle) else one for one in articles]
    return [
        one if isinstance(one, Rejection) else _event(one, headers, now)
        for one, (_, _, headers) in zip(made, records, strict=True)
    ]


def _enriched(articles: Sequence[RawArticle], enrich: Enrich) -> list[EnrichedArticle | Rejection]:
    try:
        return [*enrich(articles)]
    except Exception as error:  # noqa: BLE001 - a bug in a rule must cost one article, not the stream
        if len(articles) == 1:
            return [Rejection("enrichment_failed", type(error).__name__, str(error))]
    return [one for article in articles for one in _enriched([article], enrich)]


def _event(enriched: EnrichedArticle, headers: Headers, now: datetime) -> Outcome:
    payload = enriched.to_json()
    if len(payload) > ENRICHED.max_message_bytes - RECORD_OVERHEAD:
        size = f"{len(payload):,} bytes, the topic takes {ENRICHED.max_message_bytes:,}"
        return Rejection("too_large", "ValueError", size)
    ours = event_headers(enriched, "enriched", now, headers)
    return Enriched(str(enriched.article_id).encode(), payload, ours)


def enrich(
    articles: Sequence[RawArticle],
    enrichments: Mapping[str, Enrichment],
    model: str,
    enriched_at: datetime,
) -> list[EnrichedArticle]:
    """Run the enrichments over articles, in order; no article matters to another."""
    drafts = [begun(raw) for raw in articles]
    for field, function in enrichments.items():
        fit = [i for i, draft in enumerate(drafts) if not _reason_to_skip(field, draft)]
        for i, value in zip(fit, function([drafts[i] for i in fit]), strict=True):
            drafts[i] = replace(drafts[i], **{field: value})
    return [_finished(draft, enrichments, model, enriched_at) for draft in drafts]


def begun(raw: RawArticle) -> Draft:
    """Make an article ready for the enrichments."""
    draft = Draft(raw=raw, text=text(raw))
    found = zones(draft)
    draft = replace(draft, title=found.title, body=found.body)
    return replace(draft, words=draft.tokens())


def _finished(
    draft: Draft, enrichments: Mapping[str, Enrichment], model: str, enriched_at: datetime
) -> EnrichedArticle:
    """Cut what is beyond a limit: till now it was there for the enrichments that build on it."""
    skipped = []
    for field in enrichments:
        why = _reason_to_skip(field, draft)
        if not why:
            kept, why = within_limits(field, getattr(draft, field))
            draft = replace(draft, **{field: kept}) if why else draft
        if why:
            skipped.append(Skipped(enrichment=field, reason=why))
    how = HowEnriched(
        pipeline=PIPELINE, model=model, enriched_at=enriched_at, skipped=tuple(skipped)
    )
    return EnrichedArticle(**_identity(draft.raw), **_fields(draft), enrichment=how)


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
