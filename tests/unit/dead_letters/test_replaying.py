import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.headers import Headers, Origin, Rejection, dead_letter_headers
from services.dead_letters.letters import Letter, Stored
from services.dead_letters.replaying import UnreplayableError, obstacle, returned
from tests.unit.dead_letters.builders import letter, stored

OURS = {"news-raw", "news-enriched"}
originals = st.lists(
    st.tuples(st.text(max_size=5).filter(lambda name: not name.startswith("dlq_")), st.binary())
).map(tuple)


@given(originals, st.binary())
def test_bytes_key_and_headers_go_back_as_they_came(original: Headers, value: bytes):
    found = stored(value=value, headers=original)
    record = returned(Letter.of(found), found.value, OURS)
    assert (record.topic, record.key, record.value) == ("news-raw", b"key", value)
    assert record.headers[: len(original)] == original
    assert {name for name, _ in record.headers[len(original) :]} == {
        "dlq_topic",
        "dlq_partition",
        "dlq_offset",
        "dlq_timestamp",
        "dlq_tries",
    }


@given(originals, st.integers(1, 6))
def test_a_letter_that_fails_again_and_again_counts_its_tries(original: Headers, times: int):
    headers = original
    for failure in range(1, times + 1):
        why = Rejection("not_json", "ValueError", "no JSON")
        written = dead_letter_headers(headers, "enricher", why, Origin("news-raw", 0, failure, 0))
        again = Letter.of(Stored(Origin("news-raw-dlq", 0, failure, 0), b"k", b"{", written))
        assert again.header("dlq_tries") == str(failure)
        assert again.origin == f"news-raw-0-{failure}"
        headers = returned(again, b"{", OURS).headers
    assert headers[: len(original)] == original


def test_repaired_bytes_go_instead_of_the_original_ones():
    assert returned(letter(), b"{", OURS, b"{}").value == b"{}"


@pytest.mark.parametrize("topic", ["news-raw-dlq", "payments", ""])
def test_a_letter_goes_to_our_topics_only(topic: str):
    foreign = letter(topic=topic)
    with pytest.raises(UnreplayableError, match="ours are news-enriched, news-raw"):
        returned(foreign, b"{", OURS)


def test_a_record_that_does_not_say_whence_it_came_stays():
    bare = Letter.of(Stored(Origin("news-raw-dlq", 0, 5, 0), None, b"{"))
    assert "news-raw-dlq-0-5 can't be replayed: it does not say" in (obstacle(bare, OURS) or "")


def test_a_letter_without_value_needs_repaired_bytes():
    empty = letter(value=None)
    with pytest.raises(UnreplayableError, match="--file PATH, or drop it"):
        returned(empty, None, OURS)
    assert returned(empty, None, OURS, b"{}").value == b"{}"
