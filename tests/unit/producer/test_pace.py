import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.producer.command import Replay
from services.producer.pace import as_recorded, at_rate, unpaced

DATES = st.none() | st.dates().map(str)


def test_without_a_pace_everything_is_due_at_once() -> None:
    pace = unpaced()
    assert [pace(1, None) for _ in range(3)] == [0, 0, 0]


def test_a_rate_spaces_articles_evenly_over_rounds() -> None:
    pace = at_rate(4)
    assert [pace(number, None) for number in (1, 1, 2, 2)] == [0, 0.25, 0.5, 0.75]


def test_recorded_gaps_are_divided_by_the_speed() -> None:
    pace = as_recorded(3600)
    dates = ["2019-01-01", "2019-01-02", "2019-01-02T12:00:00Z"]
    assert [pace(1, date) for date in dates] == [0, 24, 36]


def test_an_article_without_a_date_or_out_of_order_follows_at_once() -> None:
    pace = as_recorded(86_400)
    dates = ["2019-01-01", None, "2019-01-03", "2019-01-02", "2019-01-04"]
    assert [pace(1, date) for date in dates] == [0, 0, 2, 2, 3]


def test_a_new_round_follows_at_once_and_keeps_its_gaps() -> None:
    pace = as_recorded(86_400)
    rounds = [(1, "2019-01-01"), (1, "2019-01-02"), (2, "2019-01-01"), (2, "2019-01-02")]
    assert [pace(*each) for each in rounds] == [0, 1, 1, 2]


@given(st.lists(DATES), st.floats(0.1, 1e9))
def test_no_article_is_due_before_the_one_that_precedes_it(
    dates: list[str | None], speed: float
) -> None:
    pace = as_recorded(speed)
    due = [pace(1, date) for date in dates]
    assert due == sorted(due)


@pytest.mark.parametrize(
    "options",
    [
        {"rate": 0},
        {"rate": -1},
        {"rate": float("nan")},
        {"speed": 0},
        {"speed": float("inf")},
        {"loop": 0},
        {"rate": 1, "speed": 1},
    ],
)
def test_a_pace_that_makes_no_sense_is_refused(options: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Replay(paths=["seeds"], **options)
