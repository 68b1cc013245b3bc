"""Writes documents to Elasticsearch until each one is settled.

Elasticsearch's own bulk helper gives up after some tries and raises at the first bad document; here
a document is settled by a verdict of its own, and the rest of its batch does not depend on it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import structlog
from elasticsearch import ApiError, AsyncElasticsearch, TransportError

from services.indexer.documents import Write
from services.indexer.verdict import Answer, Verdict, may_be_too_much, of_item, of_request, why
from services.runtime.waiting import Reminder, pauses

log = structlog.get_logger(__name__)

Send = Callable[[bytes], Awaitable[Sequence[Mapping[str, Any]]]]
"""Sends NDJSON to the bulk API and returns the response's `items`; raises `RequestFailed`."""


class RequestFailed(Exception):  # noqa: N818  # it is an answer to judge, not a defect
    """A bulk request had no answer (status None) or was refused as a whole."""

    def __init__(self, status: int | None, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one request carries at most; a single larger document still goes, alone."""

    documents: int = 500
    megabytes: float = 5.0


class Outcome(NamedTuple):
    """What became of one document: indexed, stale or rejected."""

    article_id: str
    verdict: Verdict
    reason: str = ""


@dataclass(slots=True)
class Patience:
    """How the wait for a server that is away is spent; one per process."""

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    pauses: Callable[[], Iterator[float]] = pauses
    reminder: Reminder = field(default_factory=Reminder)
    _reasons: dict[object, str] = field(default_factory=dict, init=False)
    """By task, as batches wait side by side."""

    def warn(self, documents: int, reason: str) -> None:
        """Note that documents wait and why; say so if that was not said within the last minute."""
        task = asyncio.current_task()
        if task and task not in self._reasons:
            task.add_done_callback(self._forget)  # one that is cancelled waits no more, either
        self._reasons[task] = reason
        if self.reminder.due():
            log.warning("Documents wait for Elasticsearch.", documents=documents, reason=reason)

    def over(self) -> None:
        """Note that what this task sends waits no more."""
        self._forget(asyncio.current_task())

    def trouble(self) -> str | None:
        """Say why documents wait; None when none does."""
        return next(iter(self._reasons.values()), None)

    def _forget(self, task: "asyncio.Task[Any] | None") -> None:
        self._reasons.pop(task, None)
        if task:
            task.remove_done_callback(self._forget)


def sender(client: AsyncElasticsearch) -> Send:
    """Send with a client; its own retries are off, as we know which documents to send again."""
    once = client.options(max_retries=0, retry_on_timeout=False)

    async def send(lines: bytes) -> Sequence[Mapping[str, Any]]:
        try:
            response = await once.bulk(
                operations=lines,  # type: ignore[arg-type]  # bytes are sent as they are
                filter_path="items.*.status,items.*.error,error,status",
            )
        except ApiError as error:
            raise RequestFailed(error.meta.status, str(error.message), str(error)) from error
        except TransportError as error:
            raise RequestFailed(None, type(error).__name__, str(error)) from error
        items: Sequence[Mapping[str, Any]] = response.get("items", ())
        return items

    return send


async def index_all(
    send: Send, writes: Sequence[Write], patience: Patience, limits: Limits | None = None
) -> list[Outcome]:
    """Write all documents and return their outcomes in the order given.

    Waits for ever while Elasticsearch is away, cannot take documents or refuses our credentials.
    Of two writes to one article the second is sent when the first is settled, so that it stands in
    the end.
    """
    outcomes = []
    for request in requests(writes, limits or Limits()):
        answers = await _settle(send, request, patience)
        outcomes += [
            Outcome(write.article_id, answer.verdict, answer.reason)
            for write, answer in zip(request, answers, strict=True)
        ]
    return outcomes


def requests(writes: Sequence[Write], limits: Limits) -> Iterator[list[Write]]:
    """Cut a batch, in order, into requests within the limits and with each article once."""
    request: list[Write] = []
    size = 0
    articles: set[str] = set()
    for write in writes:
        full = len(request) == limits.documents or (
            size + len(write.lines) > limits.megabytes * 1_000_000
        )
        if request and (full or write.article_id in articles):
            yield request
            request, size, articles = [], 0, set()
        request.append(write)
        size += len(write.lines)
        articles.add(write.article_id)
    if request:
        yield request


async def _settle(send: Send, request: Sequence[Write], patience: Patience) -> list[Answer]:
    """Send until every document of the request is settled; only those that wait go again."""
    answers = [Answer(Verdict.RETRY)] * len(request)
    for seconds in patience.pauses():
        waiting = [at for at, answer in enumerate(answers) if answer.verdict is Verdict.RETRY]
        fresh = await _attempt(send, [request[at] for at in waiting], patience)
        for at, answer in zip(waiting, fresh, strict=True):
            answers[at] = answer
        again = [answer for answer in fresh if answer.verdict is Verdict.RETRY]
        if not again:
            patience.over()
            break
        patience.warn(len(again), again[0].reason)
        await patience.sleep(seconds)
    return answers


async def _attempt(send: Send, request: Sequence[Write], patience: Patience) -> list[Answer]:
    """Send once and judge; a request that may be too much is settled in two halves."""
    try:
        items = await send(b"".join(write.lines for write in request))
    except RequestFailed as error:
        if len(request) > 1 and may_be_too_much(error.status, error.kind):
            patience.warn(len(request), str(error))
            middle = len(request) // 2
            first = await _settle(send, request[:middle], patience)
            return first + await _settle(send, request[middle:], patience)
        answers = [Answer(of_request(error.status, error.kind), str(error))] * len(request)
    else:
        answers = [of_item(item) for item in items]
    if len(answers) != len(request):
        reason = f"{len(answers)} answers came for {len(request)} documents"
        answers = [Answer(Verdict.RETRY, reason)] * len(request)
    return [_waiting(answer) for answer in answers]


def _waiting(answer: Answer) -> Answer:
    """Let a document wait for credentials that are good again: it is not to blame."""
    if answer.verdict is not Verdict.REFUSED:
        return answer
    return Answer(Verdict.RETRY, why(answer.verdict, answer.reason))
