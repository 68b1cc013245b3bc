"""The gold annotations as values; tests/gold/GUIDE.md says what they mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.enriched_article import EntityType, NumberKind, Qualifier

Offsets = tuple[int, int]
Place = tuple[int, int, EntityType]
"""Start, end and type of a mention."""


class UnusableError(ValueError):
    """What has to be mended before anything can be measured, a line each."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class Annotation(BaseModel):
    """A stretch of the text; keys that only explain a decision are ignored."""

    model_config = ConfigDict(frozen=True)

    start: int
    end: int
    surface: str | None = None
    """What stands there, so that a slip of the offsets shows."""
    zone: Literal["title", "body", "boilerplate"] = "body"
    optional: bool = False

    @property
    def offsets(self) -> Offsets:
        """Where it stands."""
        return self.start, self.end

    @property
    def minable(self) -> bool:
        """Boilerplate is not mined, so what is annotated in it is not asked for."""
        return self.zone != "boilerplate"

    @property
    def others(self) -> tuple[Offsets, ...]:
        """Where it may stand as well."""
        return ()


class Named(Annotation):
    """An annotation that has to say what stands there."""

    surface: str


class GoldEntity(Named):
    """One mention, and the places and types that are equally right for it."""

    type: EntityType
    canonical: str
    alts: tuple[Place, ...] = ()

    @property
    def places(self) -> frozenset[Place]:
        """Where it may be found, as which type."""
        return frozenset({(self.start, self.end, self.type), *self.alts})

    @property
    def others(self) -> tuple[Offsets, ...]:
        """The alternatives without their types."""
        return tuple((start, end) for start, end, _ in self.alts)

    @property
    def name(self) -> tuple[str, str]:
        """What is compared of an article's names."""
        return self.type, self.canonical.casefold()


class GoldNumber(Named):
    """One quantity; a range has both `low` and `high`, and a vague one may have no value."""

    kind: NumberKind
    value: float | None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    of: str | None = None
    qualifier: Qualifier = "exact"
    alts: tuple[Offsets, ...] = ()

    @property
    def others(self) -> tuple[Offsets, ...]:
        """The alternatives."""
        return self.alts


class GoldDate(Named):
    """One date expression and its ISO value, if it can be told."""

    value: str | None


class GoldQuote(Annotation):
    """One direct quotation, inside its marks."""

    speaker: str | None


class GoldArticle(BaseModel):
    """One annotated article; a field that is None was not annotated and is not judged."""

    model_config = ConfigDict(frozen=True)

    item: str = Field(alias="id")
    text: str
    title: str | None
    body: tuple[Offsets, ...] | None = None
    published_at: str | None = Field(alias="pub_date")
    entities: tuple[GoldEntity, ...]
    numbers: tuple[GoldNumber, ...]
    dates: tuple[GoldDate, ...] | None = None
    quotes: tuple[GoldQuote, ...] | None = None

    def annotations(self) -> Iterator[tuple[str, tuple[Annotation, ...]]]:
        """Yield each list of annotations with its key."""
        yield "entities", self.entities
        yield "numbers", self.numbers
        yield "dates", self.dates or ()
        yield "quotes", self.quotes or ()


@dataclass(frozen=True, slots=True)
class GoldSet:
    """The articles of a folder, and the head of its column."""

    head: str
    articles: tuple[GoldArticle, ...]
