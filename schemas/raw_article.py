"""An article as a source delivered it: the value of `news-raw`."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from schemas.event import Event, ReducedDate, Value

# Elasticsearch keeps an external version in a signed 64-bit integer.
Version = Annotated[int, Field(ge=1, le=2**63 - 1)]
Status = Literal["usable", "withheld", "canceled"]
ContentType = Literal["text/plain", "text/html"]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
# Only what a browser may open: a display makes a link of it. No flag (?i): JSON Schema has none.
Url = Annotated[
    str, StringConstraints(pattern=r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/]\S*$", max_length=4000)
]
Author = Annotated[str, StringConstraints(max_length=300)]


class Source(Value):
    """Where an article came from."""

    name: Annotated[
        str, Field(min_length=1, max_length=300, description="The feed, site or folder.")
    ]
    item: Annotated[
        str,
        Field(min_length=1, max_length=4000, description="The article's name within the source."),
    ]
    url: Url | None = None


class Article(Event):
    """What identifies an article, the same on the raw and on the enriched topic."""

    schema_version: Literal[1] = 1
    article_id: Annotated[UUID, Field(description="UUIDv5, see schemas/identity.py.")]
    version: Annotated[Version, Field(description="Raised by a correction, never by the clock.")]
    status: Annotated[Status, Field(description="As in IPTC ninjs; canceled is a retraction.")] = (
        "usable"
    )
    source: Source
    fetched_at: AwareDatetime
    content_type: ContentType
    content_sha256: Annotated[Sha256, Field(description="Of the raw text as UTF-8.")]
    authors: Annotated[tuple[Author, ...], Field(max_length=100)] = ()


class RawArticle(Article):
    """One version of an article, exactly as received."""

    text: Annotated[str, Field(description="Exactly as received: text or HTML source.")]
    headline: Annotated[str | None, Field(max_length=2000)] = None
    published_at: ReducedDate | None = None
    language: Annotated[
        str | None, Field(max_length=100, description="BCP 47, where the source says it.")
    ] = None
