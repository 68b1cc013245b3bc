"""Keeps a consumer from asking again at once where a broker does not wait for records.

A broker holds a fetch back until there is something to give, or `fetch_max_wait_ms` is over: Kafka
does. The embedded one answers at once, and aiokafka, which relies on being held back, would ask it
two thousand times a second, at the cost of half a core for each idle worker.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from aiokafka import AIOKafkaConsumer

PAUSE = 0.05
"""Seconds between two fetches that bring nothing: as much later may a record come."""

Send = Callable[..., Awaitable[Any]]
"""aiokafka's `AIOKafkaClient.send(node_id, request, **options)`."""


Consumer = TypeVar("Consumer", bound=AIOKafkaConsumer)


def resting(consumer: Consumer) -> Consumer:
    """Return the consumer, which is not started yet and will not fetch in a hurry."""
    client = consumer._client  # noqa: SLF001 - its fetcher has no setting for this
    client.send = unhurried(client.send)
    return consumer


def unhurried(
    send: Send, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep, pause: float = PAUSE
) -> Send:
    """Return `send` with the rest of `pause` added to a fetch that brought nothing before that."""

    async def asked(node: Any, request: Any, **options: Any) -> Any:
        started = time.monotonic()
        response = await send(node, request, **options)
        left = pause - (time.monotonic() - started)
        if left > 0 and _is_empty_fetch(response):
            await sleep(left)
        return response

    return asked


def _is_empty_fetch(response: Any) -> bool:
    if not type(response).__name__.startswith("FetchResponse"):
        return False
    return not any(part[-1] for _, parts in response.topics for part in parts)
