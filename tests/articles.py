"""An article that meets every criterion of a search, and what to change so that it does not."""

from types import SimpleNamespace

from schemas.enriched_article import (
    Entity,
    Language,
    Location,
    Mention,
    Number,
    PublicationDate,
    Span,
    Title,
)
from schemas.raw_article import Source
from tests.builders import enriched_article

TITLE = "Allies meet"
BODY = "The allies send air defences to the city. <b>Bold</b> and [red]bracketed[/red]."
NAMES = {
    "PERSON": "Jens Stoltenberg",
    "ORG": "NATO",
    "GPE": "Kyiv",
    "NORP": "Ukrainian",
}
MONEY = {"kind": "money", "value": 2.4e9, "unit": "EUR", "of": "systems"}
KILLED = {"kind": "count", "value": 136.0, "of": "soldiers killed"}
PERCENT = {"kind": "percent", "value": 12.0, "unit": "%"}


LEAST = {
    "source": "reuters",
    "title": TITLE,
    "body": BODY,
    "names": {},
    "country": "UA",
    "location": Location(lat=50.45, lon=30.52),
    "language": "en",
    "money": (MONEY,),
    "counts": (KILLED,),
    "others": (PERCENT,),
    "published": "2023-06-15",
    "status": "usable",
}


def article(item, **changes):
    """Build an article that meets every criterion below, but for `changes`."""
    made = SimpleNamespace(**(LEAST | changes))
    text = f"{made.title}\n{made.body}"
    return enriched_article(
        source=Source(name=made.source, item=item),
        status=made.status,
        text=text,
        title=Title(text=made.title, start=0, end=len(made.title)),
        body=(Span(start=len(made.title) + 1, end=len(text)),),
        language=Language(code=made.language, confidence=1.0),
        published_at=PublicationDate(
            value=made.published, precision="day", evidence="metadata", suspect=False
        ),
        entities=tuple(
            Entity(
                name=name,
                type=kind,
                country=made.country if kind == "GPE" else None,
                location=made.location if kind == "GPE" else None,
                mentions=(Mention(start=0, end=1, text=text[:1]),),
            )
            for kind, name in (NAMES | made.names).items()
        ),
        numbers=tuple(
            Number(start=0, end=1, text=text[:1], **fields)
            for fields in (*made.money, *made.counts, *made.others)
        ),
    )
