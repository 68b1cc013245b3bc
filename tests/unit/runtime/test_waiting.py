from itertools import islice

import pytest
from structlog.testing import capture_logs

from services.runtime.waiting import Reminder, answered, pauses


def test_the_bound_doubles_then_levels_off():
    longest = pauses(first=0.5, ceiling=30.0, jitter=lambda _low, high: high)
    assert [*islice(longest, 8)] == [0.5, 1, 2, 4, 8, 16, 30, 30]


def test_every_pause_lies_between_zero_and_the_bound():
    assert all(0 <= pause <= 2.0 for pause in islice(pauses(first=1.0, ceiling=2.0), 200))


class Server:
    """Fails in the given ways, then answers."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.slept = 0

    async def ask(self) -> str:
        if self.failures:
            raise self.failures.pop(0)
        return "here"

    async def sleep(self, _seconds: float) -> None:
        self.slept += 1


async def test_a_server_that_is_away_is_asked_again_until_it_answers():
    server = Server(ConnectionError("refused"), TimeoutError("slow"))
    assert await answered(server.ask, "x", (OSError,), sleep=server.sleep) == "here"
    assert server.slept == 2


async def test_what_does_not_pass_is_raised_at_once():
    server = Server(PermissionError("no"))
    with pytest.raises(PermissionError):
        await answered(server.ask, "x", (ConnectionError,), sleep=server.sleep)
    assert server.slept == 0


async def test_a_server_that_stays_away_is_told_once_not_at_every_try():
    server = Server(*[ConnectionError("refused")] * 9)
    with capture_logs() as logs:
        await answered(server.ask, "Kafka", (OSError,), sleep=server.sleep)
    assert [(entry["server"], entry["error"]) for entry in logs] == [("Kafka", "refused")]


def test_a_reminder_is_due_at_once_and_then_once_a_minute():
    clock = iter([100.0, 159.0, 160.0, 161.0])
    reminder = Reminder(now=lambda: next(clock))
    assert [reminder.due() for _ in range(4)] == [True, False, True, False]
