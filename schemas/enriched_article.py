"""An article with its entities, numbers, dates and quotes: the value of `news-enriched`.

Every `start` and `end` is a code point index into `text`, and `text[start:end]` is the evidence.
"""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from schemas.event import Offset, ReducedDate, Value
from schemas.raw_article import Article

EntityType = Literal["PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "PRODUCT", "EVENT"]
NumberKind = Literal[
    "count",
    "money",
    "percent",
    "length",
    "mass",
    "area",
    "volume",
    "temperature",
    "speed",
    "energy",
    "power",
    "pressure",
    "data",
    "age",
    "duration",
    "ordinal",
    "ratio",
    "score",
    "magnitude",
    "coordinate",
    "calibre",
    "other",
]
Qualifier = Literal[
    "exact", "approximately", "at_least", "more_than", "at_most", "less_than", "up_to"
]
Precision = Literal["year", "month", "day", "minute", "second"]


class Span(Value):
    """A stretch of `text`."""

    start: Offset
    end: Offset


class Mention(Span):
    """A stretch of `text` and what stands there."""

    text: str


class Title(Value):
    """The headline; without offsets when it came from metadata and is not part of `text`."""

    text: str
    start: Offset | None = None
    end: Offset | None = None


class Language(Value):
    """What the article is written in."""

    code: Annotated[str, Field(description="ISO 639-1.")]
    confidence: Annotated[float, Field(ge=0, le=1)]


class PublicationDate(Value):
    """When the article was published, and how that is known."""

    value: ReducedDate
    precision: Precision
    evidence: Literal["metadata", "dateline", "url"]
    suspect: Annotated[bool, Field(description="Contradicted by the text, or not plausible.")]


class Location(Value):
    """WGS 84, in degrees."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]


class Entity(Value):
    """One thing the article names, with every place where it does."""

    name: Annotated[str, Field(min_length=1, description="The canonical name.")]
    type: EntityType
    mentions: Annotated[tuple[Mention, ...], Field(min_length=1)]
    country: Annotated[
        Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None,
        Field(description="ISO 3166-1 alpha-2, where certain."),
    ] = None
    location: Annotated[Location | None, Field(description="Where certain.")] = None


class Number(Mention):
    """One quantity. The span covers number, scale and unit, not the qualifier nor the noun."""

    kind: NumberKind
    value: Annotated[float, Field(description="Fully scaled; of a range, its low end.")]
    low: float | None = None
    high: float | None = None
    unit: Annotated[
        str | None,
        Field(description="ISO 4217 for money, % for percent, else a singular English name."),
    ] = None
    qualifier: Qualifier = "exact"
    of: Annotated[str | None, Field(description="What is counted or measured.")] = None


class DateMention(Mention):
    """A date expression; null where the article does not say which day is meant."""

    value: ReducedDate | None = None


class Quote(Mention):
    """A direct quotation, without its quotation marks."""

    speaker: Annotated[str | None, Field(description="A canonical name.")] = None


class Skipped(Value):
    """An enrichment that was not done, or not for all of the article."""

    enrichment: str
    reason: str


class Enrichment(Value):
    """How the enriched fields were made."""

    pipeline: Annotated[str, Field(description="The version of the enrichment rules.")]
    model: Annotated[str, Field(description="The entity model and its version.")]
    enriched_at: AwareDatetime
    skipped: tuple[Skipped, ...] = ()


class EnrichedArticle(Article):
    """One version of an article with what the enricher found in it."""

    text: Annotated[str, Field(description="As received, or extracted from HTML.")]
    title: Title | None
    body: Annotated[tuple[Span, ...], Field(description="The kept zones; the rest is boilerplate.")]
    language: Language | None
    published_at: PublicationDate | None
    entities: tuple[Entity, ...]
    numbers: tuple[Number, ...]
    dates: tuple[DateMention, ...]
    quotes: tuple[Quote, ...]
    signature: Annotated[tuple[str, ...], Field(description="MinHash bands over word shingles.")]
    enrichment: Enrichment
