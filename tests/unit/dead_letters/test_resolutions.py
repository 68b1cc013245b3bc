import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.headers import Origin
from schemas.resolution import Resolution
from services.dead_letters.letters import SelectionError, Stored
from services.dead_letters.resolutions import folded, resolution_record, to_take
from tests.unit.dead_letters.builders import NOON, letter

LETTERS = [letter(offset) for offset in range(4)]
VALUES = (b"replayed", b"dropped", None, b"{", b'{"schema_version":2}')


def record(offset: int, of: int, value: bytes | None) -> Stored:
    """A resolution of one of the letters, or what is none."""
    written = resolution_record("r", LETTERS[of], "dropped", "a@b", NOON)
    if value in {b"replayed", b"dropped"}:
        value = resolution_record("r", LETTERS[of], value.decode(), "a@b", NOON).value
    return Stored(Origin("r", 0, offset, 0), written.key, value)


logs = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(VALUES)), max_size=20).map(
    lambda entries: [record(offset, of, value) for offset, (of, value) in enumerate(entries)]
)


def resolved(*offsets: int) -> dict[str, Resolution]:
    return folded(record(0, offset, b"dropped") for offset in offsets)


def test_a_resolution_is_keyed_by_the_letter_and_read_back_as_written():
    written = resolution_record("r", LETTERS[1], "replayed", "ann@desk", NOON)
    assert written.topic == "r"
    assert written.key == b"news-raw-dlq-0-1"
    assert folded([Stored(Origin("r", 0, 0, 0), written.key, written.value)]) == {
        "news-raw-dlq-0-1": Resolution(
            letter="news-raw-dlq-0-1", what="replayed", by="ann@desk", at=NOON
        )
    }


@given(logs, st.data())
def test_compaction_changes_nothing(log: list[Stored], data: st.DataObject):
    last = {one.key: one.place.offset for one in log}
    kept = [one for one in log if last[one.key] == one.place.offset or data.draw(st.booleans())]
    assert folded(kept) == folded(log)


@given(logs)
def test_a_letter_is_resolved_or_open_and_never_both(log: list[Stored]):
    known = folded(log)
    still_open = to_take(LETTERS, known, named=False, again=False)
    assert {one.id for one in still_open} | known.keys() == {one.id for one in LETTERS}
    assert {one.id for one in still_open} & known.keys() == set()


@given(logs, st.sampled_from(LETTERS))
def test_the_last_resolution_counts(log: list[Stored], of):
    last = resolution_record("r", of, "replayed", "last@desk", NOON)
    after = folded([*log, Stored(Origin("r", 0, len(log), 0), last.key, last.value)])
    assert after[of.id].by == "last@desk"


@pytest.mark.parametrize("value", [None, b"{", b'{"schema_version":2}'])
def test_a_resolution_withdrawn_or_unreadable_leaves_the_letter_open(value: bytes | None):
    assert folded([record(0, 0, b"dropped"), record(1, 0, value)]) == {}


def test_a_resolution_under_the_key_of_another_letter_counts_for_neither():
    strayed = record(0, 1, b"dropped")
    key = LETTERS[0].id.encode()
    assert folded([Stored(strayed.place, key, strayed.value)]) == {}


def test_a_named_letter_that_is_resolved_is_told_with_who_did_it():
    with pytest.raises(SelectionError, match="dlq-0-1 was dropped by a@b at 2024-05-04 12:00:00"):
        to_take(LETTERS, resolved(1), named=True, again=False)


def test_a_resolved_letter_is_taken_when_wanted_again():
    assert to_take(LETTERS, resolved(1), named=True, again=True) == LETTERS
