from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.search.criteria import Criteria, NumberRange
from services.search.query import FACETS
from services.web.asked import (
    LAST_PAGE,
    LONGEST,
    MOST_NAMES,
    PARAMETERS,
    Asked,
    criteria,
    link,
    narrowed,
    read,
    widened,
)


def reread(address):
    return read(parse_qsl(urlsplit(address).query))


def test_every_facet_can_be_narrowed_by():
    assert set(PARAMETERS.values()) == FACETS.keys()


def test_an_address_without_anything_asks_for_everything():
    assert criteria(read([])) == Criteria()
    assert link(Asked()) == "/"


def test_all_that_an_address_can_ask_for_becomes_criteria():
    asked = read(
        [
            ("q", " air defence "),
            ("person", "Jens Stoltenberg"),
            ("person", "Vladimir Putin"),
            ("place", "Washington, D.C."),
            ("since", "2023-05"),
            ("until", "2024"),
            ("kind", "money"),
            ("over", "1,000,000"),
            ("unit", "eur"),
            ("of", "systems"),
        ]
    )
    assert criteria(asked) == Criteria(
        words="air defence",
        names={
            "people": ("Jens Stoltenberg", "Vladimir Putin"),
            "places": ("Washington, D.C.",),
        },
        numbers=(NumberRange("money", over=1e6, unit="EUR", of="systems"),),
        since=date(2023, 5, 1),
        before=date(2025, 1, 1),
    )


@pytest.mark.parametrize(
    ("parameters", "says"),
    [
        ({"since": "yesterday"}, "yesterday"),
        ({"since": "2024", "until": "2023"}, "2023 is before 2024"),
        ({"over": "100"}, "which kind"),
        ({"kind": "beauty", "over": "1"}, "which kind"),
        ({"kind": "speed", "over": "100"}, "speed needs a unit"),
        ({"kind": "speed", "over": "1", "unit": "foozle"}, "known are: .*mile per hour"),
        ({"unit": "foozle", "of": "wind"}, "no unit of anything"),
        ({"kind": "count", "over": "many"}, "'many' is no number"),
        ({"kind": "count", "over": "nan"}, "'nan' is no number"),
        ({"kind": "count", "under": "1e999"}, "no number"),
    ],
)
def test_what_makes_no_sense_is_told(parameters, says):
    with pytest.raises(ValueError, match=says):
        criteria(read(parameters.items()))


def test_a_minus_as_it_is_printed_is_a_minus():
    (wanted,) = criteria(Asked(kind="percent", under="−30")).numbers
    assert wanted.under == -30


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (
            Asked(kind="temperature", under="-22", unit="°F"),
            NumberRange("temperature", under=-30, unit_base="degree_celsius"),
        ),
        (
            Asked(over="36", unit="km/h", of="wind"),
            NumberRange(over=10, unit_base="metre_per_second", of="wind"),
        ),
        (Asked(over="100", of="killed"), NumberRange("count", over=100, of="killed")),
        (Asked(kind="speed"), NumberRange("speed")),
        (Asked(kind="length", unit="mile"), NumberRange("length", unit_base="metre")),
        (Asked(kind="other", unit="foozle"), NumberRange("other", unit="foozle")),
    ],
)
def test_a_number_is_asked_for_in_whatever_unit(asked, wanted):
    assert criteria(asked).numbers == (wanted,)


@pytest.mark.parametrize("page", ["0", "-1", "x", "٣", "9" * 300])
def test_a_page_that_is_none_is_the_first_or_the_last(page):
    assert read([("page", page)]).page in {1, LAST_PAGE}


def test_what_is_too_much_is_cut():
    assert len(read([("q", "x" * 5000)]).q) == LONGEST
    assert len(read([("person", f"name {n}") for n in range(100)]).chosen) == MOST_NAMES
    assert read([("evil", "1"), ("person", "a"), ("person", "a")]).chosen == (("person", "a"),)


def test_narrowing_and_widening_begin_on_the_first_page():
    asked = Asked(q="war", chosen=(("place", "Kyiv"),), page=3)
    more = narrowed(asked, "person", "Jens Stoltenberg")
    assert more == "/?q=war&place=Kyiv&person=Jens+Stoltenberg"
    assert widened(reread(more), "place", "Kyiv") == "/?q=war&person=Jens+Stoltenberg"
    assert link(asked, page=4) == "/?q=war&place=Kyiv&page=4"


def test_words_are_ranked_and_everything_is_dated():
    assert Asked(q="war").order == "relevance"
    assert Asked().order == "date"
    assert Asked(q="war", sort="date").order == "date"
    assert Asked(sort="nonsense").order == "date"


words = st.text(max_size=50).map(str.strip).filter(lambda text: text.isprintable())
names = st.tuples(st.sampled_from(sorted(PARAMETERS)), words.filter(bool))


@given(words, st.lists(names, unique=True, max_size=5), words, st.integers(1, LAST_PAGE))
def test_an_address_read_again_asks_the_same(q, chosen, of, page):
    asked = Asked(q=q, chosen=tuple(chosen), of=of, page=page)
    assert reread(link(asked, page=page)) == asked
