"""Is the process alive, is it ready, what has it done: over HTTP, on loopback by default.

/livez   fails when events are in work and none was settled for `stalled_after` seconds
/readyz  fails while a dependency is missing, and names it
/metrics the Prometheus text format
"""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from pydantic import Field

from services.runtime.settings import Part

EVENTS = Counter("newsreel_events", "Events settled, by what became of them.", ["outcome"])
IN_FLIGHT = Gauge("newsreel_in_flight_events", "Events begun and not settled.")
BATCH_SECONDS = Histogram("newsreel_batch_seconds", "Seconds from a batch's start to its settling.")


class HealthSettings(Part):
    """Where health and metrics are served."""

    host: str = "127.0.0.1"
    """Loopback: there is no authentication."""
    port: int = Field(default=8080, ge=0, le=65535)
    """0 takes any free port."""
    stalled_after: float = Field(default=300.0, gt=0)
    """Seconds without a settled event, while some are in work, until /livez fails."""


@dataclass
class Health:
    """What the probes report; the worker keeps it up to date."""

    stalled_after: float
    clock: Callable[[], float] = time.monotonic
    waiting_for: set[str] = field(default_factory=lambda: {"start"})
    in_flight: int = 0
    _progress: float | None = None

    def begun(self) -> None:
        """Note that an event is in work."""
        if not self.in_flight:
            self._progress = self.clock()
        self.in_flight += 1
        IN_FLIGHT.set(self.in_flight)

    def settled(self, outcome: str) -> None:
        """Note what became of an event."""
        self._progress = self.clock()
        self.in_flight -= 1
        IN_FLIGHT.set(self.in_flight)
        EVENTS.labels(outcome).inc()

    def stalled(self) -> bool:
        """Tell whether events are in work and none was settled for too long."""
        since = self._progress
        overdue = since is not None and self.clock() - since > self.stalled_after
        return bool(self.in_flight) and overdue


@asynccontextmanager
async def serve(health: Health, settings: HealthSettings) -> AsyncIterator[None]:
    """Serve the probes while the block runs."""

    async def livez(_: web.Request) -> web.Response:
        stalled = health.stalled()
        return web.Response(status=503 if stalled else 200, text="stalled" if stalled else "ok")

    async def readyz(_: web.Request) -> web.Response:
        missing = ", ".join(sorted(health.waiting_for))
        return web.Response(
            status=503 if missing else 200, text=f"waiting for {missing}" if missing else "ok"
        )

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app = web.Application()
    app.add_routes([web.get(f"/{f.__name__}", f) for f in (livez, readyz, metrics)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
    except OSError as error:
        await runner.cleanup()
        raise SystemExit(
            f"newsreel: cannot serve health on {settings.host}:{settings.port} "
            f"({error.strerror}); choose another with --health.port"
        ) from error
    try:
        yield
    finally:
        await runner.cleanup()
