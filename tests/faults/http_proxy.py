"""An HTTP proxy in front of Elasticsearch that refuses: all requests, or parts of bulk requests.

Which items it let through is noted: a client that sends one of them again has not read its answer.
It runs in a thread of its own; the knobs are read for each request.
"""

import asyncio
import json
import random
import threading
from collections import Counter
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientError, ClientSession, web

from services.servers.ports import HOST

LARGEST = 200_000_000
"""Bytes of a request; aiohttp's own limit is a megabyte."""
TOO_MANY = {
    "type": "es_rejected_execution_exception",
    "reason": "rejected execution of a bulk item: the queue is full",
}
REFUSED = {
    401: {"type": "security_exception", "reason": "unable to authenticate"},
    403: {"type": "security_exception", "reason": "action is unauthorized for this user"},
}
HEADERS = {"X-Elastic-Product": "Elasticsearch"}
"""Without it the client takes the answer for another product's."""


@dataclass(frozen=True, slots=True)
class Item:
    """A document of a bulk request: its action's line and its source's."""

    action: bytes
    source: bytes

    @property
    def name(self) -> tuple[str, int]:
        """Its id and version."""
        meta = next(iter(json.loads(self.action).values()))
        return meta["_id"], meta.get("version", 0)


class HttpProxy:
    """A context manager; passes requests on to `target`."""

    def __init__(self, target: int, chance: random.Random) -> None:
        self.refused_share = 0.0
        """Of a bulk request's items, each by chance, answered with 429."""
        self.status: int | None = None
        """401 or 403: the answer to all requests, and nothing is passed on."""
        self.accepted: Counter[tuple[str, int]] = Counter()
        """How often each article's document was passed on."""
        self.refused = 0
        """Items and requests."""
        self.port = 0
        self._url = f"http://{HOST}:{target}"
        self._chance = chance
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._call(self._serve())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._call(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def sent_again(self) -> list[tuple[str, int]]:
        """The items that were passed on more than once."""
        return [name for name, times in self.accepted.items() if times > 1]

    def _call(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    async def _serve(self) -> None:
        app = web.Application(client_max_size=LARGEST)
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._session = ClientSession()
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def _close(self) -> None:
        await self._runner.cleanup()
        await self._session.close()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if self.status:
            self.refused += 1
            error = {"error": REFUSED[self.status], "status": self.status}
            return web.json_response(error, status=self.status, headers=HEADERS)
        try:
            if request.path.endswith("/_bulk"):
                return await self._bulk(request, list(items(body)))
            status, answer, kind = await self._pass(request, body)
        except ClientError:
            return web.Response(status=503, headers=HEADERS)
        return web.Response(status=status, body=answer, headers=HEADERS | {"Content-Type": kind})

    async def _bulk(self, request: web.Request, sent: Sequence[Item]) -> web.Response:
        """Take some items out, pass the rest on, and put the answers together in order."""
        taken = [self._chance.random() < self.refused_share for _ in sent]
        passed = [item for item, out in zip(sent, taken, strict=True) if not out]
        answers: list[object] = []
        if passed:
            body = b"".join(item.action + b"\n" + item.source + b"\n" for item in passed)
            status, answer, kind = await self._pass(request, body)
            if status != 200:
                head = HEADERS | {"Content-Type": kind}
                return web.Response(status=status, body=answer, headers=head)
            answers = json.loads(answer)["items"]
        # The memory of stories writes one document twice on purpose; it has no external version.
        self.accepted.update(item.name for item in passed if item.name[1])
        self.refused += sum(taken)
        given = iter(answers)
        refusal = {"index": {"status": 429, "error": TOO_MANY}}
        return web.json_response(
            {"items": [refusal if out else next(given) for out in taken]}, headers=HEADERS
        )

    async def _pass(self, request: web.Request, body: bytes) -> tuple[int, bytes, str]:
        kept = ("Content-Type", "Accept", "Authorization")
        headers = {name: request.headers[name] for name in kept if name in request.headers}
        url = self._url + request.path_qs
        async with self._session.request(
            request.method, url, data=body, headers=headers
        ) as response:
            answer = await response.read()
            return response.status, answer, response.headers.get("Content-Type", "text/plain")


def items(body: bytes) -> Iterator[Item]:
    """Read a bulk request of index actions: each has two lines."""
    lines = body.splitlines()
    yield from (Item(*pair) for pair in zip(lines[::2], lines[1::2], strict=True))
