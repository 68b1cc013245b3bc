"""Our enrichment without any server, in one process.

`python -m tests.bench.alone everything|entities|model|numbers FILE`
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from schemas.enriched_article import Entity, Number
from schemas.raw_article import RawArticle, Source
from services.enricher.draft import Draft
from services.enricher.enrichments.entities import entities
from services.enricher.enrichments.numbers import numbers
from services.enricher.enrichments.text import text
from services.enricher.enrichments.zones import zones
from services.enricher.local import enricher
from services.enricher.recognition.model import load
from tests.bench.percore import Found, main


def only_model() -> Callable[[str], Found]:
    """What spaCy's `nlp.pipe` gives too, which gets many articles at a time."""
    recognise = load()
    return lambda text: [(one.start, one.end, one.label) for one in recognise([text])[0]]


def only_entities() -> Callable[[str], Found]:
    """The model, then our rules."""
    recognise = load()
    return lambda text: names(entities(draft(text), recognise))


def only_numbers() -> Callable[[str], Found]:
    """Our rules for numbers."""
    return lambda text: [(one.start, one.end, one.kind) for one in figures(text)]


def everything() -> Callable[[str], Found]:
    """All that the worker does with an article."""
    enrich = enricher()
    return lambda text: names(enrich(raw(text)).entities)


def figures(text: str) -> tuple[Number, ...]:
    """Find the numbers."""
    return numbers(draft(text))


def names(found: Iterable[Entity]) -> Found:
    """List the mentions."""
    return [(at.start, at.end, one.type) for one in found for at in one.mentions]


def draft(of: str) -> Draft:
    """Make an article ready for one enrichment."""
    article = raw(of)
    begun = Draft(raw=article, text=text(article))
    found = zones(begun)
    return replace(begun, title=found.title, body=found.body)


def raw(text: str) -> RawArticle:
    """Make an article of a text."""
    return RawArticle(
        article_id=UUID(int=0),
        version=1,
        source=Source(name="bench", item="alone"),
        fetched_at=datetime.now(UTC),
        content_type="text/plain",
        content_sha256=sha256(text.encode()).hexdigest(),
        text=text,
    )


PARTS = {
    "everything": everything,
    "entities": only_entities,
    "model": only_model,
    "numbers": only_numbers,
}


def each(find: Callable[[str], Found]) -> Callable[[Iterable[str]], Iterator[Found]]:
    """Do one text after the other."""
    return lambda texts: map(find, texts)


if __name__ == "__main__":
    main(each(PARTS[sys.argv.pop(1)]()))
