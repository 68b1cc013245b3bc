from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.search.criteria import (
    MAX_CHARACTERS,
    MAX_WORDS,
    Circle,
    circle,
    is_cut,
    period,
    searched_words,
)


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


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("50.45,30.52,100", Circle(50.45, 30.52, 100)),
        ("-33.9, 151, 0.5", Circle(-33.9, 151, 0.5)),
        ("90,-180,20038", Circle(90, -180, 20038)),
    ],
)
def test_a_circle_is_a_point_and_kilometres(text, read):
    assert circle(text) == read


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("50,30", "LAT,LON,KM"),
        ("50,30,10,1", "LAT,LON,KM"),
        ("Kyiv,,5", "LAT,LON,KM"),
        ("90.1,0,1", "LAT is from -90 to 90"),
        ("0,181,1", "LON from -180 to 180"),
        ("nan,0,1", "LAT is from"),
        ("0,0,0", "KM is over 0"),
        ("0,0,20039", "KM is over 0 and at most 20,038"),
        ("0,0,inf", "KM is over 0"),
    ],
)
def test_what_is_no_circle_on_earth_is_refused_with_the_reason(text, why):
    with pytest.raises(ValueError, match=why):
        circle(text)
