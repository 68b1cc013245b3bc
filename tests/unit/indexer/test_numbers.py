import pytest

from schemas.enriched_article import Number, PublicationDate
from services.indexer.documents import document
from services.indexer.numbers import figure, nested, numbers
from tests.unit.indexer.articles import NOW, maximal, number

TIMED = PublicationDate(
    value="2026-02-27T23:30Z", precision="minute", evidence="metadata", suspect=False
)


def test_a_number_is_kept_in_its_unit_and_in_the_base_unit_of_its_kind() -> None:
    made = nested(number("temperature", -40.0, low=-40.0, high=-22.0, unit="degree_fahrenheit"))
    assert (made["value"], made["unit"]) == (-40, "degree_fahrenheit")
    assert (made["value_base"], made["low_base"], made["high_base"]) == (-40, -40, -30)
    assert made["unit_base"] == "degree_celsius"


def test_a_count_is_its_own_base_and_has_no_unit() -> None:
    made = document(maximal(numbers=(number("count", 3.0),)), NOW)["numbers"]
    assert isinstance(made, list)
    assert made[0]["value_base"] == 3
    assert not {"unit_base", "low_base", "high_base"} & set(made[0])


def test_currencies_are_never_converted() -> None:
    made = nested(number("money", 5e9, unit="GBP"))
    assert (made["value_base"], made["unit_base"]) == (5e9, "GBP")


def test_a_value_too_large_for_its_base_unit_is_left_out() -> None:
    made = document(maximal(numbers=(number("length", 1e308, unit="parsec"),)), NOW)["numbers"]
    assert isinstance(made, list)
    assert "value_base" not in made[0]
    assert made[0]["value"] == 1e308


def test_amounts_are_flat_by_currency() -> None:
    made = numbers((number("money", 5.0, unit="EUR"), number("money", 7.0, unit="PLN")))
    assert (made["money_eur"], made.get("money_usd")) == ([5.0], None)
    assert made["money_amounts"] == [5.0, 7.0]


def test_the_killed_and_the_injured_are_counts_that_say_so() -> None:
    made = numbers(
        (
            number("count", 39.0, of="people killed"),
            number("count", 39.0, of="dead"),
            number("count", 12.0, of="others wounded"),
            number("count", 60.0, of="killed or wounded"),
            number("percent", 3.0, unit="%", of="killed"),
        )
    )
    assert (made["killed"], made["injured"]) == ([39.0], [12.0])


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (number("count", 39.0, of="people killed"), "39 people killed"),
        (number("count", 1e4, of="troops", qualifier="more_than"), "over 10,000 troops"),
        (number("count", 2.5e6, of="people"), "2,500,000 people"),
        (number("count", 2.0, low=2.0, high=3.0, of="dead"), "2–3 dead"),
        (number("count", 2.5, of="visits"), "2.5 visits"),
        (number("count", 39.0), None),
        (number("money", 39.0, unit="EUR", of="aid"), None),
    ],
)
def test_a_figure_is_a_count_as_it_is_said(one: Number, text: str | None) -> None:
    assert figure(one) == text


def test_the_time_from_the_fetch_to_the_index_is_told_in_seconds() -> None:
    assert document(maximal(), NOW)["seconds_to_searchable"] == 36 * 3600


@pytest.mark.parametrize(
    ("published", "seconds"),
    [
        (TIMED, 36 * 3600 + 1800),
        (TIMED.model_copy(update={"value": "2026-02-27"}), None),
        (TIMED.model_copy(update={"value": "2026-03-01T12:00:01Z"}), None),
        (TIMED.model_copy(update={"suspect": True}), None),
        (None, None),
    ],
)
def test_the_time_since_publication_is_told_where_it_is_known_to_the_minute(
    published: PublicationDate | None, seconds: float | None
) -> None:
    made = document(maximal(published_at=published), NOW)
    assert made.get("seconds_since_published") == seconds
