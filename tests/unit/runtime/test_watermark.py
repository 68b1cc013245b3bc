import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.runtime.watermark import Watermark, Watermarks


@given(st.lists(st.integers(0, 10_000), unique=True, min_size=1), st.randoms(use_true_random=False))
def test_nothing_is_committed_past_an_event_that_is_not_settled(offsets, random):
    mark = Watermark()
    tickets = [mark.begin(offset) for offset in sorted(offsets)]
    shuffled = random.sample(tickets, len(tickets))
    for ticket in shuffled:
        ticket.settle()
        committed = mark.committable()
        waiting = [other.offset for other in tickets if not other.settled]
        assert committed is None or committed <= min(waiting, default=committed)
    assert mark.committable() == max(offsets) + 1
    assert mark.in_flight() == 0


def test_the_head_alone_holds_everything_back_even_before_a_first_commit():
    mark = Watermark()
    head, *others = (mark.begin(offset) for offset in (7, 8, 9))
    for ticket in others:
        ticket.settle()
    assert mark.committable() is None
    head.settle()
    assert mark.committable() == 10


def test_an_earlier_offset_after_a_later_one_is_refused():
    mark = Watermark()
    mark.begin(5)
    with pytest.raises(ValueError, match="offset 4 was delivered after 5"):
        mark.begin(4)


def test_a_ticket_of_a_revoked_partition_has_no_effect_when_it_comes_back():
    marks = Watermarks()
    stale = marks.begin("news-raw-0", 3)
    marks.forget(["news-raw-0"])
    fresh = marks.begin("news-raw-0", 3)
    stale.settle()
    assert marks.committable() == {}
    fresh.settle()
    assert marks.committable() == {"news-raw-0": 4}


def test_partitions_do_not_hold_each_other_back():
    marks = Watermarks()
    marks.begin("a", 1)
    marks.begin("b", 1).settle()
    assert marks.committable() == {"b": 2}
    assert marks.in_flight() == 1
