import pytest

from services.search.figures import notable, readable
from services.search.results import Figure


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure("money", 2.4e9, unit="EUR"), "2.4 billion EUR"),
        (Figure("money", 1.0, unit="USD"), "1 USD"),
        (Figure("money", 1e12, unit="USD", qualifier="more_than"), "over 1 trillion USD"),
        (Figure("count", 10_000.0, of="troops"), "10,000 troops"),
        (Figure("count", 1_234_567.0, of="people"), "1.23 million people"),
        (Figure("count", 136.0, of="killed", qualifier="at_least"), "at least 136 killed"),
        (Figure("percent", 12.5, unit="%"), "12.5%"),
        (Figure("length", 30.0, unit="kilometre"), "30 kilometres"),
        (Figure("length", 1.0, unit="mile"), "1 mile"),
        (Figure("speed", 60.0, unit="mile_per_hour"), "60 miles per hour"),
        (Figure("length", 6.0, unit="foot"), "6 feet"),
        (Figure("duration", 2.0, unit="century"), "2 centuries"),
        (Figure("temperature", -30.0, unit="degree_celsius"), "-30 degrees celsius"),
        (Figure("money", 2e9, low=2e9, high=4e9, unit="EUR"), "2–4 billion EUR"),
        (Figure("money", 9e8, low=9e8, high=2e9, unit="EUR"), "900 million–2 billion EUR"),
        (Figure("percent", 5.0, low=5.0, high=10.0, unit="%"), "5–10%"),
        (Figure("mass", 0.0004, unit="gram"), "0.0004 grams"),
        (Figure("count", 0.0, of="survivors"), "0 survivors"),
    ],
)
def test_a_number_reads_as_a_person_writes_it(figure, text):
    assert readable(figure) == text


def test_the_largest_of_each_telling_kind_is_notable():
    money, more = Figure("money", 5.0, unit="EUR"), Figure("money", 9e9, unit="EUR")
    troops, rank = Figure("count", 300.0, of="troops"), Figure("ordinal", 1e12)
    assert notable([money, rank, troops, more], limit=2) == (more, troops)


def test_a_count_of_nothing_said_is_not_notable():
    assert notable([Figure("count", 7.0)]) == ()


def test_a_number_that_is_said_twice_is_told_once():
    twice = Figure("money", 5.0, unit="EUR", text="5 euros")
    assert notable([twice, Figure("money", 5.0, unit="EUR", text="five euros")]) == (twice,)
