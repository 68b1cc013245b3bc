"""The memory of stories in Elasticsearch: what is asked of it, for a whole batch."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from elasticsearch import ApiError, AsyncElasticsearch, TransportError

from services.indexer.bulk import RequestFailed
from services.indexer.verdict import Verdict, may_be_too_much, of_item
from services.stories import remembering
from services.stories.about import About
from services.stories.deciding import Known
from services.stories.remembering import Entry

DOCUMENTS = 500
"""Read or written in one request, at most."""
QUESTIONS = 25
"""In one request, at most: an answer holds several articles for each, and is read in one go."""
AHEAD = 2
"""Requests on their way while the answer to one before them is worked on."""

Part = TypeVar("Part")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one document of the memory, and the mark of its new state."""

    verdict: Verdict
    """Stale means that somebody else has written it meanwhile."""
    reason: str = ""
    seq_no: int = -1
    primary_term: int = -1


@dataclass(frozen=True, slots=True)
class Memory:
    """What the placing of articles needs; each may raise `RequestFailed`."""

    get: Callable[[Sequence[str]], Awaitable[Sequence[Entry | None]]]
    """The latest state of articles, also what no search sees yet."""
    write: Callable[[Sequence[tuple[Known, Entry | None]]], Awaitable[Sequence[Written]]]
    """Write where nobody was there before; a search sees at once what is new, and all before it."""
    ask: Callable[[Sequence[About]], Awaitable[Sequence[list[Known] | None]]]
    """The candidates of each article; None where no whole answer came."""


def memory(client: AsyncElasticsearch, index: str) -> Memory:
    """Make the memory with a client whose own retries are off."""
    once = client.options(max_retries=0, retry_on_timeout=False)

    async def get(ids: Sequence[str]) -> Sequence[Entry | None]:
        async with _judged():
            answer = await once.mget(index=index, ids=ids)
        try:
            return [remembering.entry(found) for found in answer["docs"]]
        except KeyError as error:  # one of them could not be read just now
            raise RequestFailed(None, "partial", "not all documents were read") from error

    async def write(documents: Sequence[tuple[Known, Entry | None]]) -> Sequence[Written]:
        lines = b"".join(remembering.write(index, *document) for document in documents)
        async with _judged():
            answer = await once.bulk(
                operations=lines,  # type: ignore[arg-type]  # bytes are sent as they are
                refresh=any(before is None for _, before in documents),
                require_alias=True,
                filter_path="items.*.status,items.*.error,items.*._seq_no,items.*._primary_term",
            )
        return _paired([_written(item) for item in answer.get("items", ())], documents)

    async def ask(articles: Sequence[About]) -> Sequence[list[Known] | None]:
        searches = [line for one in articles for line in (b"{}", remembering.question(one))]
        async with _judged():
            # No `filter_path`: with it Elasticsearch reads and writes all sources token by token.
            answer = await once.msearch(
                index=index,
                searches=searches,  # type: ignore[arg-type]  # bytes are sent as they are
            )
        return _paired(list(map(remembering.candidates, answer.get("responses", ()))), articles)

    return Memory(get, write, ask)


async def by_parts(
    send: Callable[[Sequence[Part]], Awaitable[Sequence[Answer]]], parts: Sequence[Part]
) -> list[Answer]:
    """Send in requests of bounded size, in halves where a request may have been too much."""
    answers: list[Answer] = []
    for some in _cut(parts, DOCUMENTS):
        answers += await _halved(send, some)
    return answers


async def in_turn(
    send: Callable[[Sequence[Part]], Awaitable[Sequence[Answer]]], parts: Sequence[Part]
) -> AsyncIterator[tuple[Part, Answer]]:
    """Yield each part with its answer, in order, while the next requests are under way."""
    under_way: deque[tuple[Sequence[Part], asyncio.Task[list[Answer]]]] = deque()
    cuts = iter(_cut(parts, QUESTIONS))
    try:
        while True:
            for some in islice(cuts, 1 + AHEAD - len(under_way)):
                under_way.append((some, asyncio.create_task(_halved(send, some))))
            if not under_way:
                break
            some, answers = under_way.popleft()
            for pair in zip(some, await answers, strict=True):
                yield pair
    finally:
        for _, task in under_way:
            task.cancel()


def _cut(parts: Sequence[Part], size: int) -> list[Sequence[Part]]:
    return [parts[start : start + size] for start in range(0, len(parts), size)]


async def _halved(
    send: Callable[[Sequence[Part]], Awaitable[Sequence[Answer]]], parts: Sequence[Part]
) -> list[Answer]:
    try:
        return list(await send(parts))
    except RequestFailed as error:
        if len(parts) == 1 or not may_be_too_much(error.status, error.kind):
            raise
    middle = len(parts) // 2
    return await _halved(send, parts[:middle]) + await _halved(send, parts[middle:])


def _written(item: Mapping[str, Any]) -> Written:
    answer = of_item(item)
    result = next(iter(item.values()))
    return Written(
        answer.verdict, answer.reason, result.get("_seq_no", -1), result.get("_primary_term", -1)
    )


def _paired(answers: list[Answer], parts: Sequence[object]) -> list[Answer]:
    if len(answers) != len(parts):
        reason = f"{len(answers)} answers came for {len(parts)} questions"
        raise RequestFailed(None, "partial", reason)
    return answers


@asynccontextmanager
async def _judged() -> AsyncIterator[None]:
    try:
        yield
    except ApiError as error:
        raise RequestFailed(error.meta.status, str(error.message), str(error)) from error
    except TransportError as error:
        raise RequestFailed(None, type(error).__name__, str(error)) from error
