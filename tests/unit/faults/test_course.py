"""The judge sees a run that does not end, takes too much memory, grows, or logs in a hot loop."""

from dataclasses import replace

import pytest

from tests.faults.breach import Breach
from tests.faults.course import Away, Bounds, Course, Memory, breaches, slope

BOUNDS = Bounds(drained=90, memory=1000, growth=2)


def taken(minutes: int, growth: float, base: float = 300) -> list[Memory]:
    """Sample a worker's memory each second."""
    return [Memory(1000 + s, base + growth * s / 60) for s in range(minutes * 60)]


@pytest.fixture
def course() -> Course:
    """A run of ten minutes in which nothing is wrong."""
    memory = {"enricher": taken(10, growth=0), "indexer": taken(10, growth=0, base=100)}
    return Course(12.0, memory, [Away("indexer", 60, 10)], BOUNDS)


def kinds(course: Course) -> list[tuple[str, str, str]]:
    return [(one.invariant, one.kind, one.article) for one in breaches(course)]


def test_a_run_within_its_bounds_breaks_nothing(course):
    assert kinds(course) == []
    assert course.peak == 400


@pytest.mark.parametrize("drained", [None, 91.0])
def test_a_run_that_does_not_drain_in_time_is_named(course, drained):
    assert kinds(replace(course, drained=drained)) == [("I7", "not drained", "all")]


def test_peaks_that_are_too_much_together_are_named(course):
    found = list(breaches(replace(course, bounds=replace(BOUNDS, memory=399))))
    assert found == [Breach("I8", "too much memory", "all", "400 MB, 399 are allowed")]


def test_a_worker_that_grows_is_named(course):
    memory = {**course.memory, "indexer": taken(10, growth=5)}
    assert kinds(replace(course, memory=memory)) == [("I8", "memory grows", "indexer")]
    unbounded = replace(course, memory=memory, bounds=replace(BOUNDS, growth=None))
    assert kinds(unbounded) == []


def test_a_hot_loop_is_named(course):
    hot = [Away("indexer", 60, 5000), Away("enricher", 1, 30)]
    assert kinds(replace(course, away=hot)) == [("I8", "hot loop", "indexer")]


def test_a_slope_is_that_of_the_worker_and_not_of_its_starts():
    killed = [
        replace(one, megabytes=20) if n % 90 < 5 else one for n, one in enumerate(taken(9, 3))
    ]
    assert slope(killed) == pytest.approx(3, abs=0.2)


def test_what_was_seen_for_a_minute_or_two_has_no_slope():
    assert slope(taken(2, growth=50)) is None
    assert slope([]) is None
