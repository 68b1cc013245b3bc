"""From the bytes of a source to the record on the raw topic."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schemas.event import ReducedDate
from schemas.headers import event_headers
from schemas.identity import article_id
from schemas.raw_article import ContentType, RawArticle, Source, Status, Version
from services.producer.sources import Form, Received, Refusal, too_large
from services.runtime.decoding import decoded
from services.runtime.record import Record

CONTENT_TYPES: dict[Form, ContentType] = {
    "text": "text/plain",
    "line": "text/plain",
    "html": "text/html",
}


class Line(BaseModel):
    """What a line of JSON may say about an article; other fields are ignored."""

    model_config = ConfigDict(frozen=True, strict=True)

    text: str
    url: Annotated[str, Field(min_length=1)] | None = None
    headline: str | None = None
    published_at: ReducedDate | None = None
    language: str | None = None
    authors: tuple[str, ...] | None = None
    version: Version | None = None
    status: Status | None = None
    item: Annotated[str, Field(min_length=1)] | None = None
    source: Annotated[str, Field(min_length=1)] | None = None
    content_type: ContentType | None = None


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds where the source does not say."""

    source: str | None = None
    """Else the host of the article's URL, else `files`."""
    version: int = 1
    round: int = 1
    """From the second round on, each article is another one: a copy of an article has no URL."""


def article(received: Received, defaults: Defaults, fetched_at: datetime) -> RawArticle | Refusal:
    """Read an article, its text exactly as received."""
    try:
        line = (
            Line.model_validate_json(received.content)
            if received.form == "line"
            else Line(text=decoded(received.content, html=received.form == "html"))
        )
        return _raw_article(line, received, defaults, fetched_at)
    except UnicodeDecodeError as error:
        return Refusal(received.origin, f"not UTF-8: {error.reason} at byte {error.start}")
    except ValidationError as error:
        return Refusal(received.origin, "; ".join(_problems(error)))
    except ValueError as error:
        return Refusal(received.origin, str(error))


def record(raw: RawArticle, origin: str, topic: str, limit: int, now: datetime) -> Record | Refusal:
    """Encode an article for the raw topic; refuse an empty one, and more than `limit` bytes."""
    if raw.status == "usable" and not raw.text.strip():
        return Refusal(origin, "the text is empty; to withdraw an article give status canceled")
    value = raw.to_json()
    if len(value) > limit:
        return too_large(f"{origin} ({raw.source.item})", len(value), limit)
    return Record(topic, str(raw.article_id).encode(), value, event_headers(raw, "raw", now))


class Repeats:
    """Finds items that name the same article in the same version."""

    def __init__(self) -> None:
        self._origins: dict[tuple[str, str, int], str] = {}

    def find(self, raw: RawArticle, origin: str) -> str | None:
        """Return the origin of an earlier equal item, if there is one, and remember this one."""
        keys = (
            ("item", f"{raw.source.name}\n{raw.source.item}", raw.version),
            ("id", str(raw.article_id), raw.version),
        )
        earlier = next((self._origins[key] for key in keys if key in self._origins), None)
        for key in keys:
            self._origins.setdefault(key, origin)
        return earlier


def _raw_article(
    line: Line, received: Received, defaults: Defaults, fetched_at: datetime
) -> RawArticle:
    first = defaults.round == 1
    host = urlsplit(line.url).hostname if line.url else None
    item = line.item or received.item
    source = Source(
        name=line.source or defaults.source or host or "files",
        item=item if first else f"{item}~{defaults.round}",
        url=line.url if first else None,
    )
    return RawArticle(
        article_id=article_id(source.name, source.item, source.url),
        version=line.version or defaults.version,
        status=line.status or "usable",
        source=source,
        fetched_at=fetched_at,
        content_type=line.content_type or CONTENT_TYPES[received.form],
        content_sha256=sha256(line.text.encode()).hexdigest(),
        authors=line.authors or (),
        text=line.text,
        headline=line.headline,
        published_at=line.published_at,
        language=line.language,
    )


def _problems(error: ValidationError) -> list[str]:
    details = error.errors(include_url=False, include_context=False, include_input=False)
    return [": ".join(filter(None, (".".join(map(str, e["loc"])), e["msg"]))) for e in details]
