from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.headers import Headers, Origin
from schemas.reasons import REASONS
from services.dead_letters.letters import (
    Letter,
    Selection,
    SelectionError,
    Stored,
    instant,
    moment,
    select,
)
from tests.unit.dead_letters.builders import NOON, letter

reasons = st.lists(st.sampled_from(sorted(REASONS)), max_size=12)


def test_an_id_is_where_the_letter_stands():
    assert letter(7).id == "news-raw-dlq-0-7"


def test_a_letter_tells_where_its_original_stood():
    assert letter(7).origin == "news-raw-2-47"


@given(
    st.integers(-(2**63), 2**63 - 1),
    st.lists(st.tuples(st.sampled_from(["dlq_topic", "dlq_tries", "x"]), st.binary(max_size=9))),
    st.one_of(st.none(), st.binary(max_size=9)),
)
def test_whatever_somebody_wrote_there_is_a_letter(
    timestamp: int, headers: Headers, content: bytes | None
):
    written = Stored(Origin("t", 0, 0, timestamp), content, content, tuple(headers))
    found = Letter.of(written)
    assert found.size == (None if content is None else len(content))
    assert found.written_at.tzinfo is UTC
    assert found.origin is None


def test_a_header_without_a_value_reads_as_nothing():
    nothing: Any = (("dlq_reason", None),)  # as aiokafka gives it
    assert Letter.of(Stored(Origin("t", 0, 0, 0), None, None, nothing)).reason == ""


def test_named_letters_come_in_the_order_they_stand_in():
    letters = [letter(offset) for offset in range(4)]
    wanted = Selection(ids=["news-raw-dlq-0-3", "news-raw-dlq-0-1", "news-raw-dlq-0-3"])
    assert select(letters, wanted) == [letters[1], letters[3]]


def test_an_unknown_id_is_named():
    with pytest.raises(SelectionError, match="no letter news-raw-dlq-0-10"):
        select([letter(1)], Selection(ids=["news-raw-dlq-0-1", "news-raw-dlq-0-10"]))


def test_a_misspelt_reason_is_an_error_that_lists_the_reasons():
    with pytest.raises(SelectionError, match=r"not_jsn.*not_json"):
        select([letter()], Selection(reason="not_jsn"))


def test_a_reason_of_another_release_selects_its_letters():
    other = letter(reason="of_tomorrow")
    assert select([other, letter(1)], Selection(reason="of_tomorrow")) == [other]


def test_since_takes_its_own_moment_in():
    letters = [letter(offset) for offset in range(3)]
    wanted = Selection(since=NOON + timedelta(seconds=1))
    assert select(letters, wanted) == letters[1:]


@given(reasons)
def test_each_letter_is_selected_by_its_own_reason_and_by_no_other(found: list[str]):
    letters = [letter(offset, reason=reason) for offset, reason in enumerate(found)]
    by_reason = {reason: select(letters, Selection(reason=reason)) for reason in REASONS}
    assert sorted(
        (one.place.offset, reason) for reason in by_reason for one in by_reason[reason]
    ) == list(enumerate(found))


@given(reasons, st.integers(-2, 14), st.sampled_from(sorted(REASONS)))
def test_reason_and_since_both_hold(found: list[str], seconds: int, reason: str):
    letters = [letter(offset, reason=reason) for offset, reason in enumerate(found)]
    since = NOON + timedelta(seconds=seconds)
    both = select(letters, Selection(reason=reason, since=since))
    assert both == select(select(letters, Selection(since=since)), Selection(reason=reason))
    assert all(one.reason == reason and one.written_at >= since for one in both)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-05-04", datetime(2024, 5, 4, tzinfo=UTC)),
        ("2024-05-04T12:30", datetime(2024, 5, 4, 12, 30, tzinfo=UTC)),
        ("2024-05-04T12:30+02:00", datetime(2024, 5, 4, 10, 30, tzinfo=UTC)),
    ],
)
def test_a_date_or_time_is_in_utc_unless_it_says_otherwise(written: str, expected: datetime):
    assert instant(written) == expected


def test_what_is_no_date_is_told_with_examples():
    with pytest.raises(ValueError, match="'yesterday' is no date; write 2024-05-04"):
        instant("yesterday")


@pytest.mark.parametrize(
    ("timestamp", "year"), [(-1, 1970), (2**63 - 1, 9999), (1_714_824_000_000, 2024)]
)
def test_any_timestamp_of_kafka_is_a_moment(timestamp: int, year: int):
    assert moment(timestamp).year == year
