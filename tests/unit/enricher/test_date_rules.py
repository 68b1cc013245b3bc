"""The rules for dates are tried only where one of their first words stands, and miss nothing."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.enricher.calendars import starts
from services.enricher.calendars.rules import RULES
from services.enricher.quantities.tokens import tokenise

CORPUS = Path(__file__).parents[2] / "corpus" / "wikinews-2019-2020.jsonl"
ARTICLES = [json.loads(line)["text"] for line in CORPUS.read_text(encoding="utf-8").splitlines()]

LISTED = sorted(
    starts.MONTHS
    | starts.WEEKDAYS_BEFORE_DATE
    | starts.NEAR
    | starts.SEASONS
    | starts.COUNTS
    | starts.DAYS_IN_WORDS
)
WORDS = (
    *LISTED,
    *map(str.title, LISTED),
    *("in", "of", "to", "the", "by", "on", "week", "year", "month", "day", "ago", "century"),
    *("(", "'", "’", "AD", "BC", "Christmas", "Day", "Eve", "St.", "Patrick's", "Q1", "9/11"),
    *(
        "the",
        "same",
        "following",
        "later",
        "earlier",
        "CE",
        "Tonight",
        "yesterday",
        "la\u017ft",
        "\u0661",
        "2019",
        "1066",
        "44",
        "7th",
        "90s",
        "05",
    ),
)
GAPS = (" ", " ", " ", "", "-", "/", "\n", ", ", "\xa0")
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=12).map(
    lambda pieces: "".join(word + gap for word, gap in pieces)
)


def searched(text: str) -> Iterator[tuple[int, int, int]]:
    """Find what each rule finds if it is tried everywhere."""
    for index, rule in enumerate(RULES.rules):
        for match in rule.find(text, range(len(text) + 1)):
            yield index, *match.span()


def found(text: str) -> Iterator[tuple[int, int, int]]:
    for rule, match in RULES.find(tokenise(text, 0, len(text))):
        yield RULES.rules.index(rule), *match.span()


@pytest.mark.parametrize("start", range(10))
def test_articles_have_no_date_that_is_missed(start):
    for text in ARTICLES[start::70]:
        assert [*found(text)] == [*searched(text)]


@given(TEXTS)
@example("la\u017ft month")
@example("in the ’90s, by AD 79 and 1066-67")
def test_no_date_is_missed(text):
    assert [*found(text)] == [*searched(text)]
