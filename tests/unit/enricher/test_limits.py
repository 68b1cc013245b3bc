from datetime import UTC, datetime

import pytest

from schemas.enriched_article import EnrichedArticle, Entity, Mention, Number
from services.enricher.draft import Draft
from services.enricher.enrichments import each, enrichments
from services.enricher.limits import LONGEST_NAME, MOST, MOST_MENTIONS, within_limits
from services.enricher.naming.spans import LabelledSpan
from services.enricher.pipeline import enrich
from tests.builders import raw_article

NOW = datetime(2024, 5, 3, 12, tzinfo=UTC)
LONG_WORD = "a" * 20_000


def enriched(text: str, *spans: LabelledSpan) -> EnrichedArticle:
    functions = enrichments(lambda zones: [spans] * len(zones))
    return enrich([raw_article(text=text)], functions, "no model", NOW)[0]


def skipped(article: EnrichedArticle) -> dict[str, str]:
    return {skip.enrichment: skip.reason for skip in article.enrichment.skipped}


def entity(name: str, *starts: int) -> Entity:
    found = (Mention(start=start, end=start + 1, text="x") for start in starts)
    return Entity(name=name, type="ORG", mentions=tuple(found))


def names(entities: tuple[Entity, ...]) -> list[str]:
    return [entity.name for entity in entities]


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("numbers", "They sold 12 cars. "),
        ("dates", "It was in 2019. "),
        ("quotes", "“We know all of that,” he said. "),
    ],
)
def test_of_more_parts_than_an_article_can_have_the_first_are_kept_and_it_says_so(field, sentence):
    most = MOST[field]
    article = enriched(sentence * (most + 500))
    places = [found.start // len(sentence) for found in getattr(article, field)]
    assert places == list(range(most))
    assert skipped(article) == {field: f"kept only the first {most:,} of {most + 500:,}"}


def test_the_mentions_that_come_first_are_kept_whoever_they_mention():
    often = entity("Often", *range(0, 2 * MOST_MENTIONS, 2))
    others = entity("Early", 1, 3 * MOST_MENTIONS), entity("Late", 3 * MOST_MENTIONS + 1)
    kept, why = within_limits("entities", (often, *others))
    assert names(kept) == ["Often", "Early"]
    assert [len(each.mentions) for each in kept] == [MOST_MENTIONS - 1, 1]
    assert why == "kept only the first 2 of 3, with 20,000 of 20,003 mentions"


def test_of_more_entities_than_an_article_can_have_the_first_are_kept():
    kept, why = within_limits("entities", tuple(entity(f"{n}", n) for n in range(4000)))
    assert names(kept) == [f"{n}" for n in range(MOST["entities"])]
    assert why == "kept only the first 3,000 of 4,000, with 3,000 of 4,000 mentions"


def test_what_is_cut_off_is_still_there_for_the_enrichments_that_build_on_it():
    most, seen = MOST["entities"], []

    def numbers(draft: Draft) -> tuple[Number, ...]:
        seen.extend(draft.entities)
        return ()

    known = tuple(entity(f"{n}", n) for n in range(most + 1))
    ways = {"entities": each(lambda _: known), "numbers": each(numbers)}
    [article] = enrich([raw_article()], ways, "model", NOW)
    assert len(article.entities) == most
    assert len(seen) == most + 1


def test_an_article_within_the_limits_skips_nothing():
    assert skipped(enriched("Jens Stoltenberg sent 12 tanks to Kyiv in May 2023.")) == {}


@pytest.mark.parametrize(
    "text",
    [
        f"The mayor had 8 {LONG_WORD}s. " + "He had 6. " * 500,
        f"Anna B{LONG_WORD} came, " + "35, 36, " * 500,
        f"“I know all that,” Anna B{LONG_WORD} said. " + "“I know all that,” he said. " * 500,
    ],
)
def test_no_phrase_is_so_long_that_repeating_it_makes_a_huge_event(text):
    """It made 40 MB of 40 kB."""
    span = LabelledSpan(text.find("Anna"), text.find("Anna") + len("Anna B" + LONG_WORD), "PERSON")
    spans = [span] if "Anna" in text else []
    assert len(enriched(text, *spans).to_json()) < 20 * len(text)


def test_what_is_too_long_for_a_name_is_none():
    text = "A" + "b" * LONGEST_NAME
    assert enriched(text, LabelledSpan(0, len(text), "ORG")).entities == ()
    assert enriched(text[:-1], LabelledSpan(0, len(text) - 1, "ORG")).entities[0].name == text[:-1]
