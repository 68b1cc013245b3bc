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
    health.observe(lag=0, in_flight=0)
    clock.now = 1_000_000
    assert not health.stalled()


@pytest.mark.parametrize("work", [{"lag": 2, "in_flight": 0}, {"lag": 0, "in_flight": 2}])
def test_a_worker_is_stalled_when_there_is_work_and_none_settles_for_too_long(clock, work):
    health = Health(stalled_after=10, clock=clock, waiting_for=set())
    health.observe(lag=0, in_flight=0)
    clock.now = 100
    health.observe(lag=0, in_flight=0)
    health.observe(**work)
    clock.now = 109
    assert not health.stalled()
    health.settled("enriched", 1)
    clock.now = 119
    health.observe(**work)
    assert not health.stalled()
    clock.now = 120
    assert health.stalled()
    health.settled("enriched", 1)
    assert not health.stalled()


def test_waiting_for_what_is_missing_is_no_stall_and_gives_time_afterwards(clock):
    why = "away"
    health = Health(10, clock, waiting_for=set(), troubles={"elasticsearch": lambda: why})
    for clock.now in range(100):
        health.observe(lag=5, in_flight=5)
        assert not health.stalled()
    why = None
    clock.now = 109
    assert not health.stalled()
    clock.now = 110
    assert health.stalled()


def test_work_that_a_time_limit_of_its_own_will_end_is_no_stall(clock):
    busy = True
    health = Health(10, clock, waiting_for=set(), busy=lambda: busy)
    for clock.now in range(0, 1000, 3):
        health.observe(lag=5, in_flight=5)
        assert not health.stalled()
    clock.now += 100
    assert not health.stalled()
    health.observe(lag=5, in_flight=5)
    busy = False
    clock.now += 11
    assert health.stalled()


async def test_the_probes_say_what_is_missing(unused_tcp_port):
    health = Health(stalled_after=10, waiting_for={"kafka", "elasticsearch"})
    reasons = iter(["it refuses our credentials", None])
    async with serve(health, HealthSettings(port=unused_tcp_port)):
        assert await get(unused_tcp_port, "/livez") == (200, "ok")
        assert await get(unused_tcp_port, "/readyz") == (503, "waiting for elasticsearch, kafka")
        health.waiting_for.clear()
        health.troubles["elasticsearch"] = lambda: next(reasons)
        told = "waiting for elasticsearch (it refuses our credentials)"
        assert await get(unused_tcp_port, "/readyz") == (503, told)
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
