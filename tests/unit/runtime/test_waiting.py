from itertools import islice

from services.runtime.waiting import pauses


def test_the_bound_doubles_then_levels_off():
    longest = pauses(first=0.5, ceiling=30.0, jitter=lambda _low, high: high)
    assert [*islice(longest, 8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]


def test_every_pause_lies_between_zero_and_the_bound():
    assert all(0 <= pause <= 2.0 for pause in islice(pauses(first=1.0, ceiling=2.0), 200))
