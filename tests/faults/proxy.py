"""A TCP proxy on loopback that is slow, resets, or falls silent when told to.

It runs in a thread of its own; the knobs are read for each piece that passes.
"""

import asyncio
import socket
import struct
import threading
from collections.abc import Coroutine
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from services.servers.ports import HOST

PIECE = 16 * 1024
RESET = struct.pack("ii", 1, 0)
"""SO_LINGER on, for 0 seconds: closing sends RST instead of FIN."""


class Proxy:
    """A context manager; connects each client to `target`."""

    def __init__(self, target: int) -> None:
        self.latency = 0.0
        """Seconds that each answer's piece waits."""
        self.bandwidth: float | None = None
        """Bytes a second, for each connection and direction."""
        self.silent = False
        """Whether pieces are swallowed, while the connections stand."""
        self.reset_after: int | None = None
        """Bytes of a request after which its connection is reset; the server may have seen all."""
        self.resets = 0
        self.port = 0
        self._target = target
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._connections: set[asyncio.Task[None]] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = self._call(asyncio.start_server(self._connect, HOST, 0))
        self.port = self._server.sockets[0].getsockname()[1]
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

    def _call(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _close(self) -> None:
        self._server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._connections.add(task)
        writers = [writer]
        try:
            answers, onward = await asyncio.open_connection(HOST, self._target)
            writers.append(onward)
            ways = [self._forward(reader, onward, writer), self._backward(answers, writer)]
            tasks = [asyncio.ensure_future(way) for way in ways]
            try:
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for one in tasks:
                    one.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
        except (OSError, asyncio.CancelledError):
            pass  # the server is away, or we close: asyncio's streams complain of a cancelled task
        finally:
            self._connections.discard(task)
            for side in writers:
                side.close()

    async def _forward(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        client: asyncio.StreamWriter,
    ) -> None:
        passed = 0
        while piece := await reader.read(PIECE):
            if await self._pass(piece, writer):
                passed += len(piece)
            if self.reset_after is not None and passed > self.reset_after:
                self.reset_after = None
                self.resets += 1
                _reset(client)
                return

    async def _backward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while piece := await reader.read(PIECE):
            await asyncio.sleep(self.latency)
            await self._pass(piece, writer)

    async def _pass(self, piece: bytes, writer: asyncio.StreamWriter) -> bool:
        if self.silent:
            return False
        if self.bandwidth:
            await asyncio.sleep(len(piece) / self.bandwidth)
        with suppress(ConnectionError):
            writer.write(piece)
            await writer.drain()
        return True


def _reset(client: asyncio.StreamWriter) -> None:
    """Cut the connection to the client, without a goodbye."""
    client.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    client.transport.abort()
