import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.search.query import (
    FACETS,
    MAX_CHARACTERS,
    MAX_WORDS,
    Criteria,
    NumberRange,
    is_cut,
    names_request,
    period,
    request,
    searched_words,
)


def body(criteria, **changes):
    return request(
        criteria, **({"size": 10, "sort": "relevance", "facets": False, "seconds": 5} | changes)
    )


def filters(criteria):
    return body(criteria)["query"]["bool"]["filter"]


@pytest.mark.parametrize(
    ("text", "first", "after_last"),
    [
        ("2023", date(2023, 1, 1), date(2024, 1, 1)),
        ("2023-05", date(2023, 5, 1), date(2023, 6, 1)),
        ("2023-12", date(2023, 12, 1), date(2024, 1, 1)),
        ("2024-02", date(2024, 2, 1), date(2024, 3, 1)),
        ("2023-05-04", date(2023, 5, 4), date(2023, 5, 5)),
        ("2023-12-31", date(2023, 12, 31), date(2024, 1, 1)),
    ],
)
def test_a_reduced_date_is_the_whole_period(text, first, after_last):
    assert period(text) == (first, after_last)


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)))
def test_a_day_lies_in_its_month_and_the_month_in_its_year(day):
    (one, end), (month, month_end), (year, year_end) = (
        period(day.isoformat()[:length]) for length in (10, 7, 4)
    )
    assert end - one == timedelta(days=1)
    assert year <= month <= one < end <= month_end <= year_end


@pytest.mark.parametrize("text", ["2023-13", "2023-02-30", "23", "yesterday", "", "2023-5", "9999"])
def test_what_is_no_date_is_refused_by_name(text):
    with pytest.raises(ValueError, match=f"'{text}' is no date"):
        period(text)


@given(st.text())
def test_any_words_make_a_bounded_query(words):
    kept = searched_words(words)
    assert len(kept) <= MAX_CHARACTERS
    assert len(kept.split()) <= MAX_WORDS or '"' in kept


def test_more_words_than_are_searched_are_told():
    assert is_cut("word " * (MAX_WORDS + 1))
    assert is_cut("x" * (MAX_CHARACTERS + 1))
    assert not is_cut("air defence")


def test_bare_stop_words_are_left_out_but_stay_in_a_phrase():
    assert searched_words('The war in "fall of Kyiv"') == 'war "fall of Kyiv"'


def test_no_criteria_ask_for_the_newest_of_all():
    plain = body(Criteria(), sort="date")
    assert plain["query"] == {"bool": {"must": [], "filter": []}}
    assert plain["sort"][0] == {"@timestamp": {"order": "desc"}}
    assert "highlight" not in plain
    assert "aggs" not in plain


def test_every_name_is_a_filter_of_its_own():
    wanted = Criteria(names={"people": ("Jens Stoltenberg", "Joe Biden"), "places": ("Kyiv",)})
    assert filters(wanted) == [
        {"term": {"people": {"value": "Jens Stoltenberg", "case_insensitive": True}}},
        {"term": {"people": {"value": "Joe Biden", "case_insensitive": True}}},
        {"term": {"places": {"value": "Kyiv", "case_insensitive": True}}},
    ]


def test_a_name_beyond_ascii_is_looked_for_in_its_usual_spellings():
    [clause] = filters(Criteria(names={"people": ("RECEP ERDOĞAN",)}))
    spellings = [term["term"]["people"]["value"] for term in clause["bool"]["should"]]
    assert spellings == ["RECEP ERDOĞAN", "recep erdoğan", "Recep Erdoğan"]


def test_names_and_words_are_marked_but_other_filters_are_not():
    wanted = Criteria(words="air", names={"people": ("X",)}, since=date(2023, 1, 1))
    marked = body(wanted)["highlight"]["highlight_query"]["bool"]["should"]
    assert [next(iter(clause)) for clause in marked] == ["simple_query_string", "multi_match"]


def test_one_number_must_meet_all_that_is_asked_of_it():
    wanted = NumberRange("money", over=1e9, under=2e9, unit="EUR")
    [clause] = filters(Criteria(numbers=(wanted,)))
    assert clause["nested"]["path"] == "numbers"
    kind, unit, over, under = clause["nested"]["query"]["bool"]["filter"]
    assert kind == {"term": {"numbers.kind": "money"}}
    assert unit == {"term": {"numbers.unit": "EUR"}}
    assert {"range": {"numbers.value": {"gt": 1e9}}} in over["bool"]["should"]
    assert {"range": {"numbers.low": {"lt": 2e9}}} in under["bool"]["should"]


def test_two_numbers_return_what_met_them_under_names_of_their_own():
    wanted = Criteria(numbers=(NumberRange("money"), NumberRange("count", of="killed")))
    names = [clause["nested"]["inner_hits"]["name"] for clause in filters(wanted)]
    assert len(set(names)) == 2


def test_days_bound_the_timestamp_half_open():
    wanted = Criteria(since=date(2023, 1, 1), before=date(2024, 1, 1))
    assert filters(wanted) == [{"range": {"@timestamp": {"gte": "2023-01-01", "lt": "2024-01-01"}}}]


def test_the_request_is_json_and_bounded():
    asked = body(Criteria(words="air"), facets=True, size=100)
    json.dumps(asked)
    assert asked["size"] == 100
    assert asked["timeout"] == "5s"
    assert asked["track_total_hits"] == 10_000
    assert list(asked["aggs"]) == list(FACETS)


def test_names_are_asked_for_without_articles():
    asked = names_request(["people"], seconds=0.2)
    assert (asked["size"], list(asked["aggs"]), asked["timeout"]) == (0, ["people"], "1s")
