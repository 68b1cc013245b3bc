"""Contract, documents and mapping hold the same fields: whoever forgets one is told here."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from schemas.enriched_article import EnrichedArticle, PublicationDate, Title
from services.indexer.documents import document
from services.indexer.limits import FULL_TEXT, MAX_TERM_BYTES
from services.provision.mappings import fields
from tests.unit.indexer.articles import NOW, maximal

MAPPINGS = Path(__file__).parents[3] / "deploy" / "elasticsearch" / "news-articles-mappings.json"
TEMPLATE = json.loads(MAPPINGS.read_text(encoding="utf-8"))["template"]
MAPPED = dict(fields(TEMPLATE["mappings"]))
MULTI_FIELDS = {path for path in MAPPED if path.endswith(".keyword")}
# Not by the article alone:
DECIDED_ELSEWHERE = {"story", "story_id", "duplicate_of", "duplicate_similarity"}
GEO_POINT = {"lat", "lon"}


def paths(value: object, path: str = "") -> Iterator[str]:
    """Yield the dotted path of each field in a document."""
    match value:
        case dict() if set(value) == GEO_POINT:
            return
        case dict():
            for name, part in value.items():
                yield path + name
                yield from paths(part, f"{path}{name}.")
        case list():
            for part in value:
                yield from paths(part, path)


def holes(value: object, model: type[BaseModel], path: str) -> Iterator[str]:
    """Yield each field of the contract that is null or empty in every one of `value`."""
    values = value if isinstance(value, tuple) else (value,)
    for name, field in model.model_fields.items():
        held = [getattr(one, name) for one in values if getattr(one, name) not in (None, ())]
        if not held:
            yield path + name
        for part in parts(field.annotation):
            yield from holes(flat(held), part, f"{path}{name}.")


def parts(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models inside a field's type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in {tuple, UnionType, Annotated}:
        for part in get_args(annotation):
            if part not in {Ellipsis, NoneType}:
                yield from parts(part)


def flat(values: list[Any]) -> tuple[Any, ...]:
    return tuple(p for value in values for p in (value if isinstance(value, tuple) else (value,)))


def everything() -> Mapping[str, object]:
    """Return the document of an article that fills every field, something cut included."""
    published = PublicationDate(
        value="2026-02-27T23:30Z", precision="minute", evidence="metadata", suspect=False
    )
    title = Title(text="x" * 40_000, start=0, end=1)
    return document(maximal(title=title, published_at=published), NOW)


def test_the_maximal_article_fills_every_field_of_the_contract() -> None:
    assert list(holes(maximal(), EnrichedArticle, "")) == []


def test_every_field_of_a_document_is_mapped() -> None:
    assert set(paths(everything())) <= set(MAPPED)


def test_every_mapped_field_is_filled() -> None:
    filled = set(paths(everything()))
    assert set(MAPPED) - MULTI_FIELDS - DECIDED_ELSEWHERE == filled


def test_only_what_is_split_into_words_may_be_longer_than_a_term() -> None:
    text = {path for path, field in MAPPED.items() if field["type"] == "text"}
    assert text >= FULL_TEXT
    assert not FULL_TEXT & {path.removesuffix(".keyword") for path in MULTI_FIELDS}


def test_no_keyword_is_left_out_silently() -> None:
    keywords = [field for field in MAPPED.values() if field["type"] == "keyword"]
    assert {field["ignore_above"] for field in keywords} == {MAX_TERM_BYTES}


def test_unknown_fields_are_refused_and_all_stay_far_under_the_limit() -> None:
    assert TEMPLATE["mappings"]["dynamic"] == "strict"
    assert len(MAPPED) < 200
