import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from services.runtime.watermark import HoleError, Ticket, Watermark, Watermarks


def begun(mark: Watermark, *offsets: int) -> list[Ticket]:
    """Fetch and begin events."""
    mark.fetched(offsets)
    return [mark.begin(offset) for offset in offsets]


@given(st.lists(st.integers(0, 10_000), unique=True, min_size=1), st.randoms(use_true_random=False))
def test_nothing_is_committed_past_an_event_that_is_not_settled(offsets, random):
    mark = Watermark()
    tickets = begun(mark, *sorted(offsets))
    shuffled = random.sample(tickets, len(tickets))
    for ticket in shuffled:
        ticket.settle()
        committed = mark.committable()
        waiting = [other.offset for other in tickets if not other.settled]
        assert committed is None or committed <= min(waiting, default=committed)
    assert mark.committable() == max(offsets) + 1
    assert mark.in_flight() == 0


class Partition(RuleBasedStateMachine):
    """Fetching, beginning, settling, seeking and revoking in any order, beside a plain model."""

    def __init__(self) -> None:
        super().__init__()
        self.marks = Watermarks[str]()
        self.log: list[int] = []
        """Every offset that there is, with the gaps that compaction leaves."""
        self.position = 0
        """How many of them were handed out."""
        self.due: list[int] = []
        self.tickets: dict[int, Ticket] = {}
        self.settled: set[int] = set()
        self.committed = 0

    @rule(gaps=st.lists(st.integers(0, 3), min_size=1, max_size=8))
    def append(self, gaps: list[int]) -> None:
        for gap in gaps:
            self.log.append((self.log[-1] + 1 if self.log else 0) + gap)

    @rule(count=st.integers(1, 8))
    def fetch(self, count: int) -> None:
        offsets = self.log[self.position : self.position + count]
        self.position += len(offsets)
        self.marks.of("p").fetched(offsets)
        self.due += offsets

    @precondition(lambda self: self.due)
    @rule()
    def begin(self) -> None:
        offset = self.due.pop(0)
        self.tickets[offset] = self.marks.of("p").begin(offset)

    @precondition(lambda self: self.tickets)
    @rule(random=st.randoms(use_true_random=False))
    def settle(self, random) -> None:
        offset = random.choice(sorted(self.tickets))
        self.tickets.pop(offset).settle()
        self.settled.add(offset)

    @rule()
    def commit(self) -> None:
        offset = self.marks.committable().get("p")
        if offset is not None:
            self.marks.require_settled("p", offset)
            self.committed = max(self.committed, offset)

    @rule()
    def rebalance(self) -> None:
        """Lose the partition and get it back, from what was committed."""
        self.marks.forget(["p"])
        assert all(ticket.revoked for ticket in self.tickets.values())
        self.tickets.clear()
        self.due.clear()
        self.position = sum(offset < self.committed for offset in self.log)
        self.marks.of("p").sought(self.committed)

    @invariant()
    def nothing_below_what_was_committed_is_unsettled(self) -> None:
        assert all(offset in self.settled for offset in self.log if offset < self.committed)


TestPartition = Partition.TestCase


def test_the_head_alone_holds_everything_back_even_before_a_first_commit():
    mark = Watermark()
    head, *others = begun(mark, 7, 8, 9)
    for ticket in others:
        ticket.settle()
    assert mark.committable() is None
    head.settle()
    assert mark.committable() == 10


def test_an_event_that_was_passed_over_on_the_way_to_us_is_a_hole():
    mark = Watermark()
    mark.fetched([4, 5])
    with pytest.raises(HoleError, match="offset 5 was handed out where 4 was due"):
        mark.begin(5)


def test_an_event_that_was_never_fetched_can_not_be_begun():
    with pytest.raises(HoleError, match="offset 5 was handed out where None was due"):
        Watermark().begin(5)


def test_going_back_without_a_seek_is_a_hole():
    mark = Watermark()
    mark.fetched([5])
    with pytest.raises(HoleError, match="offset 4 was fetched where 6 was to come"):
        mark.fetched([4])


def test_what_was_fetched_and_not_begun_comes_again_after_a_seek():
    mark = Watermark()
    mark.fetched([4, 5])
    mark.begin(4).settle()
    mark.sought(5)
    mark.fetched([5, 6])
    assert mark.begin(5).offset == 5


@pytest.mark.parametrize("hole", ["fetched", "begun"])
def test_a_commit_past_a_hole_is_refused(hole):
    marks = Watermarks[str]()
    mark = marks.of("news-raw-0")
    mark.fetched([4, 5])
    if hole == "begun":
        mark.begin(4)
    marks.require_settled("news-raw-0", 4)
    with pytest.raises(HoleError, match="news-raw-0: 6 was to be committed, 4 is not settled"):
        marks.require_settled("news-raw-0", 6)


def test_a_ticket_of_a_revoked_partition_has_no_effect_when_it_comes_back():
    marks = Watermarks[str]()
    (stale,) = begun(marks.of("news-raw-0"), 3)
    marks.forget(["news-raw-0"])
    (fresh,) = begun(marks.of("news-raw-0"), 3)
    stale.settle()
    assert stale.revoked
    assert not fresh.revoked
    assert marks.committable() == {}
    fresh.settle()
    assert marks.committable() == {"news-raw-0": 4}


def test_partitions_do_not_hold_each_other_back():
    marks = Watermarks[str]()
    begun(marks.of("a"), 1)
    begun(marks.of("b"), 1)[0].settle()
    assert marks.committable() == {"b": 2}
    assert marks.in_flight() == 1
