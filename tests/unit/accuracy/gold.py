"""A tiny annotated article, and what an enricher makes of it; a test varies what matters to it."""

import json
from pathlib import Path
from typing import Any

from schemas.enriched_article import (
    DateMention,
    Entity,
    Mention,
    Number,
    PublicationDate,
    Quote,
    Span,
    Title,
)
from schemas.raw_article import Source
from services.accuracy.annotations import GoldArticle
from tests import builders

TITLE = "Acme comes to Rome"
BODY = 'On 3 May 2024 Ann Lee sold 5 to 7 pumps for 2 million euros. "It was a pleasure," said Lee.'
TEXT = f"{TITLE}\n\n{BODY}\n"


def at(surface: str) -> dict[str, Any]:
    start = TEXT.index(surface)
    return {"start": start, "end": start + len(surface), "surface": surface}


def alt(surface: str, *kind: str) -> list[Any]:
    place = at(surface)
    return [place["start"], place["end"], *kind]


ANN = {**at("Ann Lee"), "type": "PERSON", "canonical": "Ann Lee"}
LAST = TEXT.rindex("Lee")
LEE = {"start": LAST, "end": LAST + 3, "surface": "Lee", "type": "PERSON", "canonical": "Ann Lee"}
ACME = {**at("Acme"), "type": "ORG", "canonical": "Acme"}
ROME = {**at("Rome"), "type": "GPE", "canonical": "Rome"}
PUMPS = {**at("5 to 7"), "kind": "count", "value": 5, "low": 5, "high": 7, "of": "pumps sold"}
PRICE = {**at("2 million euros"), "kind": "money", "value": 2e6, "unit": "EUR", "of": "price"}
DAY = {**at("3 May 2024"), "value": "2024-05-03"}
QUOTE = {**at("It was a pleasure,"), "speaker": "Ann Lee"}


def content(**changes: Any) -> dict[str, Any]:
    fields = {
        "id": "tiny",
        "text": TEXT,
        "title": TITLE,
        "body": [[len(TITLE) + 2, len(TEXT) - 1]],
        "pub_date": "2024-05-03",
        "entities": [ANN, LEE, ACME, ROME],
        "numbers": [PUMPS, PRICE],
        "dates": [DAY],
        "quotes": [QUOTE],
    }
    return fields | changes


def gold(**changes: Any) -> GoldArticle:
    return GoldArticle.model_validate(content(**changes))


def written(folder: Path, **changes: Any) -> Path:
    """Write a gold file into `folder`; a key that is None in `changes` is left out."""
    fields = {key: value for key, value in content(**changes).items() if value is not None}
    folder.mkdir(exist_ok=True)
    path = folder / f"{fields.get('id', 'tiny')}.json"
    path.write_text(json.dumps(fields), encoding="utf-8")
    return path


def part(event_part: type[Mention], surface: str, /, **fields: Any) -> Any:
    start = TEXT.index(surface)
    return event_part(start=start, end=start + len(surface), text=surface, **fields)


def entity(name: str, kind: Any, *surfaces: str) -> Entity:
    mentions = tuple(part(Mention, surface) for surface in surfaces)
    return Entity(name=name, type=kind, mentions=mentions)


LAST_LEE = Mention(start=LAST, end=LAST + 3, text="Lee")
ANN_FOUND = Entity(name="Ann Lee", type="PERSON", mentions=(part(Mention, "Ann Lee"), LAST_LEE))
ACME_FOUND = entity("Acme", "ORG", "Acme")
ROME_FOUND = entity("Rome", "GPE", "Rome")
PUMPS_FOUND = part(Number, "5 to 7", kind="count", value=5.0, low=5.0, high=7.0, of="pumps")
PRICE_FOUND = part(
    Number, "2 million euros", kind="money", value=2e6, unit="EUR", of="the price of pumps"
)


def made(**changes: Any) -> Any:
    fields = {
        "source": Source(name="test", item="tiny"),
        "text": TEXT,
        "title": Title(text=TITLE, start=0, end=len(TITLE)),
        "body": (Span(start=len(TITLE) + 2, end=len(TEXT)),),
        "published_at": PublicationDate(
            value="2024-05-03", precision="day", evidence="dateline", suspect=False
        ),
        "entities": (ANN_FOUND, ACME_FOUND, ROME_FOUND),
        "numbers": (PUMPS_FOUND, PRICE_FOUND),
        "dates": (part(DateMention, "3 May 2024", value="2024-05-03"),),
        "quotes": (part(Quote, "It was a pleasure,", speaker="ann lee"),),
    }
    return builders.enriched_article(**(fields | changes))
