"""The list of what the broker has acknowledged, on disk before the run ends."""

import asyncio
import json
import os
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

from schemas.raw_article import RawArticle
from services.runtime.record import Delivered

_START_OF_ENTRY = b'{"article_id"'


def entry(raw: RawArticle, value: bytes, delivered: Delivered) -> str:
    """Write the ledger line of an acknowledged article."""
    fields = {
        "article_id": str(raw.article_id),
        "version": raw.version,
        "sha256": sha256(value).hexdigest(),
        "topic": delivered.topic,
        "partition": delivered.partition,
        "offset": delivered.offset,
    }
    return json.dumps(fields) + "\n"


class Ledger:
    """Appends to a file in batches, each followed by an fsync; leaving it flushes the last one.

    Raises `OSError` when the disk refuses, at the latest on leaving.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries: list[str] = []
        self._more = asyncio.Event()
        self._closing = False

    async def __aenter__(self) -> Self:
        self._file = self._path.open("a+b", buffering=0)
        try:
            _drop_torn_entry(self._path)
        except BaseException:
            self._file.close()
            raise
        self._writing = asyncio.create_task(self._write())
        return self

    def add(self, line: str) -> None:
        """Queue a line of `entry`; raises what has stopped the writing."""
        if self._writing.done():
            self._writing.result()
        self._entries.append(line)
        self._more.set()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._closing = True
        self._more.set()
        try:
            await self._writing
        finally:
            self._file.close()

    async def _write(self) -> None:
        while not self._closing or self._entries:
            await self._more.wait()
            self._more.clear()
            batch, self._entries = "".join(self._entries).encode(), []
            await asyncio.to_thread(self._append, batch)

    def _append(self, batch: bytes) -> None:
        rest = memoryview(batch)
        while rest:
            rest = rest[self._file.write(rest) :]
        os.fsync(self._file.fileno())


def _drop_torn_entry(path: Path) -> None:
    """Cut what a killed run left of its last line: that article counts as unacknowledged."""
    with path.open("r+b") as file:
        file.seek(max(0, path.stat().st_size - 4096))
        start = file.tell()
        tail = file.read()
        torn = tail.rpartition(b"\n")[2]
        if not torn:
            return
        if not torn.startswith(_START_OF_ENTRY[: len(torn)]):
            raise OSError(f"{path} does not end like a ledger")
        file.truncate(start + len(tail) - len(torn))
