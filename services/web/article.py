"""One article as its page shows it: the marked text, and the facts beside it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from services.search.figures import readable
from services.search.results import printable
from services.web.facts import KINDS_OF_NAMES, figure, name_link, number_link, of_name, of_number
from services.web.marks import Piece, Span, pieces
from services.web.zones import rest

_FIELDS = [
    *("article_id", "version", "title", "text", "body", "@timestamp", "timestamp_origin"),
    *("sources", "source_item", "url", "authors", "language", "entities", "numbers"),
    *("story_id", "duplicate_of"),
]
_WEB_ADDRESS = re.compile(r"https?://[^\s/]", re.IGNORECASE)

Source = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of a mark when it is pointed at or focused."""

    kind: str
    """What it is marked as: name, number, or rest, which is no part of the article proper."""
    says: str = ""
    href: str = ""
    anchor: str | None = None
    """The name of the first mark of a fact."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A name or number of the article; `anchor` is its first mark, if there is one."""

    label: str
    says: str
    href: str
    anchor: str | None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Article:
    """Everything the page shows."""

    article_id: str
    title: str
    timestamp: str
    fetched: bool
    sources: tuple[str, ...]
    authors: tuple[str, ...]
    language: str | None
    url: str | None
    story: str | None
    """The address of its story's page."""
    original: str | None
    """The address of the article that it is a copy of."""
    pieces: tuple[Piece[Note], ...]
    names: Mapping[str, tuple[Fact, ...]]
    """By what the list is called, the most mentioned first."""
    numbers: tuple[Fact, ...]


def request(article_id: str) -> dict[str, Any]:
    """Ask for one article."""
    return {"query": {"ids": {"values": [article_id]}}, "size": 1, "_source": _FIELDS}


def article(answer: Mapping[str, Any]) -> Article | None:
    """Read the answer to `request`; None when there is no such article, or it was withdrawn."""
    hits = answer["hits"]["hits"]
    return _article(hits[0]["_source"]) if hits else None


def web_address(url: str | None) -> str | None:
    """Return the URL where a browser may be sent there: no other scheme than http and https."""
    return url if url and _WEB_ADDRESS.match(url) else None


def _article(source: Source) -> Article:
    entities, numbers = _parts(source, "entities"), _parts(source, "numbers")
    text = source.get("text") or source.get("body") or ""
    # Offsets count into `text`.
    spans = (
        [*_name_spans(entities), *_number_spans(numbers), *_rest_spans(source)]
        if source.get("text")
        else []
    )
    return Article(
        article_id=source["article_id"],
        title=printable(source.get("title") or source.get("source_item") or "Untitled"),
        timestamp=source["@timestamp"],
        fetched=source.get("timestamp_origin") == "fetched",
        sources=_texts(source.get("sources")),
        authors=_texts(source.get("authors")),
        language=source.get("language"),
        url=web_address(source.get("url")),
        story=_address("story", source.get("story_id")),
        original=_address("article", source.get("duplicate_of")),
        pieces=tuple(pieces(text, spans)),
        names=_names(entities),
        numbers=tuple(_number(number, at) for at, number in enumerate(numbers)),
    )


def _address(page: str, identity: str | None) -> str | None:
    return f"/{page}/{quote(identity, errors='replace')}" if identity else None


def _name_spans(entities: Iterable[Source]) -> Iterator[Span[Note]]:
    for at, entity in enumerate(entities):
        mentions = sorted(_parts(entity, "mentions"), key=lambda mention: mention["start"])
        for first, mention in zip((True, *[False] * len(mentions)), mentions, strict=False):
            note = Note("name", of_name(entity), name_link(entity), f"e{at}" if first else None)
            yield Span(mention["start"], mention["end"], note)


def _number_spans(numbers: Iterable[Source]) -> Iterator[Span[Note]]:
    for at, number in enumerate(numbers):
        if "start" in number and "end" in number:
            note = Note("number", of_number(number), number_link(number), f"n{at}")
            yield Span(number["start"], number["end"], note)


def _rest_spans(source: Source) -> Iterator[Span[Note]]:
    for start, end in rest(source["text"], source.get("title") or "", source.get("body") or ""):
        yield Span(start, end, Note("rest"))


def _names(entities: list[Source]) -> dict[str, tuple[Fact, ...]]:
    lists: dict[str, list[Fact]] = {heading: [] for _, heading in KINDS_OF_NAMES.values()}
    for at, entity in enumerate(entities):
        _, heading = KINDS_OF_NAMES.get(entity["type"], (None, "Other names"))
        anchor = f"e{at}" if entity.get("mentions") else None
        times = entity.get("mention_count", 1)
        name = printable(entity["name"])
        fact = Fact(name, of_name(entity), name_link(entity), anchor, times)
        lists.setdefault(heading, []).append(fact)
    return {
        heading: tuple(sorted(facts, key=lambda fact: -fact.times))
        for heading, facts in lists.items()
        if facts
    }


def _number(number: Source, at: int) -> Fact:
    anchor = f"n{at}" if "start" in number else None
    return Fact(readable(figure(number)), of_number(number), number_link(number), anchor)


def _parts(source: Source, field: str) -> list[Source]:
    """Read a field of parts, which Elasticsearch gives back as it got it: one or several."""
    parts = source.get(field) or []
    return [parts] if isinstance(parts, Mapping) else list(parts)


def _texts(values: list[str] | str | None) -> tuple[str, ...]:
    several = [values] if isinstance(values, str) else values or []
    return tuple(printable(value) for value in several)
