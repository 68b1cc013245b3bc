import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.enriched_article import Span
from services.enricher.enrichments.dates import dates
from tests.unit.enricher.builders import draft, entities, published

WEDNESDAY = "2019-10-16"


def found(text: str, today: str | None = WEDNESDAY) -> list[tuple[str, str | None]]:
    undated = draft(text)
    dated = replace(undated, published_at=published(today)) if today else undated
    return [(mention.text, mention.value) for mention in dates(dated)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on December 29, 2023, they", "2023-12-29"),
        ("on Friday, 29 December 2023 they", "2023-12-29"),
        ("on the 29th of December 2023 they", "2023-12-29"),
        ("on Dec. 3rd, 2023 they", "2023-12-03"),
        ("on 2023-12-29 they", "2023-12-29"),
        ("on 29/12/2023 they", "2023-12-29"),
        ("on 12/29/2023 they", "2023-12-29"),
        ("on 03/05/2023 they", None),
        ("in February 2022 they", "2022-02"),
        ("in 2017 they", "2017"),
        ("the 2009 outbreak", "2009"),
        ("a 2009 study", "2009"),
        ("held in 2014. They", "2014"),
        ("on February 30, 2019 they", None),
        ("from March 3-5, 2021 they", "2021-03"),
    ],
)
def test_a_full_date_needs_no_publication_date(text: str, value: str | None) -> None:
    assert [value for _, value in found(text, today=None)] == [value]


@pytest.mark.parametrize(
    ("text", "expression", "value"),
    [
        ("he said on Tuesday.", "Tuesday", "2019-10-15"),
        ("he said on Wednesday.", "Wednesday", "2019-10-16"),
        ("he said on Thursday.", "Thursday", "2019-10-10"),
        ("hit on Tuesday morning by", "Tuesday morning", "2019-10-15"),
        ("Last Friday, it", "Last Friday", "2019-10-11"),
        ("last Wednesday it", "last Wednesday", "2019-10-09"),
        ("next Friday it", "next Friday", "2019-10-18"),
        ("that Tuesday it", "that Tuesday", None),
        ("Last week on Thursday, it", "Last week on Thursday", "2019-10-10"),
        ("on Thursday last week it", "Thursday last week", "2019-10-10"),
        ("it will also meet on Friday to", "Friday", "2019-10-18"),
        ("On Friday, it will meet", "Friday", "2019-10-18"),
        ("he said on Friday that it will meet", "Friday", "2019-10-11"),
        ("the storm was expected to pass on Tuesday", "Tuesday", "2019-10-15"),
        ("today they", "today", "2019-10-16"),
        ("this morning they", "this morning", "2019-10-16"),
        ("yesterday they", "yesterday", "2019-10-15"),
        ("last night they", "last night", "2019-10-15"),
        ("Tomorrow, voters", "Tomorrow", "2019-10-17"),
        ("this year they", "this year", "2019"),
        ("last month they", "last month", "2019-09"),
        ("next year they", "next year", "2020"),
        ("last week they", "last week", None),
        ("two days ago they", "two days ago", "2019-10-14"),
        ("10 months ago they", "10 months ago", "2018-12"),
        ("three years ago they", "three years ago", "2016"),
        ("On January 7 it", "January 7", "2019-01-07"),
        ("It was postponed to 28 December", "28 December", "2019-12-28"),
        ("voting starts on November 3 and", "November 3", "2019-11-03"),
        ("The trial will open on January 20 in", "January 20", "2020-01-20"),
        ("on September 20 of this year it", "September 20 of this year", "2019-09-20"),
        ("in late May it", "May", "2019-05"),
        ("this past December and January", "January", "2019-01"),
        ("last May it", "last May", "2019-05"),
    ],
)
def test_a_relative_date_counts_from_publication(
    text: str, expression: str, value: str | None
) -> None:
    assert found(text) == [(expression, value)] or (expression, value) in found(text)


@pytest.mark.parametrize(
    ("text", "today", "value"),
    [
        ("On December 28 it", "2020-01-17", "2019-12-28"),
        ("in late December it", "2020-01-17", "2019-12"),
        ("On January 25 it", "2019-12-14", "2020-01-25"),
        ("On January 7 it", "2019-10-16", "2019-01-07"),
        ("On February 29 it", "2020-03-01", "2020-02-29"),
    ],
)
def test_the_year_of_a_day_is_told_from_its_season(text: str, today: str, value: str) -> None:
    assert [value for _, value in found(text, today)] == [value]


@pytest.mark.parametrize("text", ["on Tuesday", "yesterday", "this year", "on January 7", "in May"])
def test_without_a_publication_date_a_relative_date_is_found_and_left_open(text: str) -> None:
    assert [value for _, value in found(text, today=None)] == [None]


def test_a_suspect_publication_date_resolves_nothing() -> None:
    suspect = published(WEDNESDAY).model_copy(update={"suspect": True})
    [mention] = dates(replace(draft("on Tuesday"), published_at=suspect))
    assert mention.value is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("On January 7, 2020 it shook. The same day it rained.", "2020-01-07"),
        ("On January 7, 2020 it shook. The previous day it rained.", "2020-01-06"),
        ("On January 7, 2020 it shook. The next day it rained.", "2020-01-08"),
        ("On January 7, 2020 it shook. Two days earlier it rained.", "2020-01-05"),
        ("On January 7, 2020 it shook. Two days later it rained.", "2020-01-09"),
    ],
)
def test_some_dates_count_from_the_day_spoken_of_last(text: str, value: str) -> None:
    assert [value for _, value in found(text, today=None)] == ["2020-01-07", value]


@pytest.mark.parametrize(
    "text",
    [
        "Black Friday sales",
        "the Sunday Times",
        "USA Today reported",
        "It may rain, they march on",
        "2000 people came",
        "of 2000 people",
        "a 2000 km pipeline",
        "the 1995 tonnes",
        "$2019 was paid",
        "at 2053 UTC",
        "2019-nCoV",
        "Theresa May said",
        "the second day",
    ],
)
def test_what_only_resembles_a_date_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_month_in_a_person_s_name_is_no_date() -> None:
    text = "A letter of April May Jones in April"
    people = entities(text, {"April May Jones": ("PERSON", ["April May Jones"])})
    assert [mention.start for mention in dates(replace(draft(text), entities=people))] == [31]


def test_dates_outside_title_and_body_are_not_looked_for() -> None:
    text = "January 1, 2020\nIt snowed on January 7, 2020."
    body = (Span(start=16, end=len(text)),)
    assert [mention.text for mention in dates(draft(text, body=body))] == ["January 7, 2020"]


PIECES = ["January", "May", "30", "7", "2019", "of", "last", "this", "Friday", "week", "on", ","]
PIECES += [
    "yesterday",
    "two",
    "days",
    "earlier",
    "0",
    "-",
    "/",
    "31",
    "the same day",
    "in",
    "99999",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=15).map(" ".join)


@given(TEXTS, st.dates(min_value=date(1990, 1, 1)).map(str))
def test_every_date_is_real_and_stands_in_the_text_in_order(text: str, today: str) -> None:
    mentions = dates(replace(draft(text), published_at=published(today)))
    ends = [0, *(mention.end for mention in mentions)]
    assert all(end <= each.start for end, each in zip(ends, mentions, strict=False))
    assert all(text[each.start : each.end] == each.text for each in mentions)
    assert all(re.match(r"\d{4}(-\d\d(-\d\d)?)?$", each.value) for each in mentions if each.value)


@pytest.mark.parametrize(
    "piece",
    ["May ", "this ", "1 ", "Monday, ", "last week ", "of ", "January 7-", "12/", "late\xa0"],
)
def test_hostile_repetition_is_read_in_linear_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert all(text[each.start : each.end] == each.text for each in dates(draft(text)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("he said it would close on Friday", "2019-10-18"),
        ("On Friday, the company said it will close", "2019-10-11"),
        ("Ministers, who will meet in Rome, agreed on Friday", "2019-10-11"),
        ("The shop was forced to close on Friday", "2019-10-11"),
        ("He could not be reached on Friday", "2019-10-11"),
        ("It may have begun on Friday", "2019-10-11"),
        ("It may rain; it was dry on Friday", "2019-10-11"),
        ("A funeral is set for Friday", "2019-10-18"),
        ("Polls close at 8 p.m. on Friday", "2019-10-18"),
        ("The final on Friday will be shown live", "2019-10-18"),
        ("The man shot on Friday will be buried", "2019-10-11"),
        ("The talks will be held in Rome, officials say, on Friday", "2019-10-18"),
    ],
)
def test_the_verb_of_the_clause_tells_which_weekday_is_meant(text: str, value: str) -> None:
    assert [value for _, value in found(text)] == [value]


def test_a_year_is_counted_only_from_one_that_was_named_nearby() -> None:
    text = "It began in 2014." + " It went on and on." * 20 + " Two years later it ended."
    assert found(text) == [("2014", "2014"), ("Two years later", None)]
