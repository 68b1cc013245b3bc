"""Drafts of which a test states only what matters to it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, get_args

from schemas.enriched_article import (
    Entity,
    EntityType,
    Mention,
    PublicationDate,
    Span,
)
from schemas.identity import article_id
from schemas.raw_article import RawArticle, Source
from services.enricher.draft import Draft


def raw_article(text: str, **changes: Any) -> RawArticle:
    """Build a plain article called `item` of the source `test`, fetched in 2026."""
    fields: dict[str, Any] = {
        "article_id": article_id("test", "item"),
        "version": 1,
        "source": Source(name="test", item="item"),
        "fetched_at": datetime(2026, 1, 1, tzinfo=UTC),
        "content_type": "text/plain",
        "content_sha256": sha256(text.encode(errors="replace")).hexdigest(),
        "text": text,
    }
    return RawArticle(**(fields | changes))


def draft(text: str, **changes: Any) -> Draft:
    """Build a draft whose whole text is body."""
    whole = (Span(start=0, end=len(text)),) if text else ()
    return replace(Draft(raw=raw_article(text), text=text, body=whole), **changes)


def published(value: str) -> PublicationDate:
    """State a publication date from metadata."""
    return PublicationDate(value=value, precision="day", evidence="metadata", suspect=False)


def entities(
    text: str, names: Mapping[str, tuple[EntityType, Sequence[str]]]
) -> tuple[Entity, ...]:
    """Build an entity for each name, mentioned wherever one of its surfaces stands."""
    return tuple(
        Entity(name=name, type=kind, mentions=mentions)
        for name, (kind, surfaces) in names.items()
        if (mentions := tuple(_mentions(text, surfaces))) and kind in get_args(EntityType)
    )


def _mentions(text: str, surfaces: Sequence[str]) -> list[Mention]:
    found: dict[int, Mention] = {}
    for surface in sorted(surfaces, key=len):
        start = text.find(surface)
        while start >= 0:
            found[start] = Mention(start=start, end=start + len(surface), text=surface)
            start = text.find(surface, start + len(surface))
    return [found[start] for start in sorted(found)]
