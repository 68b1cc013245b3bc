"""What the placing of articles says while it waits; what it does is tried on Elasticsearch."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from services.indexer.bulk import Patience, RequestFailed
from services.indexer.memory import Memory, Written
from services.indexer.placing import place_all
from services.indexer.verdict import Verdict
from services.stories.about import About
from services.stories.deciding import Known
from services.stories.remembering import Entry

TAKEN = Written(Verdict.INDEXED, seq_no=1, primary_term=1)


def memory(*answers: Written | RequestFailed) -> Memory:
    """Remember nothing; give these answers to writes, then take them all."""
    left = list(answers)

    async def get(ids: Sequence[str]) -> Sequence[Entry | None]:
        return [None] * len(ids)

    async def write(documents: Sequence[tuple[Known, Entry | None]]) -> Sequence[Written]:
        answer = left.pop(0) if left else TAKEN
        if isinstance(answer, RequestFailed):
            raise answer
        return [answer] * len(documents)

    async def ask(articles: Sequence[About]) -> Sequence[list[Known] | None]:
        return [[] for _ in articles]

    return Memory(get, write, ask)


@pytest.mark.parametrize(
    "answer",
    [
        RequestFailed(401, "security_exception", "unable to authenticate"),
        RequestFailed(403, "security_exception", "not allowed"),
        Written(Verdict.REFUSED, "not allowed"),
    ],
)
async def test_credentials_that_are_refused_are_named_and_waited_for(
    answer: Written | RequestFailed,
) -> None:
    async def no_wait(_: float) -> None: ...

    article = About("a", 1, datetime(2026, 1, 1, tzinfo=UTC))
    with capture_logs() as logs:
        places = await place_all(memory(answer), {"a": article}, Patience(sleep=no_wait))
    assert list(places) == ["a"]
    assert [entry["event"] for entry in logs] == ["Documents wait for Elasticsearch."]
    assert logs[0]["reason"].startswith("Elasticsearch refuses our credentials: ")
