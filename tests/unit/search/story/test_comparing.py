"""Figures of several articles side by side."""

from typing import Any

import pytest

from services.search.story.comparing import Said, compare
from services.search.story.subjects import Subject, subject


def said(article: str, value: float, of: str | None = "people killed", **changes: Any) -> Said:
    fields: dict[str, Any] = {
        "moment": "2026-03-01",
        "source": "wire",
        "kind": "count",
        "unit": None,
        "low": None,
        "high": None,
        "qualifier": "exact",
        "words": str(value),
        "sentence": f"{value} {of}.",
        "mark": (0, 1),
    }
    return Said(article_id=article, value=value, of=of, **(fields | changes))


@pytest.mark.parametrize(
    ("of", "noun"),
    [
        ("people killed", "people killed"),
        ("confirmed dead", "people killed"),
        ("confirmed death toll", "people killed"),
        ("victims", None),
        ("related deaths", "people killed"),
        ("deaths killed", "people killed"),
        ("people wounded", "people injured"),
        ("children killed", "child killed"),
        ("other people injured", "other injured"),
        ("dead or injured", "injured or killed"),
        ("measles cases", "case measle"),
        ("people", None),
        ("others", None),
        (None, None),
    ],
)
def test_words_for_one_thing_are_one_subject(of: str | None, noun: str | None) -> None:
    assert subject("count", None, of) == (Subject("count", "", noun) if noun else None)


def test_other_kinds_need_the_same_unit_and_noun_and_a_magnitude_none() -> None:
    assert subject("money", "EUR", "damages") != subject("money", "USD", "damages")
    assert subject("money", "EUR", "damages") != subject("money", "EUR", "aid")
    assert subject("magnitude", None, None) == Subject("magnitude", "", "")
    assert subject("speed", "mile_per_hour", None) is None


def test_a_toll_that_rises_moves() -> None:
    later = said("b", 39, "confirmed dead", moment="2026-03-04")
    (found,) = compare([later, said("a", 37)])
    assert (str(found.subject), found.how) == ("people killed", "move")
    assert [one.value for one in found.said] == [37, 39]


def test_articles_of_one_day_that_cannot_both_be_right_disagree() -> None:
    (found,) = compare([said("a", 37), said("b", 39, moment="2026-03-01T18:00:00+00:00")])
    assert found.how == "disagree"


@pytest.mark.parametrize(
    ("qualifier", "how"),
    [("at_least", "compatible"), ("approximately", "compatible"), ("at_most", "disagree")],
)
def test_what_the_words_allow_is_no_disagreement(qualifier: str, how: str) -> None:
    (found,) = compare([said("a", 37, qualifier=qualifier), said("b", 39)])
    assert found.how == how


def test_a_range_is_met_by_what_lies_in_it() -> None:
    between = said("a", 36, low=36, high=40)
    (found,) = compare([between, said("b", 39)])
    assert found.how == "compatible"
    (found,) = compare([between, said("b", 41)])
    assert found.how == "disagree"


def test_articles_that_say_the_same_are_not_shown() -> None:
    assert compare([said("a", 39), said("b", 39, "confirmed dead"), said("b", 39)]) == []


def test_one_article_alone_differs_from_nobody() -> None:
    assert compare([said("a", 37), said("a", 39)]) == []


def test_an_article_that_tells_of_the_earlier_figure_does_not_disagree_with_it() -> None:
    """ "Rose from five to six" says what the other article says, and more."""
    (found,) = compare([said("a", 5), said("b", 5), said("b", 6)])
    assert found.how == "compatible"
    assert [(one.article_id, one.value) for one in found.said] == [("a", 5), ("b", 5), ("b", 6)]


def test_a_part_is_not_put_beside_the_whole() -> None:
    assert compare([said("a", 39), said("b", 5, "children killed")]) == []


def test_measures_that_were_converted_are_one_value_where_they_nearly_are() -> None:
    winds = {"kind": "speed", "unit": "metre_per_second", "of": "sustained winds"}
    assert compare([said("a", 82.7, **winds), said("b", 82.9, **winds)]) == []
    (found,) = compare([said("a", 70.2, **winds), said("b", 82.7, **winds)])
    assert found.how == "disagree"


def test_deaths_come_first_then_what_most_articles_speak_of() -> None:
    figures = [
        *(said(name, value, "houses destroyed") for name, value in (("a", 1), ("b", 2), ("c", 3))),
        *(said(name, value, "vote") for name, value in (("a", 8), ("b", 9))),
        *(said(name, value, "wounded") for name, value in (("a", 4), ("b", 5))),
        *(said(name, value) for name, value in (("a", 6), ("b", 7))),
    ]
    assert [one.heading for one in compare(figures)] == [
        "people killed",
        "people injured",
        "houses destroyed",
        "vote",
    ]


def test_figures_of_several_things_under_one_name_are_left_out() -> None:
    """The votes of each candidate are no four versions of one figure."""
    many = [said("a", value, "delegates") for value in (9, 8, 6, 1)]
    assert compare([*many, said("b", 25, "delegates")]) == []
    (found,) = compare([*many, said("b", 25, "delegates"), said("c", 26, "delegates")])
    assert [one.article_id for one in found.said] == ["b", "c"]


def test_ranks_and_ages_disagree_about_nothing() -> None:
    assert subject("ordinal", None, "place") is None
    assert subject("age", "year", "suspect") is None
