"""How the client of our processes reads answers."""

import pytest
from elasticsearch import SerializationError

from services.runtime.elasticsearch import Json


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        (
            b'{"took": 1, "hits": [1.5, null, "G\xc3\xb6teborg"]}',
            {"took": 1, "hits": [1.5, None, "Göteborg"]},
        ),
        (rb'{"reason": "cut: \ud83d"}', {"reason": "cut: \ud83d"}),
    ],
)
def test_answers_are_read_also_with_half_a_surrogate_pair(answer: bytes, read: object) -> None:
    assert Json().loads(answer) == read


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(SerializationError):
        Json().loads(b"<html>")
