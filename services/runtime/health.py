"""Is the process alive, is it ready, what has it done: over HTTP, on loopback by default.

/livez   fails when there is work and none of it was settled for `stalled_after` seconds, although
         nothing is missing: a restart can mend that, and the worker ends itself on it
/readyz  fails while something is missing, and names it
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
LAG = Gauge("newsreel_lag_events", "Events on our partitions that are not settled.")
BATCH_SECONDS = Histogram("newsreel_batch_seconds", "Seconds from a batch's start to its settling.")

Trouble = Callable[[], str | None]


class HealthSettings(Part):
    """Where health and metrics are served."""

    host: str = "127.0.0.1"
    """Loopback: there is no authentication."""
    port: int = Field(default=8080, ge=0, le=65535)
    """0 takes any free port."""
    stalled_after: float = Field(default=300.0, gt=0)
    """Seconds without a settled event, while there are some and nothing is missing, until /livez
    fails and the worker ends."""


class StalledError(Exception):
    """There is work, nothing is missing, and nothing gets done: a new start may mend it."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"nothing was settled for {seconds:g} s although nothing is missing")


@dataclass
class Health:
    """What the probes report; the worker keeps it up to date."""

    stalled_after: float
    clock: Callable[[], float] = time.monotonic
    waiting_for: set[str] = field(default_factory=lambda: {"start"})
    """What the start still needs."""
    troubles: dict[str, Trouble] = field(default_factory=dict)
    """By what they say of: each tells why we wait for it, or None."""
    busy: Callable[[], bool] = lambda: False
    """Tells that an event is in work under a time limit of its own, which is then no stall."""
    _pending: int = 0
    _progress: float | None = None

    def missing(self) -> list[str]:
        """Name what is waited for, and why where that is known."""
        told = ((name, trouble()) for name, trouble in self.troubles.items())
        return sorted(self.waiting_for) + [f"{name} ({why})" for name, why in told if why]

    def settled(self, outcome: str, count: int) -> None:
        """Note what became of so many events."""
        self._progress = self.clock()
        EVENTS.labels(outcome).inc(count)

    def observe(self, lag: int, in_flight: int) -> None:
        """Note how much there is to do; what has to be waited for is no stall."""
        IN_FLIGHT.set(in_flight)
        LAG.set(lag)
        self._pending = lag + in_flight
        if self._progress is None or self._has_to_wait():
            self._progress = self.clock()

    def stalled(self) -> bool:
        """Tell whether there is work, nothing is missing, and none was settled for too long."""
        if self._progress is None or self._has_to_wait():
            return False
        return self.clock() - self._progress > self.stalled_after

    def _has_to_wait(self) -> bool:
        return not self._pending or bool(self.missing()) or self.busy()


@asynccontextmanager
async def serve(health: Health, settings: HealthSettings) -> AsyncIterator[None]:
    """Serve the probes while the block runs."""

    async def livez(_: web.Request) -> web.Response:
        stalled = health.stalled()
        return web.Response(status=503 if stalled else 200, text="stalled" if stalled else "ok")

    async def readyz(_: web.Request) -> web.Response:
        missing = ", ".join(health.missing())
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
