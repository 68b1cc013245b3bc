import json
from hashlib import sha256

import pytest

from schemas.enriched_article import EnrichedArticle
from schemas.identity import article_id
from schemas.raw_article import Article, RawArticle
from services.accuracy.scoring import misplaced
from tests.unit.schemas.examples import ENRICHED, RAW

NAMES = sorted(path.stem for path in RAW.glob("*.json"))


def raw(name: str) -> RawArticle:
    return RawArticle.from_json((RAW / f"{name}.json").read_bytes())


def enriched(name: str) -> EnrichedArticle:
    return EnrichedArticle.from_json((ENRICHED / f"{name}.json").read_bytes())


def test_every_raw_example_has_its_enriched_one():
    assert sorted(path.stem for path in ENRICHED.glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_enriched_example_is_of_the_raw_one(name):
    identity = set(Article.model_fields)
    assert enriched(name).model_dump(include=identity) == raw(name).model_dump(include=identity)
    assert enriched(name).text == raw(name).text


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_what_its_identifiers_and_offsets_say(name):
    article = raw(name)
    source = article.source
    assert article.article_id == article_id(source.name, source.item, source.url)
    assert article.content_sha256 == sha256(article.text.encode()).hexdigest()
    assert misplaced(enriched(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_an_example_says_each_field_that_we_write(name):
    for folder, event in ((RAW, raw(name)), (ENRICHED, enriched(name))):
        assert json.loads((folder / f"{name}.json").read_bytes()) == json.loads(event.to_json())


def test_the_examples_show_the_cases_that_consumers_get_wrong():
    made = {name: enriched(name) for name in NAMES}
    retraction = made["retraction"]
    assert (retraction.status, retraction.version, retraction.entities) == ("canceled", 2, ())
    assert made["another_language"].enrichment.skipped != ()
    title = made["with_metadata"].title
    assert title is not None
    assert title.start is None
    assert made["seed"].body[0].start > 0
