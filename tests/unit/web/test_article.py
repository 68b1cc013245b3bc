from datetime import UTC, datetime

import pytest

from schemas.enriched_article import Number
from services.indexer.documents import document
from services.web.article import article, request, web_address
from services.web.facts import of_name, of_number
from tests.builders import TEXT, enriched_article, found


def answer(source):
    return {"hits": {"hits": [{"_source": source}]}}


def shown(**changes):
    made = document(enriched_article(**changes), datetime(2024, 5, 4, tzinfo=UTC))
    return article(answer(made))


def test_names_and_numbers_are_marked_where_they_stand():
    page = shown()
    marks = {p.text: (p.notes[0].kind, p.notes[0].says) for p in page.pieces if p.notes}
    assert marks == {
        "Kyiv": ("name", "Kyiv (GPE, UA)"),
        "Jens Stoltenberg": ("name", "Jens Stoltenberg (PERSON)"),
        "Germany": ("name", "Germany (GPE, DE)"),
        "2.4 billion euros": (
            "number",
            "money: 2.4 billion EUR · value 2,400,000,000 · unit EUR · exact · of systems",
        ),
    }
    assert "".join(piece.text for piece in page.pieces) == TEXT


def test_a_name_leads_to_a_search_by_it():
    page = shown()
    links = {p.text: p.notes[0].href for p in page.pieces if p.notes}
    assert links["Jens Stoltenberg"] == "/?person=Jens+Stoltenberg"
    assert links["Kyiv"] == "/?place=Kyiv"
    assert links["2.4 billion euros"] == "/?kind=money&unit=EUR&of=systems"


def test_a_fact_leads_to_its_place_in_the_text():
    page = shown()
    anchors = {note.anchor for piece in page.pieces for note in piece.begins}
    facts = [*page.numbers, *(fact for facts in page.names.values() for fact in facts)]
    assert {fact.anchor for fact in facts} == anchors
    assert list(page.names) == ["People", "Places"]


def test_an_article_that_was_indexed_without_mentions_has_its_facts_all_the_same():
    made = document(enriched_article(), datetime(2024, 5, 4, tzinfo=UTC))
    for entity in made["entities"]:
        del entity["mentions"]
    page = article(answer(made))
    assert [piece.text for piece in page.pieces if piece.notes] == ["2.4 billion euros"]
    assert [fact.anchor for fact in page.names["People"]] == [None]


def test_one_part_instead_of_a_list_is_a_list_of_one():
    made = document(enriched_article(), datetime(2024, 5, 4, tzinfo=UTC))
    made["numbers"] = made["numbers"][0]
    assert [fact.label for fact in article(answer(made)).numbers] == ["2.4 billion EUR"]


def test_what_is_not_there_is_none():
    assert article({"hits": {"hits": []}}) is None
    assert request("x")["query"] == {"ids": {"values": ["x"]}}


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "ftp://x",
        "http://",
        "",
        None,
    ],
)
def test_only_the_web_is_linked_to(url):
    assert web_address(url) is None
    assert web_address("https://example.org/a") == "https://example.org/a"


def test_a_number_says_all_that_is_known_of_it():
    number = found(
        Number,
        "2.4 billion euros",
        kind="count",
        value=37.5,
        low=37.5,
        high=40.0,
        qualifier="at_least",
        of="people killed",
    )
    assert of_number(number.model_dump()) == (
        "count: at least 37.5–40 people killed · value 37.5 to 40 · at least · of people killed"
    )
    assert of_name({"name": "A\x1b\u202eB", "type": "EVENT"}) == "AB (EVENT)"
