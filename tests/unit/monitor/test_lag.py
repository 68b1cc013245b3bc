"""How far behind a group is, and how samples are kept within bounds."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from services.monitor.lag import WEEK, Span, sample, write

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "lag"),
    [
        (Span(first=0, end=10, committed=4), 6),
        (Span(first=0, end=10, committed=10), 0),
        (Span(first=0, end=10, committed=None), 10),
        (Span(first=7, end=10, committed=None), 3),
        (Span(first=7, end=10, committed=4), 3),  # retention took what is before 7
        (Span(first=0, end=2, committed=9), 0),  # the topic was made again
        (Span(first=0, end=0, committed=None), 0),
    ],
)
def test_lag_is_what_the_group_can_still_read(span: Span, lag: int) -> None:
    assert span.lag == lag


def test_a_sample_adds_up_the_partitions_and_names_the_worst() -> None:
    spans = {0: Span(0, 10, 9), 1: Span(0, 10, 2), 2: Span(0, 10, 10)}
    assert sample("workers", "news", spans, NOON) == {
        "@timestamp": "2026-03-01T12:00:00+00:00",
        "group": "workers",
        "topic": "news",
        "lag": 9,
        "partitions": 3,
        "worst_partition": 1,
        "worst_lag": 8,
    }


def identity(after: timedelta, every: float = 10.0) -> str:
    at = NOON + after
    return write(sample("workers", "news", {0: Span(0, 1, 0)}, at), at, every, "alias").article_id


def test_a_sample_overwrites_the_one_of_a_week_earlier_and_no_other() -> None:
    steps = int(WEEK // 10)
    taken = [identity(timedelta(seconds=10 * step)) for step in range(2 * steps)]
    assert taken[:steps] == taken[steps:]
    assert len(set(taken)) == steps


def test_a_sample_taken_a_little_late_has_the_id_of_its_time() -> None:
    assert identity(timedelta(seconds=9.9)) == identity(timedelta(0))
    assert identity(timedelta(seconds=10)) != identity(timedelta(0))


def test_a_sample_is_written_through_the_alias_and_nowhere_else() -> None:
    made = write(sample("workers", "news", {0: Span(0, 1, 0)}, NOON), NOON, 10.0, "alias")
    action, document = map(json.loads, made.lines.splitlines())
    assert action["index"] == {"_index": "alias", "_id": made.article_id, "require_alias": True}
    assert document["lag"] == 1
