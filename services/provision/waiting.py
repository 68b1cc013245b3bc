"""Waits for servers that are away: provisioning is idempotent, so a step is simply done again."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import aiohttp
from aiokafka.errors import KafkaError
from elasticsearch import ApiError, TransportError

from services.provision.report import ProvisioningError
from services.runtime.kafka import Refused
from services.runtime.tls import distrust
from services.runtime.waiting import pauses

Result = TypeVar("Result")


class ServerAway(Exception):  # noqa: N818  # it passes: not an error until patience ends
    """A server is not there or not ready yet."""


async def patiently(  # noqa: PLR0913  # time is passed in, so that tests take none
    step: Callable[[], Awaitable[Result]],
    *,
    server: str,
    patience: float,
    say: Callable[[str], object],
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    now: Callable[[], float] = time.monotonic,
    pauses: Callable[[], Iterator[float]] = lambda: pauses(ceiling=5.0),
) -> Result:
    """Do a step again until the server lets it succeed; say once that it is waited for.

    Raises `ProvisioningError` when `patience` seconds are over, and at once when the server
    refuses for a reason that does not pass.
    """
    started = now()
    for count, seconds in enumerate(pauses()):
        try:
            return await step()
        except Refused as error:
            raise ProvisioningError(str(error)) from error
        except (ApiError, TransportError, KafkaError, OSError, aiohttp.ClientError) as error:
            reason = _reason(error)
            if not passes(error):
                raise ProvisioningError(f"{server} refuses: {reason}") from error
        except ServerAway as error:
            reason = str(error)
        if now() - started + seconds > patience:
            break
        if count == 0:
            say(f"Waiting for {server}, at most {patience:g} s: {reason}")
        await sleep(seconds)
    raise ProvisioningError(
        f"no use of {server} after {patience:g} s: {reason}; start it or correct its address"
    )


def passes(error: Exception) -> bool:
    """Tell whether an error is about a server that is away or busy, and not about the request."""
    match error:
        case _ if distrust(error):
            return False
        case ApiError():
            return error.meta.status in {408, 429, 502, 503, 504}
        case KafkaError():
            return bool(error.retriable)
        case _:
            return True


def _reason(error: Exception) -> str:
    if isinstance(error, ApiError) and error.meta.status in {401, 403}:
        setting = "NEWSREEL_ELASTICSEARCH__PASSWORD or NEWSREEL_ELASTICSEARCH__API_KEY"
        return f"{error.meta.status}, our credentials are not enough; set {setting}"
    if why := distrust(error):
        return f"its certificate is not to be trusted ({why}); see the settings CA_FILE and URL"
    return " ".join(str(error).split()) or type(error).__name__
