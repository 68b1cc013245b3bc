import aiohttp
import pytest

from services.runtime.health import Health, HealthSettings, serve


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


async def get(port: int, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as response,
    ):
        return response.status, await response.text()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_an_idle_worker_is_never_stalled(clock):
    health = Health(stalled_after=10, clock=clock)
    clock.now = 1_000_000
    assert not health.stalled()


def test_a_worker_is_stalled_when_nothing_settles_for_too_long(clock):
    health = Health(stalled_after=10, clock=clock)
    clock.now = 100
    health.begun()
    health.begun()
    clock.now = 109
    assert not health.stalled()
    health.settled("enriched")
    clock.now = 119
    assert not health.stalled()
    clock.now = 120
    assert health.stalled()
    health.settled("enriched")
    assert not health.stalled()


async def test_the_probes_say_what_is_missing(unused_tcp_port):
    health = Health(stalled_after=10, waiting_for={"kafka", "elasticsearch"})
    async with serve(health, HealthSettings(port=unused_tcp_port)):
        assert await get(unused_tcp_port, "/livez") == (200, "ok")
        assert await get(unused_tcp_port, "/readyz") == (503, "waiting for elasticsearch, kafka")
        health.waiting_for.clear()
        assert await get(unused_tcp_port, "/readyz") == (200, "ok")
        status, text = await get(unused_tcp_port, "/metrics")
        assert status == 200
        assert "newsreel_in_flight_events" in text


async def test_a_taken_port_is_named_with_the_option_that_changes_it(unused_tcp_port):
    settings = HealthSettings(port=unused_tcp_port)
    async with serve(Health(10), settings):
        with pytest.raises(SystemExit, match=f"{unused_tcp_port} .*--health.port"):
            async with serve(Health(10), settings):
                pass
