"""Example articles for the indexer's tests."""

from datetime import UTC, datetime
from uuid import UUID

from schemas.enriched_article import (
    DateMention,
    EnrichedArticle,
    Enrichment,
    Entity,
    Language,
    Location,
    Mention,
    Number,
    PublicationDate,
    Quote,
    Skipped,
    Span,
    Title,
)
from schemas.raw_article import Source
from services.indexer.numbers import CURRENCIES

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ARTICLE_ID = UUID("00000000-0000-5000-8000-000000000001")
TEXT = "Grants in Kyiv\n\nEDF paid 2 to 3 billion euros.\nSUBSCRIBE\n40 civilians, he said."


def maximal(**changes: object) -> EnrichedArticle:
    """Return an article that fills every field the contract has."""
    fields = {
        "article_id": ARTICLE_ID,
        "version": 3,
        "source": Source(name="wire", item="a/1", url="https://news.example/1"),
        "fetched_at": datetime(2026, 2, 28, tzinfo=UTC),
        "content_type": "text/plain",
        "content_sha256": "0" * 64,
        "authors": ("A. Writer",),
        "text": TEXT,
        "title": Title(text="Grants in Kyiv", start=0, end=14),
        "body": (Span(start=16, end=46), Span(start=57, end=79)),
        "language": Language(code="en", confidence=0.99),
        "published_at": PublicationDate(
            value="2026-02-27", precision="day", evidence="dateline", suspect=False
        ),
        "entities": (
            entity("Kyiv", "GPE", country="UA", location=Location(lat=50.45, lon=30.52)),
            entity("Donbas", "LOC"),
            entity("EDF", "ORG"),
            entity("Olena Hart", "PERSON"),
            entity("Ukrainians", "NORP"),
            entity("Antonivsky Bridge", "FAC"),
            entity("Leopard 2", "PRODUCT"),
            entity("Expo 2030", "EVENT"),
        ),
        "numbers": (
            number("money", 2e9, low=2e9, high=3e9, unit="EUR", of="grants"),
            number("count", 40.0, of="civilians"),
            number("percent", 12.5, unit="%"),
            number("count", 39.0, of="people killed"),
            number("count", 7.0, of="wounded"),
            *(number("money", 5.0, unit=code) for code in CURRENCIES),
        ),
        "dates": (
            DateMention(start=0, end=4, text="2024", value="2024"),
            DateMention(start=0, end=6, text="Monday", value=None),
        ),
        "quotes": (Quote(start=0, end=3, text="We held.", speaker="Olena Hart"),),
        "signature": ("1:ab", "2:cd"),
        "enrichment": Enrichment(
            pipeline="1",
            model="small-1",
            enriched_at=datetime(2026, 3, 1, tzinfo=UTC),
            skipped=(Skipped(enrichment="quotes", reason="language de"),),
        ),
    }
    return EnrichedArticle.model_validate(fields | changes)


def entity(name: str, kind: str, **more: object) -> Entity:
    mention = Mention(start=10, end=10 + len(name), text=name)
    return Entity.model_validate({"name": name, "type": kind, "mentions": (mention,)} | more)


def number(kind: str, value: float, **more: object) -> Number:
    fields = {"start": 25, "end": 30, "text": "2 to 3", "kind": kind, "value": value}
    return Number.model_validate(fields | more)
