from datetime import UTC, datetime

import pytest

from schemas.brake import BrakeState
from schemas.headers import Origin
from services.dead_letters.letters import Stored
from services.dead_letters.resuming import held, released, told

AT = datetime(2026, 11, 28, 12, 30, tzinfo=UTC)


def state(service, state="held", why="50 events in a row were refused") -> BrakeState:
    return BrakeState(service=service, state=state, why=why, by="worker-1", at=AT)


def stored(*values: bytes | None) -> list[Stored]:
    return [
        Stored(Origin("news-brakes", 0, offset, 0), b"key", value)
        for offset, value in enumerate(values)
    ]


def test_the_last_state_of_each_service_counts():
    first, second = state("enricher"), state("indexer")
    records = stored(first.to_json(), second.to_json(), released("enricher").to_json())
    assert held(records, []) == [second]


@pytest.mark.parametrize("junk", [None, b"", b"{}", b"\xff"])
def test_what_is_no_state_is_passed_over(junk):
    one = state("enricher")
    assert held(stored(one.to_json(), junk), []) == [one]


def test_only_the_services_that_are_named_are_meant():
    records = stored(state("enricher").to_json(), state("indexer").to_json())
    assert [one.service for one in held(records, ["indexer"])] == ["indexer"]


def test_it_is_told_what_holds_since_when_and_why():
    assert told(state("enricher")) == (
        "The enricher holds since 2026-11-28 12:30:00+00:00, said by worker-1: "
        "50 events in a row were refused."
    )
