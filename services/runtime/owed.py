"""What a broker owes us an answer for, and since when."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

log = structlog.get_logger(__name__)

WARN_EVERY = 60.0
"""Seconds between two warnings while the broker is away."""
TROUBLE_AFTER = 5.0
"""Seconds without an acknowledgement after which we are waiting and not sending."""


class Owed:
    """Keeps account of answers that are waited for: connections, acknowledgements."""

    def __init__(self, bootstrap_servers: str) -> None:
        self._server = bootstrap_servers
        self._since: dict[object, float] = {}
        self.error: BaseException | None = None
        """The last one met."""

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Owe an answer while the block runs."""
        ticket = object()
        self._since[ticket] = time.monotonic()
        try:
            yield
        finally:
            del self._since[ticket]

    def trouble(self) -> str | None:
        """Say that the broker does not acknowledge what was sent; None when it does."""
        waited = self._waited()
        return f"no acknowledgement for {waited:.0f} s" if waited > TROUBLE_AFTER else None

    def _waited(self) -> float:
        now = time.monotonic()
        return now - min(self._since.values(), default=now)

    async def warn(self) -> None:
        """Say once a minute, for ever, that nothing is acknowledged, with the last error met."""
        while True:
            await asyncio.sleep(WARN_EVERY / 6)
            waited = self._waited()
            if waited > WARN_EVERY / 6:
                log.warning(
                    "Waiting for Kafka.",
                    bootstrap_servers=self._server,
                    seconds=round(waited),
                    records=len(self._since),
                    error=repr(self.error) if self.error else None,
                )
                await asyncio.sleep(WARN_EVERY * 5 / 6)
