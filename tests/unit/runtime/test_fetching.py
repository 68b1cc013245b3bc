from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka.protocol.fetch import FetchResponse_v11
from aiokafka.protocol.metadata import MetadataResponse_v1

from services.runtime.fetching import unhurried


def fetched(*records: bytes) -> FetchResponse_v11:
    parts = [(number, 0, 5, 5, 0, [], -1, given) for number, given in enumerate(records)]
    return FetchResponse_v11(0, 0, 0, [("news-raw", parts)])


@pytest.mark.parametrize(
    ("response", "pauses"),
    [
        (fetched(b"", b""), 1),
        (fetched(b"", b"records"), 0),
        (MetadataResponse_v1([], 0, []), 0),
        (SimpleNamespace(topics=[]), 0),
    ],
)
async def test_only_a_fetch_that_brought_nothing_at_once_pauses(response: Any, pauses: int) -> None:
    slept: list[float] = []

    async def send(node: int, request: str, *, group: int) -> Any:
        assert (node, request, group) == (1, "asked", 2)
        return response

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    assert await unhurried(send, sleep, 10.0)(1, "asked", group=2) is response
    assert len(slept) == pauses
    assert all(9.0 < seconds <= 10.0 for seconds in slept)


async def test_a_broker_that_waits_itself_is_asked_again_at_once() -> None:
    slept: list[float] = []

    async def send(_node: int, _request: str) -> Any:
        return fetched(b"")

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    await unhurried(send, sleep, pause=0.0)(1, "asked")
    assert slept == []
