import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import from_json, to_json
from structlog.testing import capture_logs

from services.indexer.bulk import (
    Limits,
    Outcome,
    Patience,
    RequestFailed,
    index_all,
    requests,
)
from services.indexer.documents import Write
from services.indexer.verdict import Verdict
from services.runtime.waiting import Reminder

Item = Mapping[str, Any]


def a_write(article: str, version: int = 1, size: int = 0) -> Write:
    action = to_json({"index": {"_id": article, "version": version}})
    return Write(article, version, action + b"\n" + to_json({"x": "x" * size}) + b"\n")


def failed(status: int, kind: str = "exception") -> Item:
    return {"index": {"status": status, "error": {"type": kind, "reason": "why"}}}


class Index:
    """An index that keeps the newest version, after faults that are given to it."""

    def __init__(self, *faults: Callable[[list[Item]], Sequence[Item] | None]) -> None:
        self.faults = list(faults)
        self.sent: list[list[str]] = []
        self.versions: dict[str, int] = {}

    async def send(self, lines: bytes) -> Sequence[Item]:
        actions = [from_json(line)["index"] for line in lines.splitlines()[::2]]
        self.sent.append([f"{action['_id']}v{action['version']}" for action in actions])
        items = self.faults.pop(0)(actions) if self.faults else None
        return items or [self.write(action) for action in actions]

    def write(self, action: Item) -> Item:
        if self.versions.get(action["_id"], 0) > action["version"]:
            return failed(409, "version_conflict_engine_exception")
        self.versions[action["_id"]] = action["version"]
        return {"index": {"status": 201}}


def fails(status: int | None, kind: str = "exception") -> Callable[[list[Item]], None]:
    def fault(_: list[Item]) -> None:
        raise RequestFailed(status, kind, "why")

    return fault


def patient(slept: list[float] | None = None, now: Callable[[], float] = lambda: 0.0) -> Patience:
    async def sleep(seconds: float) -> None:
        if slept is not None:
            slept.append(seconds)

    def pauses() -> Iterator[float]:
        return (float(seconds) for seconds in count(1))

    return Patience(sleep, pauses, Reminder(now=now))


async def test_outcomes_come_in_the_order_given() -> None:
    index = Index(lambda actions: [index.write(actions[0]), failed(400), index.write(actions[2])])
    outcomes = await index_all(index.send, [a_write("a"), a_write("b"), a_write("c")], patient())
    assert outcomes == [
        Outcome("a", Verdict.INDEXED),
        Outcome("b", Verdict.REJECTED, "exception: why"),
        Outcome("c", Verdict.INDEXED),
    ]


async def test_nothing_to_write_sends_nothing() -> None:
    index = Index()
    assert await index_all(index.send, [], patient()) == []
    assert index.sent == []


async def test_only_the_documents_that_wait_are_sent_again() -> None:
    slept: list[float] = []
    index = Index(
        lambda actions: [index.write(actions[0]), failed(429), failed(503)],
        lambda actions: [index.write(actions[0]), failed(404, "index_not_found_exception")],
    )
    writes = [a_write("a"), a_write("b"), a_write("c")]
    outcomes = await index_all(index.send, writes, patient(slept))
    assert index.sent == [["av1", "bv1", "cv1"], ["bv1", "cv1"], ["cv1"]]
    assert slept == [1.0, 2.0]
    assert {outcome.verdict for outcome in outcomes} == {Verdict.INDEXED}


async def test_an_unknown_outcome_is_sent_again_and_changes_nothing() -> None:
    def written_but_reset(actions: list[Item]) -> None:
        for action in actions:
            index.write(action)
        raise RequestFailed(None, "ConnectionError", "reset")

    index = Index(written_but_reset)
    outcomes = await index_all(index.send, [a_write("a", 2)], patient())
    assert outcomes == [Outcome("a", Verdict.INDEXED)]
    assert index.versions == {"a": 2}


async def test_an_answer_for_fewer_documents_than_were_sent_counts_for_none() -> None:
    index = Index(lambda actions: [index.write(actions[0])])
    outcomes = await index_all(index.send, [a_write("a"), a_write("b")], patient())
    assert index.sent == [["av1", "bv1"], ["av1", "bv1"]]
    assert [outcome.verdict for outcome in outcomes] == [Verdict.INDEXED] * 2


async def test_a_request_that_is_too_large_is_halved_until_it_fits() -> None:
    def at_most_two(actions: list[Item]) -> None:
        if len(actions) > 2:
            raise RequestFailed(413, "too_large", "why")

    index = Index(*[at_most_two] * 9)
    outcomes = await index_all(index.send, [a_write(name) for name in "abcdef"], patient())
    assert [outcome.article_id for outcome in outcomes] == list("abcdef")
    assert {outcome.verdict for outcome in outcomes} == {Verdict.INDEXED}
    assert [len(sent) for sent in index.sent] == [6, 3, 1, 2, 3, 1, 2]


async def test_one_document_that_is_too_large_is_rejected_and_the_others_are_indexed() -> None:
    def without_b(actions: list[Item]) -> None:
        if any(action["_id"] == "b" for action in actions):
            raise RequestFailed(413, "too_large", "larger than the server takes")

    index = Index(*[without_b] * 9)
    outcomes = await index_all(index.send, [a_write(name) for name in "abc"], patient())
    assert outcomes == [
        Outcome("a", Verdict.INDEXED),
        Outcome("b", Verdict.REJECTED, "larger than the server takes"),
        Outcome("c", Verdict.INDEXED),
    ]


async def test_a_request_that_takes_too_long_is_sent_in_smaller_parts() -> None:
    index = Index(fails(None, "ConnectionTimeout"))
    await index_all(index.send, [a_write(name) for name in "abcd"], patient())
    assert index.sent[1:] == [["av1", "bv1"], ["cv1", "dv1"]]


@pytest.mark.parametrize("fault", [fails(401), fails(403, "security_exception")])
async def test_documents_wait_for_credentials_that_are_good_again(
    fault: Callable[[list[Item]], None],
) -> None:
    index = Index(fault)
    with capture_logs() as logs:
        outcomes = await index_all(index.send, [a_write("a")], patient())
    assert outcomes == [Outcome("a", Verdict.INDEXED)]
    assert "refuses our credentials" in logs[0]["reason"]


async def test_an_item_refused_for_its_credentials_is_not_rejected() -> None:
    index = Index(lambda actions: [index.write(actions[0]), failed(403, "security_exception")])
    outcomes = await index_all(index.send, [a_write("a"), a_write("b")], patient())
    assert {outcome.verdict for outcome in outcomes} == {Verdict.INDEXED}
    assert index.sent[1:] == [["bv1"]]


async def test_the_reason_of_a_wait_is_known_until_it_is_over() -> None:
    told: list[str | None] = []
    patience = patient()
    index = Index(fails(503), lambda _: told.append(patience.trouble()))
    await index_all(index.send, [a_write("a")], patience)
    assert told == ["why"]
    assert patience.trouble() is None


async def test_documents_whose_sending_was_cancelled_wait_no_more() -> None:
    patience = Patience(sleep=lambda _: asyncio.Event().wait())
    index = Index(fails(503))
    waiting = asyncio.create_task(index_all(index.send, [a_write("a")], patience))
    await asyncio.sleep(0)
    assert patience.trouble() == "why"
    waiting.cancel()
    await asyncio.wait([waiting])
    assert patience.trouble() is None


async def test_documents_that_wait_are_told_of_while_others_are_indexed() -> None:
    up, patience = asyncio.Event(), Patience(sleep=lambda _: up.wait())
    index = Index(fails(503))
    waiting = asyncio.create_task(index_all(index.send, [a_write("a")], patience))
    await asyncio.sleep(0)
    await asyncio.create_task(index_all(index.send, [a_write("b")], patience))
    assert patience.trouble() == "why"
    up.set()
    await waiting
    assert patience.trouble() is None


async def test_a_long_wait_warns_once_a_minute() -> None:
    clock = iter(range(0, 1000, 25))
    index = Index(*[fails(None, "ConnectionError")] * 6)
    with capture_logs() as logs:
        await index_all(index.send, [a_write("a")], patient(now=lambda: float(next(clock))))
    assert [entry["event"] for entry in logs] == ["Documents wait for Elasticsearch."] * 2
    assert logs[0] | {"reason": "why", "documents": 1} == logs[0]


async def test_the_second_write_of_an_article_waits_until_the_first_is_settled() -> None:
    index = Index(lambda _: [failed(429), failed(429)])
    writes = [a_write("a", 1), a_write("b", 1), a_write("a", 1)]
    await index_all(index.send, writes, patient())
    assert index.sent == [["av1", "bv1"], ["av1", "bv1"], ["av1"]]


batches = st.lists(st.builds(a_write, st.sampled_from("abcd"), st.integers(1, 5)), max_size=12)


@given(batches, st.lists(st.sampled_from([None, 429, 503]), max_size=8))
def test_the_newest_version_wins_whatever_fails_in_between(
    writes: list[Write], statuses: list[int | None]
) -> None:
    index = Index(*[fails(status) for status in statuses])
    outcomes = asyncio.run(index_all(index.send, writes, patient()))
    assert [outcome.article_id for outcome in outcomes] == [write.article_id for write in writes]
    newest: dict[str, int] = {}
    for write in writes:
        newest[write.article_id] = max(write.version, newest.get(write.article_id, 0))
    assert index.versions == newest


@given(
    st.lists(st.builds(a_write, st.sampled_from("abcd"), st.just(1), st.integers(0, 600))),
    st.integers(1, 4),
)
def test_requests_keep_order_and_limits_and_hold_an_article_once(
    writes: list[Write], documents: int
) -> None:
    limits = Limits(documents, megabytes=0.001)
    cut = list(requests(writes, limits))
    assert [write for request in cut for write in request] == writes
    for request in cut:
        assert 1 <= len(request) <= documents
        assert len({write.article_id for write in request}) == len(request)
        assert len(request) == 1 or sum(len(write.lines) for write in request) <= 1000
