from collections.abc import Awaitable, Callable, Iterator
from itertools import count

import pytest
from aiokafka.errors import KafkaConnectionError, TopicAuthorizationFailedError
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig
from elasticsearch import ApiError
from elasticsearch import ConnectionError as NoConnectionError

from services.provision.report import ProvisioningError
from services.provision.waiting import ServerAway, passes, patiently


def api_error(status: int) -> ApiError:
    node = NodeConfig("http", "127.0.0.1", 9200)
    return ApiError("why", ApiResponseMeta(status, "1.1", HttpHeaders(), 0.0, node), {})


class Time:
    """A clock that only sleeping moves, and pauses of ten seconds."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.said: list[str] = []

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds

    def pauses(self) -> Iterator[float]:
        return (10.0 for _ in count())

    async def wait(self, step: Callable[[], Awaitable[str]], patience: float) -> str:
        return await patiently(
            step,
            server="Kafka at k:1",
            patience=patience,
            say=self.said.append,
            sleep=self.sleep,
            now=lambda: self.seconds,
            pauses=self.pauses,
        )


def failing(*errors: Exception) -> Callable[[], Awaitable[str]]:
    left = iter(errors)

    async def step() -> str:
        for error in left:
            raise error
        return "done"

    return step


async def test_a_server_that_is_there_is_not_waited_for() -> None:
    time = Time()
    assert await time.wait(failing(), 0) == "done"
    assert (time.seconds, time.said) == (0, [])


async def test_a_server_that_is_late_is_waited_for_and_that_is_said_once() -> None:
    time = Time()
    late = failing(OSError("refused"), KafkaConnectionError("gone"), ServerAway("starting"))
    assert await time.wait(late, 60) == "done"
    assert time.seconds == 30
    assert time.said == ["Waiting for Kafka at k:1, at most 60 s: refused"]


async def test_patience_ends_in_a_line_that_says_what_to_do() -> None:
    away = failing(*[OSError("refused")] * 9)
    message = "no use of Kafka at k:1 after 25 s: refused; start it or correct its address"
    time = Time()
    with pytest.raises(ProvisioningError, match=message):
        await time.wait(away, 25)
    assert time.seconds == 20


async def test_a_refusal_that_does_not_pass_ends_the_waiting_at_once() -> None:
    time = Time()
    with pytest.raises(ProvisioningError, match=r"refuses: 401, .*ELASTICSEARCH__PASSWORD"):
        await time.wait(failing(api_error(401)), 60)
    assert time.seconds == 0


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (api_error(503), True),
        (api_error(429), True),
        (api_error(400), False),
        (api_error(403), False),
        (NoConnectionError("reset"), True),
        (KafkaConnectionError(), True),
        (TopicAuthorizationFailedError(), False),
    ],
)
def test_only_trouble_that_passes_is_waited_for(error: Exception, *, expected: bool) -> None:
    assert passes(error) is expected
