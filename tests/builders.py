"""One valid event of each kind; a test varies what matters to it."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from schemas.enriched_article import (
    DateMention,
    EnrichedArticle,
    Enrichment,
    Entity,
    Language,
    Mention,
    Number,
    PublicationDate,
    Quote,
    Span,
    Title,
)
from schemas.identity import article_id
from schemas.raw_article import RawArticle, Source

FETCHED_AT = datetime(2024, 5, 4, 12, 0, tzinfo=UTC)
TITLE = "Kyiv receives air defence"
BODY = (
    "Jens Stoltenberg said on 3 May 2024 that Germany will send systems worth 2.4 billion euros. "
    '"It is time," Stoltenberg told reporters in Kyiv.'
)
TEXT = f"{TITLE}\n\n{BODY}"


def raw_article(**changes: Any) -> RawArticle:
    """Build a raw article; id and hash follow from `source` and `text` unless given."""
    source = changes.get("source", Source(name="builders", item="air-defence"))
    text = changes.get("text", TEXT)
    fields: dict[str, Any] = {
        "article_id": article_id(source.name, source.item, source.url),
        "version": 1,
        "source": source,
        "fetched_at": FETCHED_AT,
        "content_type": "text/plain",
        "content_sha256": sha256(text.encode(errors="replace")).hexdigest(),
        "text": text,
    }
    return RawArticle(**(fields | changes))


def enriched_article(**changes: Any) -> EnrichedArticle:
    """Build an enriched article whose evidence stands in `TEXT`."""
    raw = raw_article(**{name: changes[name] for name in ("source",) if name in changes})
    identity = raw.model_dump(
        include={"article_id", "version", "fetched_at", "content_type", "content_sha256"}
    )
    fields: dict[str, Any] = identity | {
        "source": raw.source,
        "text": TEXT,
        "title": Title(text=TITLE, start=0, end=len(TITLE)),
        "body": (Span(start=len(TITLE) + 2, end=len(TEXT)),),
        "language": Language(code="en", confidence=0.99),
        "published_at": PublicationDate(
            value="2024-05-03", precision="day", evidence="dateline", suspect=False
        ),
        "entities": (
            Entity(
                name="Jens Stoltenberg",
                type="PERSON",
                mentions=(found(Mention, "Jens Stoltenberg"),),
            ),
            Entity(name="Kyiv", type="GPE", mentions=(found(Mention, "Kyiv"),), country="UA"),
            Entity(name="Germany", type="GPE", mentions=(found(Mention, "Germany"),), country="DE"),
        ),
        "numbers": (
            found(Number, "2.4 billion euros", kind="money", value=2.4e9, unit="EUR", of="systems"),
        ),
        "dates": (found(DateMention, "3 May 2024", value="2024-05-03"),),
        "quotes": (found(Quote, "It is time,", speaker="Jens Stoltenberg"),),
        "signature": ("0a1b2c3d", "4e5f6071"),
        "enrichment": Enrichment(
            pipeline="1", model="en_core_web_sm-3.8.0", enriched_at=datetime(2024, 5, 4, tzinfo=UTC)
        ),
    }
    return EnrichedArticle(**(fields | changes))


def found(event_part: Any, evidence: str, /, **fields: Any) -> Any:
    """Build an `event_part` where `evidence` first stands in `TEXT`."""
    start = TEXT.index(evidence)
    return event_part(start=start, end=start + len(evidence), text=evidence, **fields)
