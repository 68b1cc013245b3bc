"""The gold annotations as values; GUIDE.md beside this file says what they mean."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from schemas.enriched_article import EntityType, NumberKind, Qualifier

Offsets = tuple[int, int]
Place = tuple[int, int, str]
"""Start, end and type of a mention."""


class Annotation(BaseModel):
    """A stretch of the text; keys that only explain a decision are ignored."""

    model_config = ConfigDict(frozen=True)

    start: int
    end: int
    zone: Literal["title", "body", "boilerplate"] = "body"
    optional: bool = False

    @property
    def offsets(self) -> Offsets:
        return self.start, self.end

    @property
    def minable(self) -> bool:
        """Boilerplate is not mined, so what is annotated in it is not asked for."""
        return self.zone != "boilerplate"


class GoldEntity(Annotation):
    """One mention, and the places and types that are equally right for it."""

    surface: str
    type: EntityType
    canonical: str
    alts: tuple[Place, ...] = ()

    @property
    def places(self) -> frozenset[Place]:
        return frozenset({(self.start, self.end, self.type), *self.alts})

    @property
    def name(self) -> tuple[str, str]:
        return self.type, self.canonical.casefold()


class GoldNumber(Annotation):
    """One quantity; a range has both `low` and `high`, and a vague one may have no value."""

    surface: str
    kind: NumberKind
    value: float | None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    of: str | None = None
    qualifier: Qualifier = "exact"
    alts: tuple[Offsets, ...] = ()


class GoldDate(Annotation):
    """One date expression and its ISO value, if it can be told."""

    surface: str
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

    @classmethod
    def from_file(cls, path: Path) -> Self:
        return cls.model_validate_json(path.read_bytes())


def gold_articles(folder: Path) -> list[GoldArticle]:
    """Read the annotations of a folder; raises `FileNotFoundError` where there are none."""
    articles = [GoldArticle.from_file(path) for path in sorted(folder.glob("*.json"))]
    if not articles:
        raise FileNotFoundError(f"no gold files in {folder}")
    return articles
