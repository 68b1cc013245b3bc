"""Dead letters as documents, whoever wrote them and in whatever order their resolutions come."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.headers import Origin
from schemas.resolution import Resolution
from services.dead_letters.letters import Letter, Stored
from services.monitor.mirror import EXCERPT, Mirror, document, source
from tests.unit.dead_letters.builders import letter, stored
from tests.unit.kibana.mapping import fields

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
STAGES = {"news-raw-dlq": "enricher", "news-enriched-dlq": "indexer"}
TEMPLATE = json.loads(Path("deploy/elasticsearch/news-dead-letters.json").read_text())
OPEN = {"state": "open", "resolved_at": None, "resolved_by": None}
EXPIRED = OPEN | {"state": "expired"}
DROPPED = {
    "state": "dropped",
    "resolved_at": "2026-03-01T12:00:00+00:00",
    "resolved_by": "me@here",
}


def mirror() -> Mirror:
    return Mirror("alias", STAGES)


def resolution(of: str, what: str = "dropped") -> Stored:
    value = Resolution(letter=of, what=what, by="me@here", at=AT).to_json()
    return Stored(Origin("news-dlq-resolutions", 0, 0, 0), of.encode(), value)


def lines(shown: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    action, body = map(json.loads, shown.lines.splitlines())
    return action, body


def test_a_letter_is_one_document_named_by_where_it_stands() -> None:
    event = {"source": {"name": "wire", "item": "1"}}
    action, body = lines(mirror().write(stored(5, json.dumps(event).encode())))
    to = {"_index": "alias", "_id": "news-raw-dlq-0-5", "require_alias": True}
    assert action == {"index": to}
    assert body == {
        "letter": "news-raw-dlq-0-5",
        "@timestamp": "2024-05-04T12:00:05+00:00",
        "stage": "enricher",
        "reason": "not_json",
        "error_class": "ValueError",
        "error": "no JSON",
        "article_id": "key",
        "sources": "wire",
        "topic": "news-raw-dlq",
        "partition": 0,
        "offset": 5,
        "origin_topic": "news-raw",
        "origin_partition": 2,
        "origin_offset": 45,
        "tries": 1,
        "size": 41,
        "excerpt": json.dumps(event),
        **OPEN,
    }


def test_a_resolution_changes_the_letter_that_is_shown() -> None:
    told = mirror()
    told.write(stored(5))
    action, body = lines(told.write(resolution("news-raw-dlq-0-5")))
    assert action["update"]["_id"] == "news-raw-dlq-0-5"
    assert body == {"doc": DROPPED}


def test_a_resolution_that_comes_first_is_remembered() -> None:
    told = mirror()
    told.write(resolution("news-raw-dlq-0-5"))
    _, body = lines(told.write(stored(5)))
    assert body.items() >= DROPPED.items()
    _, other = lines(told.write(stored(6)))
    assert other["state"] == "open"


def test_the_last_resolution_counts_and_one_that_is_taken_back_leaves_the_letter_open() -> None:
    told = mirror()
    told.write(stored(5))
    told.write(resolution("news-raw-dlq-0-5"))
    _, body = lines(told.write(resolution("news-raw-dlq-0-5", "replayed")))
    assert body["doc"]["state"] == "replayed"
    tombstone = Stored(Origin("news-dlq-resolutions", 0, 2, 0), b"news-raw-dlq-0-5", None)
    assert lines(told.write(tombstone))[1] == {"doc": OPEN}
    assert lines(told.write(stored(5)))[1]["state"] == "open"


def test_what_kafka_has_lost_has_expired_unless_it_was_settled_before() -> None:
    told = mirror()
    told.write(resolution("news-raw-dlq-0-1"))
    found = [lines(one) for one in told.lost("news-raw-dlq", 0, 3)]
    assert [action["update"]["_id"] for action, _ in found] == [
        f"news-raw-dlq-0-{n}" for n in range(3)
    ]
    assert [body["doc"] for _, body in found] == [EXPIRED, DROPPED, EXPIRED]
    more = [lines(one)[0]["update"]["_id"] for one in told.lost("news-raw-dlq", 0, 5)]
    assert more == ["news-raw-dlq-0-3", "news-raw-dlq-0-4"]
    assert not list(told.lost("news-raw-dlq", 0, 5))


def test_a_letter_that_was_read_before_it_was_lost_is_shown_as_it_is_now() -> None:
    told = mirror()
    list(told.lost("news-raw-dlq", 0, 6))
    assert lines(told.write(stored(5)))[1]["state"] == "expired"
    assert lines(told.write(stored(6)))[1]["state"] == "open"
    elsewhere = Stored(Origin("news-raw-dlq", 1, 5, 0), None, None)
    assert lines(told.write(elsewhere))[1]["state"] == "open"
    assert lines(told.write(resolution("news-raw-dlq-0-5")))[1] == {"doc": DROPPED}
    tombstone = Stored(Origin("news-dlq-resolutions", 0, 2, 0), b"news-raw-dlq-0-5", None)
    assert lines(told.write(tombstone))[1] == {"doc": EXPIRED}


def test_letters_of_a_topic_that_was_made_anew_are_open() -> None:
    told = mirror()
    list(told.lost("news-raw-dlq", 0, 6))
    assert not list(told.lost("news-raw-dlq", 0, 0))
    assert lines(told.write(stored(5)))[1]["state"] == "open"


@pytest.mark.parametrize(
    "key", [b"", b"-", b"news-raw-0-5", b"news-raw-dlq-0-" + b"9" * 5000, b"news-raw-dlq-0-\xb2"]
)
def test_a_resolution_of_what_can_be_no_letter_is_not_shown(key: bytes) -> None:
    told = mirror()
    list(told.lost("news-raw-dlq", 0, 6))
    odd = Stored(Origin("news-dlq-resolutions", 0, 2, 0), key, None)
    assert told.write(odd) is None


def test_the_stage_is_that_of_the_topic_not_what_a_header_says() -> None:
    place = Origin("news-enriched-dlq", 0, 1, 0)
    forged = Stored(place, None, None, (("dlq_stage", b"enricher"),))
    _, body = lines(mirror().write(forged))
    assert (body["stage"], body["reason"], body["excerpt"], body["size"]) == (
        *("indexer", None, None),
        None,
    )


@pytest.mark.parametrize(
    "value",
    [None, b"", b"{", b"[]", b'"x"', b'{"source": "x"}', b'{"source": {"name": 5}}', b"[" * 5000],
)
def test_what_is_no_event_has_no_source(value: bytes | None) -> None:
    assert source(value) is None


def test_half_a_character_does_not_stop_a_letter_from_being_sent() -> None:
    _, body = lines(mirror().write(stored(1, b'{"source": {"name": "x\\ud800"}}')))
    assert body["sources"] == "x?"


def test_a_large_letter_is_shown_by_its_beginning() -> None:
    body = document(letter(), "é".encode() * 2_000_000, "enricher")
    assert body["excerpt"] == "é" * EXCERPT
    assert body["sources"] is None


def test_a_number_that_elasticsearch_could_not_take_is_left_out() -> None:
    headers = (("dlq_offset", b"9" * 19), ("dlq_tries", b"-1"), ("dlq_partition", b"x"))
    found = document(Letter(Origin("t", 0, 0, 0), None, headers, 0), b"", "enricher")
    assert [found[name] for name in ("origin_offset", "tries", "origin_partition")] == [None] * 3


binary = st.none() | st.binary(max_size=60)
names = st.sampled_from(["dlq_reason", "dlq_topic", "dlq_offset", "dlq_tries", "dlq_error_message"])


@given(binary, binary, st.lists(st.tuples(names, binary), max_size=4), st.integers(-1, 2**62))
def test_whatever_stands_on_the_topic_becomes_a_document_of_the_mapping(
    key: bytes | None, value: bytes | None, headers: Any, timestamp: int
) -> None:
    odd = Stored(Origin("news-raw-dlq", 0, 0, timestamp), key, value, tuple(headers))
    _, body = lines(mirror().write(odd))
    mapping = fields(TEMPLATE["template"]["mappings"]["properties"])
    assert body.keys() == mapping.keys()
    for name, found in body.items():
        whole = mapping[name].type in {"long", "integer"}
        assert found is None or isinstance(found, int if whole else str)
        assert not whole or found is None or 0 <= found < 2**63
