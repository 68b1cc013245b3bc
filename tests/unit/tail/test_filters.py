from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_settings import CliApp

from schemas.enriched_article import Entity, Mention
from services.tail.command import Tail
from services.tail.filters import Filter, moment
from tests.builders import enriched_article

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
ARTICLE = enriched_article()
ENRICHED_AT = ARTICLE.enrichment.enriched_at


class Parsed(Tail):
    def cli_cmd(self) -> None:
        pass


def tail(*arguments: str) -> Tail:
    return CliApp.run(Parsed, cli_args=list(arguments))


@pytest.mark.parametrize(
    ("wanted", "passes"),
    [
        (Filter(), True),
        (Filter(people=("jens stoltenberg",)), True),
        (Filter(people=("Stoltenberg",)), False),
        (Filter(people=("Kyiv",)), False),
        (Filter(places=("Kyiv", "GERMANY")), True),
        (Filter(places=("Kyiv", "Lviv")), False),
        (Filter(organizations=("NATO",)), False),
        (Filter(kinds=("money",)), True),
        (Filter(kinds=("money", "count")), False),
        (Filter(since=ENRICHED_AT), True),
        (Filter(since=ENRICHED_AT + timedelta(seconds=1)), False),
        (Filter(people=("Jens Stoltenberg",), kinds=("count",)), False),
    ],
)
def test_an_article_must_have_all_that_is_wanted(wanted: Filter, passes: bool) -> None:  # noqa: FBT001
    assert wanted.passes(ARTICLE) is passes


def test_a_name_is_also_what_the_article_calls_it() -> None:
    mentions = tuple(Mention(start=0, end=4, text=text) for text in ("the Alliance", "Nato"))
    article = enriched_article(entities=(Entity(name="NATO", type="ORG", mentions=mentions),))
    assert Filter(organizations=("The Alliance",)).passes(article)
    assert Filter(organizations=("nato",)).passes(article)
    assert not Filter(organizations=("alliance",)).passes(article)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("90s", NOW - timedelta(seconds=90)),
        ("15m", NOW - timedelta(minutes=15)),
        ("2h", NOW - timedelta(hours=2)),
        ("3d", NOW - timedelta(days=3)),
        ("1w", NOW - timedelta(days=7)),
        ("2026-11-23", datetime(2026, 11, 23, tzinfo=UTC)),
        ("2026-11-23T18:00", datetime(2026, 11, 23, 18, tzinfo=UTC)),
        ("2026-11-23T18:00+02:00", datetime(2026, 11, 23, 16, tzinfo=UTC)),
    ],
)
def test_a_time_is_a_duration_back_or_a_date(text: str, meant: datetime) -> None:
    assert moment(text, NOW) == meant


@given(st.text() | st.from_regex(r"\d+[smhdw]", fullmatch=True))
def test_any_other_text_is_no_time(text: str) -> None:
    try:
        assert moment(text, NOW).tzinfo
    except ValueError as error:
        assert "write 15m, 2h, 3d" in str(error)  # noqa: PT017


def test_the_command_line_makes_the_filter() -> None:
    arguments = (
        "--place",
        "Washington, D.C.",
        "--place",
        "Kyiv",
        "--kind",
        "money",
        "--since",
        "2h",
    )
    assert tail(*arguments).wanted(NOW) == Filter(
        places=("Washington, D.C.", "Kyiv"), kinds=("money",), since=NOW - timedelta(hours=2)
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--kind", "cash"), "'money'"),
        (("--since", "yesterday"), "'yesterday' is no time; write 15m"),
        (("--person", " "), "at least 1 character"),
    ],
)
def test_what_is_not_understood_is_told(arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(ValidationError) as error:
        tail(*arguments)
    assert said in str(error.value)
