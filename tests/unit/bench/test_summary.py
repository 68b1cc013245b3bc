import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.rounds import Run
from tests.bench.summary import Spread, percentile, spread, summary

RUNS = [
    Run("sink", "ours", 0, {"cpu": 99.0}),
    Run("sink", "theirs", 0, {"cpu": 99.0}),
    Run("sink", "ours", 1, {"cpu": 0.2}),
    Run("sink", "theirs", 1, {"cpu": 0.4, "stall_ms": 7.0}),
    Run("sink", "theirs", 2, {"cpu": 0.6}),
    Run("sink", "ours", 2, {"cpu": 0.3}),
    Run("sink", "ours", 3, {"cpu": 0.1}),
]


def test_the_cold_round_does_not_count():
    assert summary(RUNS)["sink"]["ours"]["cpu"] == Spread(0.2, 0.1, 0.3)


def test_contestants_stay_in_the_order_of_the_first_round():
    assert list(summary(RUNS)["sink"]) == ["ours", "theirs"]


def test_a_figure_that_not_every_round_gave_is_of_those_that_did():
    assert summary(RUNS)["sink"]["theirs"]["stall_ms"] == Spread(7.0, 7.0, 7.0)


@given(st.lists(st.floats(0, 1e9), min_size=1))
def test_a_median_lies_in_its_range(values):
    found = spread(values)
    assert found.least <= found.median <= found.most


@pytest.mark.parametrize(("percent", "value"), [(50, 50), (95, 95), (99, 99), (100, 100), (1, 1)])
def test_so_many_percent_do_not_exceed_a_percentile(percent, value):
    assert percentile(range(100, 0, -1), percent) == value


@given(st.lists(st.floats(0, 1e9), min_size=1), st.sampled_from([50, 95, 99]))
def test_a_percentile_is_one_of_the_values_and_no_more_than_its_share_is_above(values, percent):
    found = percentile(values, percent)
    assert found in values
    assert sum(one > found for one in values) <= len(values) * (100 - percent) / 100
