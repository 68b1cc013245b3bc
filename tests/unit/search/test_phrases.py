import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.search.criteria import NumberRange
from services.search.phrases import number_range


@pytest.mark.parametrize(
    ("phrase", "meant"),
    [
        ("money over 1 billion EUR", NumberRange("money", over=1e9, unit="EUR")),
        ("over €1bn", NumberRange("money", over=1e9, unit="EUR")),
        ("money > $5 million", NumberRange("money", over=5e6, unit="USD")),
        ("money over 3 pounds", NumberRange("money", over=3, unit="GBP")),
        ("money over 1000", NumberRange("money", over=1000)),
        ("killed >= 100", NumberRange("count", at_least=100, of="killed")),
        ("killed at least 100", NumberRange("count", at_least=100, of="killed")),
        ("killed no less than 1,000", NumberRange("count", at_least=1000, of="killed")),
        ("at most 100 people killed", NumberRange("count", at_most=100, of="people killed")),
        ("injured = 39", NumberRange("count", at_least=39, at_most=39, of="injured")),
        ("count over 10 thousand", NumberRange("count", over=1e4)),
        ("between 10 and 20 people", NumberRange("count", at_least=10, at_most=20, of="people")),
        (
            "between 1 and 2 billion EUR",
            NumberRange("money", at_least=1e9, at_most=2e9, unit="EUR"),
        ),
        ("magnitude over 6.5", NumberRange("magnitude", over=6.5)),
        ("over 50%", NumberRange(over=50, unit_base="%")),
        ("percent over 50", NumberRange("percent", over=50, unit_base="%")),
        ("age over 60", NumberRange("age", over=60, unit_base="year")),
        ("aged under 6 months", NumberRange("age", under=0.5, unit_base="year")),
        (
            "temperatures below -30 °C",
            NumberRange("temperature", under=-30, unit_base="degree_celsius"),
        ),
        ("temperature < −22 °F", NumberRange("temperature", under=-30, unit_base="degree_celsius")),
        (
            "temperature under minus 22 F",
            NumberRange("temperature", under=-30, unit_base="degree_celsius"),
        ),
        (
            "wind speed over 100 mph",
            NumberRange("speed", over=44.704, of="wind", unit_base="metre_per_second"),
        ),
        ("depth under 10 km", NumberRange(under=10_000, of="depth", unit_base="metre")),
        (
            "length between 900 m and 2 km",
            NumberRange("length", at_least=900, at_most=2000, unit_base="metre"),
        ),
    ],
)
def test_a_phrase_is_one_number_with_bounds_in_base_units(phrase: str, meant: NumberRange) -> None:
    assert number_range(phrase) == meant


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("temperature below -30", "needs a unit; known are: degree celsius, degree fahrenheit"),
        ("temperature below -30 kelvinz", "'kelvinz' is no unit of temperature; known are: degree"),
        ("speed over 5 km", "'km' is no unit of speed; known are: kilometre per hour, mile per"),
        ("money over 3 zorkmids", "'zorkmids' is no unit of money; known are: USD, EUR"),
        ("magnitude over 6 km", "'km' is no unit of magnitude; it has none"),
        ("depth over 3 foos", "name the kind to see its units, as in 'speed over 1': area"),
        ("length between 900 g and 2 km", "'g' is no unit of length"),
        ("between 900 g and 2 km", "'g' and 'km' are of different kinds"),
        ("between 10 km", "needs two bounds"),
        ("killed over", "there is no number in ''"),
        ("killed 100", "compares nothing; write it as"),
    ],
)
def test_what_is_not_understood_says_what_would_be(phrase: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        number_range(phrase)


SIDES = ("over", "under", ">=", "at most", "=", "between 1 and")
WORDS = st.sampled_from(
    ["killed", "temperature", "money", "wind", "speed", "-", "3", "1e9", "bn", "km", "°C", "€", "/",
     "square", "per", "and", "or", *SIDES]
)  # fmt: skip


@given(st.text() | st.lists(WORDS).map(" ".join))
def test_a_phrase_is_understood_or_told_why_not(phrase: str) -> None:
    with suppress(ValueError):
        meant = number_range(phrase)
        bounds = (meant.over, meant.under, meant.at_least, meant.at_most)
        assert any(bound is not None for bound in bounds)
