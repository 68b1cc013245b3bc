"""Drafts of which a test states only what matters to it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, get_args

from schemas.enriched_article import (
    Entity,
    EntityType,
    Mention,
    PublicationDate,
    Span,
)
from schemas.raw_article import RawArticle
from services.enricher.draft import Draft
from tests import builders


def raw_article(text: str, **changes: Any) -> RawArticle:
    """Build an article of a text, fetched in 2026, as dates are read from the time of the fetch."""
    fields = {"text": text, "fetched_at": datetime(2026, 1, 1, tzinfo=UTC)}
    return builders.raw_article(**(fields | changes))


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
