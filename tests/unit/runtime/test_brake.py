import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.runtime.brake import Brake
from services.runtime.worker import BrakeSettings


def a_brake(**limits) -> Brake:
    return Brake(**BrakeSettings(**limits).model_dump())


def test_a_run_of_refusals_trips_it_at_the_last_of_them():
    brake = a_brake(run=3, window=100)
    assert brake.admit([True, True, False, True, True, True, False]) == 5
    assert brake.why() == "3 events in a row were refused"


def test_a_share_of_the_last_events_trips_it_though_there_is_no_run():
    brake = a_brake(share=0.2, window=10, run=50)
    assert brake.admit([False, True] * 2) == 4
    assert brake.admit([False, True]) == 1
    assert brake.why() == "3 of the last 6 events were refused"


def test_the_few_refusals_of_a_start_do_not_trip_it():
    brake = a_brake()
    assert brake.admit([True] * 40) == 40
    assert brake.why() is None


def test_refusals_that_are_long_past_count_no_more():
    brake = a_brake(share=0.2, window=10, run=50)
    for _ in range(20):
        events = [True, True, *[False] * 8]
        assert brake.admit(events) == len(events)


def test_it_counts_anew_after_a_release():
    brake = a_brake(run=2)
    assert brake.admit([True, True]) == 1
    brake.release()
    assert brake.why() is None
    assert brake.admit([True, False, True]) == 3


@given(st.lists(st.booleans()), st.integers(1, 8), st.integers(1, 20), st.floats(0.05, 1))
def test_what_it_admits_is_within_both_limits_and_what_it_stops_is_not(events, run, window, share):
    brake = Brake(run=run, window=window, share=share)
    admitted = brake.admit(events)

    def within(count: int) -> bool:
        seen = events[:count]
        few = sum(seen[-window:]) <= share * window
        return few and not (len(seen) >= run and all(seen[-run:]))

    assert all(within(count) for count in range(admitted + 1))
    if admitted < len(events):
        assert not within(admitted + 1)


@pytest.mark.parametrize("wrong", [{"share": 0}, {"share": 1.1}, {"window": 0}, {"run": 0}])
def test_limits_that_mean_nothing_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        BrakeSettings(**wrong)


@pytest.mark.parametrize("wrong", [{"run": 1}, {"share": 0.2, "window": 4}])
def test_limits_at_which_a_refused_event_could_never_pass_are_refused(wrong):
    with pytest.raises(ValueError, match=r"run|no refused one could pass"):
        BrakeSettings(**wrong)
