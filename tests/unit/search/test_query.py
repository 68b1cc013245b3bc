import json
from datetime import date

import pytest

from services.search.criteria import Criteria, NumberRange, circle
from services.search.query import FACETS, names_request, request


def body(criteria, **changes):
    return request(
        criteria, **({"size": 10, "sort": "relevance", "facets": False, "seconds": 5} | changes)
    )


def filters(criteria):
    return body(criteria)["query"]["bool"]["filter"]


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


def clauses(wanted):
    [clause] = filters(Criteria(numbers=(wanted,)))
    return clause["nested"]["query"]["bool"]["filter"]


def test_bounds_in_base_units_are_held_against_the_converted_values():
    unit, under = clauses(NumberRange(under=-30, unit_base="degree_celsius"))
    assert unit == {"term": {"numbers.unit_base": "degree_celsius"}}
    assert {"range": {"numbers.value_base": {"lt": -30}}} in under["bool"]["should"]
    assert {"range": {"numbers.low_base": {"lt": -30}}} in under["bool"]["should"]


def test_at_least_takes_the_bound_but_not_fewer_than_it():
    [bound] = clauses(NumberRange(at_least=100))
    assert {"range": {"numbers.value": {"gte": 100}}} in bound["bool"]["should"]
    [fewer] = bound["bool"]["must_not"]
    assert {"term": {"numbers.qualifier": "less_than"}} in fewer["bool"]["filter"]


def test_one_word_for_the_killed_stands_for_the_others():
    _, killed = clauses(NumberRange("count", of="dead"))
    assert killed["match"]["numbers.of"]["operator"] == "or"
    assert {"killed", "dead", "died"} <= set(killed["match"]["numbers.of"]["query"].split())
    _, people = clauses(NumberRange("count", of="people killed"))
    assert people["match"]["numbers.of"] == {"query": "people killed", "operator": "and"}


def test_two_numbers_return_what_met_them_under_names_of_their_own():
    wanted = Criteria(numbers=(NumberRange("money"), NumberRange("count", of="killed")))
    names = [clause["nested"]["inner_hits"]["name"] for clause in filters(wanted)]
    assert len(set(names)) == 2


def test_days_bound_the_timestamp_half_open():
    wanted = Criteria(since=date(2023, 1, 1), before=date(2024, 1, 1))
    assert filters(wanted) == [{"range": {"@timestamp": {"gte": "2023-01-01", "lt": "2024-01-01"}}}]


def strings(value, path=""):
    """Yield each string of a request with the keys that lead to it, and each key itself."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield path, key
            yield from strings(item, f"{path}/{key}")
    elif isinstance(value, list):
        for item in value:
            yield from strings(item, path)
    elif isinstance(value, str):
        yield path, value


def test_what_the_user_writes_is_only_ever_matched_and_is_no_key_nor_script():
    word = "zzz"
    wanted = Criteria(
        words=word,
        names=dict.fromkeys(FACETS, (word,)),
        numbers=(NumberRange("money", unit=word), NumberRange("count", of=word)),
    )
    asked = list(strings(body(wanted, facets=True)))
    places = {path.rsplit("/", 1)[-1] for path, text in asked if word in text}
    assert places == {"query", "value", "numbers.unit"}
    assert not {"script", "script_fields", "runtime_mappings", "query_string"} & {
        text for _, text in asked
    }


def test_only_harmless_operators_of_the_search_box_are_on():
    [words] = body(Criteria(words="a~2 /x/ b^3 c* field:d"))["query"]["bool"]["must"]
    flags = set(words["simple_query_string"]["flags"].split("|"))
    assert flags == {"AND", "OR", "NOT", "PHRASE", "PRECEDENCE", "PREFIX", "WHITESPACE"}
    assert words["simple_query_string"]["fields"] == ["title^1.5", "body"]


def words(text, **changes):
    [clause] = body(Criteria(words=text, **changes))["query"]["bool"]["must"]
    return clause["simple_query_string"]


@pytest.mark.parametrize(
    ("text", "operator", "least"),
    [
        ("crash", "and", None),
        ("the plane crash of russia", "and", None),
        ("knife attack london bridge", "or", "75%"),
        ('knife attack "london bridge"', "and", None),
        ("knife attack london -bridge", "and", None),
        ("knife attack lond* bridge", "and", None),
        ("youtube-dl back on github", "and", None),
    ],
)
def test_three_words_must_all_occur_and_of_more_most_unless_an_operator_says_otherwise(
    text, operator, least
):
    asked = words(text)
    assert (asked["default_operator"], asked.get("minimum_should_match")) == (operator, least)


def test_of_loose_criteria_any_word_is_enough_but_operators_keep_their_meaning():
    assert words("plane crash", loose=True)["default_operator"] == "or"
    assert "minimum_should_match" not in words("knife attack london bridge", loose=True)
    assert words("plane -crash", loose=True)["default_operator"] == "and"
    assert words("crash", loose=True)["default_operator"] == "and"


def test_a_story_and_a_circle_are_filters():
    wanted = Criteria(story="s", near=circle("50.45,30.52,2.5"))
    assert filters(wanted) == [
        {"term": {"story_id": "s"}},
        {"geo_distance": {"distance": "2.5km", "place_points": {"lat": 50.45, "lon": 30.52}}},
    ]


def test_the_request_is_json_and_bounded():
    asked = body(Criteria(words="air"), facets=True, size=100)
    json.dumps(asked)
    assert asked["size"] == 100
    assert asked["timeout"] == "4s"
    assert asked["track_total_hits"] == 10_000
    assert list(asked["aggs"]) == list(FACETS)


def test_names_are_asked_for_without_articles():
    asked = names_request(["people"], seconds=0.2)
    assert (asked["size"], list(asked["aggs"]), asked["timeout"]) == (0, ["people"], "1s")
