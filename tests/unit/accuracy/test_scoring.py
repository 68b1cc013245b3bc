from typing import Any

import pytest

from schemas.enriched_article import DateMention, Entity, Mention, Number, Quote, Span, Title
from services.accuracy.annotations import GoldSet
from services.accuracy.figures import Figure, Scores
from services.accuracy.scoring import measured, score
from tests.unit.accuracy.gold import (
    ACME,
    ACME_FOUND,
    ANN_FOUND,
    DAY,
    PRICE,
    PRICE_FOUND,
    PUMPS,
    PUMPS_FOUND,
    ROME,
    ROME_FOUND,
    TEXT,
    TITLE,
    alt,
    at,
    entity,
    gold,
    made,
    part,
)

EXACT = Figure(right=1, wrong=0, missed=0)


def scored(gold_changes: dict[str, Any], made_changes: dict[str, Any]) -> dict[str, Figure]:
    return score([gold(**gold_changes)], [made(**made_changes)]).figures


def test_an_article_enriched_as_annotated_has_every_figure_right():
    figures = scored({}, {})
    assert figures.pop("published.wrong").share == 0
    assert {name: figure.share for name, figure in figures.items() if figure.share < 1} == {}
    assert {name: figure.f1 for name, figure in figures.items() if figure.missed} == {}
    assert {"mention", "span", "name", "number", "value", "kind", "qualifier", "of"} < set(figures)
    assert {"date", "published", "title", "body", "quote", "speaker"} < set(figures)


def test_a_missed_entity_lowers_recall_and_leaves_precision():
    figures = scored({}, {"entities": (ANN_FOUND, ACME_FOUND)})
    assert figures["mention"] == Figure(right=3, wrong=0, missed=1)
    assert (figures["mention"].precision, figures["mention"].recall) == (1, 3 / 4)
    assert figures["mention"].f1 == pytest.approx(6 / 7)
    assert figures["mention.GPE"] == Figure(right=0, wrong=0, missed=1)
    assert figures["name"] == Figure(right=2, wrong=0, missed=1)


def test_a_wrong_type_is_wrong_and_missed_as_a_mention_and_right_as_a_span():
    figures = scored({}, {"entities": (ANN_FOUND, ACME_FOUND, entity("Rome", "ORG", "Rome"))})
    assert figures["mention"] == Figure(right=3, wrong=1, missed=1)
    assert figures["mention.ORG"] == Figure(right=1, wrong=1, missed=0)
    assert figures["mention.GPE"] == Figure(right=0, wrong=0, missed=1)
    assert figures["span"] == Figure(right=4, wrong=0, missed=0)


@pytest.mark.parametrize("found", [(), (ROME_FOUND,), (entity("To Rome", "LOC", "to Rome"),)])
def test_an_optional_mention_is_neither_asked_for_nor_held_against(found):
    rome = ROME | {"optional": True}
    figures = scored({"entities": [ACME, rome]}, {"entities": (ACME_FOUND, *found)})
    assert figures["mention"] == figures["span"] == EXACT


@pytest.mark.parametrize(("surface", "kind"), [("to Rome", "GPE"), ("Rome", "LOC")])
def test_an_alternative_is_as_right_as_the_annotation_and_only_once(surface, kind):
    rome = ROME | {"alts": [alt("to Rome", "GPE"), alt("Rome", "LOC")]}
    figures = scored({"entities": [rome]}, {"entities": (entity("Rome", kind, surface),)})
    assert figures["mention"] == EXACT
    both = (entity("Rome", kind, surface), ROME_FOUND)
    assert scored({"entities": [rome]}, {"entities": both})["mention"].wrong == 1


def test_a_mention_in_boilerplate_is_wrong_to_find():
    rome = ROME | {"zone": "boilerplate"}
    assert scored({"entities": [rome]}, {"entities": (ROME_FOUND,)})["mention"].wrong == 1
    assert "mention" not in scored({"entities": [rome]}, {"entities": ()})


@pytest.mark.parametrize(
    ("low", "high", "right"), [(5.0, 7.0, 1), (5.0, None, 0), (None, 7.0, 0), (5.0, 8.0, 0)]
)
def test_a_range_needs_both_its_ends(low, high, right):
    found = PUMPS_FOUND.model_copy(update={"low": low, "high": high})
    figures = scored({"numbers": [PUMPS]}, {"numbers": (found,)})
    assert figures["number"] == Figure(right=right, wrong=1 - right, missed=1 - right)
    assert figures["value"] == figures["number"]


def test_a_wrong_unit_is_a_wrong_number_with_the_right_value():
    dollars = PRICE_FOUND.model_copy(update={"unit": "USD"})
    figures = scored({"numbers": [PRICE]}, {"numbers": (dollars,)})
    assert figures["number"] == Figure(right=0, wrong=1, missed=1)
    assert figures["value"] == EXACT


def test_a_number_need_only_touch_its_annotation_or_an_alternative():
    only_two = part(Number, "2", kind="money", value=2e6, unit="EUR").model_copy(
        update={"start": TEXT.index("2 million"), "end": TEXT.index("2 million") + 1}
    )
    assert scored({"numbers": [PRICE]}, {"numbers": (only_two,)})["number"] == EXACT
    elsewhere = PRICE | at("Rome") | {"alts": [alt("2 million")]}
    assert scored({"numbers": [elsewhere]}, {"numbers": (PRICE_FOUND,)})["number"] == EXACT
    nowhere = PRICE | at("Rome")
    assert scored({"numbers": [nowhere]}, {"numbers": (PRICE_FOUND,)})["number"].right == 0


def test_an_optional_number_forgives_a_wrong_value():
    vague = PRICE | {"optional": True, "value": None}
    figures = scored({"numbers": [vague, PUMPS]}, {"numbers": (PRICE_FOUND, PUMPS_FOUND)})
    assert figures["number"] == EXACT


def test_a_number_in_boilerplate_is_wrong_to_find():
    furniture = PRICE | {"zone": "boilerplate"}
    assert scored({"numbers": [furniture]}, {"numbers": (PRICE_FOUND,)})["number"].wrong == 1
    assert "number" not in scored({"numbers": [furniture]}, {"numbers": ()})


def test_kind_qualifier_and_counted_thing_are_judged_of_the_numbers_found():
    given = {"kind": "volume", "qualifier": "at_least", "of": "the buyers"}
    found = PUMPS_FOUND.model_copy(update=given)
    figures = scored({}, {"numbers": (found, PRICE_FOUND)})
    half = Figure(right=1, wrong=1, missed=0)
    assert [figures[name] for name in ("kind", "qualifier", "of")] == [half, half, half]
    assert "kind" not in scored({}, {"numbers": ()})


def test_a_weekday_need_only_be_found_where_the_article_has_no_date():
    unresolved = {"dates": (part(DateMention, "3 May 2024"),)}
    assert scored({"pub_date": None}, unresolved)["date"] == EXACT
    assert scored({}, unresolved)["date"] == Figure(right=0, wrong=0, missed=1)


def test_a_month_has_to_be_resolved_even_where_the_article_has_no_date():
    may = DAY | {"value": "2024-05"}
    found = part(DateMention, "3 May 2024")
    figures = scored({"pub_date": None, "dates": [may]}, {"dates": (found,)})
    assert figures["date"] == Figure(right=0, wrong=0, missed=1)


@pytest.mark.parametrize("why", [{"optional": True}, {"zone": "boilerplate"}])
def test_a_date_that_is_not_asked_for_may_be_found_with_any_value(why):
    found = part(DateMention, "3 May 2024", value="1999")
    assert "date" not in scored({"dates": [DAY | why]}, {"dates": (found,)})
    assert "date" not in scored({"dates": [DAY | why]}, {"dates": ()})


@pytest.mark.parametrize(
    ("annotated", "claimed", "right", "wrong"),
    [
        ("2024-05-03", True, 1, 0),
        ("2024-05-04", True, 0, 1),
        (None, True, 0, 1),
        ("2024-05-03", False, 0, 0),
        (None, False, 1, 0),
    ],
)
def test_no_publication_date_is_better_than_a_wrong_one(annotated, claimed, right, wrong):
    figures = scored({"pub_date": annotated}, {} if claimed else {"published_at": None})
    assert (figures["published"].share, figures["published.wrong"].share) == (right, wrong)


def test_a_body_is_judged_by_its_characters():
    body = (Span(start=0, end=len(TEXT)),)
    title_letters = len(TITLE.replace(" ", ""))
    assert scored({}, {"body": body})["body"].wrong == title_letters


@pytest.mark.parametrize(("surface", "right"), [("It was a pleasure", 1), ("It was a", 0)])
def test_a_quotation_shares_most_of_its_characters(surface, right):
    figures = scored({}, {"quotes": (part(Quote, surface, speaker="Ann Lee"),)})
    assert figures["quote"] == Figure(right=right, wrong=1 - right, missed=1 - right)


def test_what_was_not_annotated_is_not_judged():
    figures = scored({"dates": None, "quotes": None, "body": None}, {})
    assert not {"date", "quote", "speaker", "title", "body"} & set(figures)


def test_an_article_that_was_not_enriched_is_all_missed():
    figures = score([gold()], []).figures
    assert figures["mention"] == Figure(right=0, wrong=0, missed=4)
    assert figures["number"] == Figure(right=0, wrong=0, missed=2)
    assert (figures["title"].share, figures["quote"].f1) == (0, 0)


def test_articles_count_by_what_is_in_them_not_each_the_same():
    other = gold(id="other", entities=[ACME])
    figures = score([gold(), other], [made()]).figures
    assert figures["mention"] == Figure(right=4, wrong=0, missed=1)


def test_errors_say_what_was_missed_and_what_was_wrong():
    scores: Scores = score([gold(entities=[ROME])], [made(entities=(ACME_FOUND,))])
    assert scores.errors["mention missed: GPE 'Rome'"] == 1
    assert scores.errors["mention wrong: ORG 'Acme'"] == 1


def test_another_text_is_refused():
    with pytest.raises(ValueError, match="tiny: its text is not the one that was annotated"):
        score([gold()], [made(text=TEXT + " ")])


@pytest.mark.parametrize("field", ["title", "entities", "numbers", "dates", "quotes"])
def test_evidence_that_does_not_stand_in_the_text_is_refused(field):
    moved = {"start": 1, "end": 5, "text": "Rome"}
    changes = {
        "title": Title(**moved),
        "entities": (Entity(name="Rome", type="GPE", mentions=(Mention(**moved),)),),
        "numbers": (Number(**moved, kind="count", value=1.0),),
        "dates": (DateMention(**moved),),
        "quotes": (Quote(**moved),),
    }
    with pytest.raises(ValueError, match="'Rome' is not what stands at 1:5"):
        score([gold()], [made(**{field: changes[field]})])


def test_only_the_articles_of_the_folder_are_looked_at():
    strange = made(source=made().source.model_copy(update={"item": "another"}), text="another text")
    found = measured(GoldSet("mine", (gold(), gold(id="absent"))), [strange, made()])
    assert (found.head, found.articles, found.enriched) == ("mine", 2, 1)
    assert found.made_by == {(made().enrichment.model, made().enrichment.pipeline)}
    assert found.scores == score([gold(), gold(id="absent")], [made()])
