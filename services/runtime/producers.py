"""The life of aiokafka's producers: one at a time is connected, retired and stopped.

A batch that fails for good leaves a hole in its producer's sequence numbers, after which the broker
refuses every later batch of that partition. So a producer that has failed is never sent through
again: it is retired, and the next one begins with numbers of its own.
"""

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import Any

from aiokafka import errors

from schemas.topics import Topic
from services.runtime.kafka import options, started
from services.runtime.owed import Owed
from services.runtime.record import MissingTopic
from services.runtime.remedy import remedy
from services.runtime.settings import Kafka
from services.runtime.stoppable import StoppableProducer
from services.runtime.waiting import pauses

Make = Callable[..., StoppableProducer]
"""Makes a producer of aiokafka's options."""
TOPIC_MAY_BE_NEW = 3.0
"""Seconds a topic may be unknown to the broker just after its creation."""
MAX_BATCH_BYTES = 256 * 1024
RETIRE_WITHIN = 5.0
"""Seconds that a producer has for what it has under way, before its connections are cut."""
CLOSE_WITHIN = 0.4
"""The same when we close: nobody waits for that any more."""


class Producers:
    """Gives the producer to send through, and makes the next when that has failed."""

    def __init__(
        self,
        to: Kafka,
        topics: Iterable[Topic],
        owed: Owed,
        *,
        request_timeout: float,
        make: Make = StoppableProducer,
    ) -> None:
        """`request_timeout` is in seconds; `owed` is told what the broker owes us meanwhile."""
        limits = {topic.name: topic.max_message_bytes for topic in topics}
        self._topics = limits.keys()
        self._to, self._owed, self._make = to, owed, make
        self._options: dict[str, Any] = options(to) | {
            "acks": "all",
            "enable_idempotence": True,
            "max_request_size": max(limits.values()),
            "max_batch_size": min(MAX_BATCH_BYTES, *limits.values()),
            "linger_ms": 5,
            "request_timeout_ms": int(request_timeout * 1000),
            "retry_backoff_ms": 250,
        }
        self._connection: asyncio.Task[StoppableProducer] | None = None
        self._retired: set[asyncio.Task[None]] = set()
        self._closed = False

    async def current(self) -> StoppableProducer:
        """Return the producer to send through, connected however long that takes.

        Raises `MissingTopic`, `Refused`, `KafkaError` where only a person can help, and
        `ProducerClosed` once we are closed.
        """
        if self._closed:
            raise errors.ProducerClosed
        if self._connection is None or (self._connection.done() and not self._connected()):
            self._connection = asyncio.create_task(self._connect())
        connection = self._connection
        if not connection.done():
            await asyncio.wait([connection])  # if it fails, all who wait are told
        if connection.cancelled():
            raise errors.ProducerClosed
        return connection.result()

    def retire(self, producer: StoppableProducer) -> None:
        """Send nothing more through this producer; what it has under way may still succeed."""
        if producer is self._connected():
            self._connection = None
            task = asyncio.create_task(producer.stop_within(RETIRE_WITHIN))
            self._retired.add(task)
            task.add_done_callback(self._retired.discard)

    async def close(self) -> None:
        """Let go of the broker; what is under way may be lost, and nothing connects any more."""
        self._closed = True
        if self._connection:
            self._connection.cancel()  # unless it is done
            await asyncio.wait([self._connection])
        if producer := self._connected():
            await producer.stop_within(CLOSE_WITHIN)
        await asyncio.gather(*self._retired)

    def _connected(self) -> StoppableProducer | None:
        made = self._connection
        failed = not made or not made.done() or made.cancelled() or made.exception()
        return None if failed or not made else made.result()

    async def _connect(self) -> StoppableProducer:
        with self._owed.waiting():
            for pause in pauses(ceiling=5.0):
                producer = self._make(**self._options)
                try:
                    await started(producer, self._to)
                    await self._require_topics(producer)
                except BaseException as error:
                    await producer.stop_within(CLOSE_WITHIN)
                    if not (isinstance(error, errors.KafkaError) and remedy(error) != "raise"):
                        raise
                    self._owed.error = error
                    await asyncio.sleep(pause)
                else:
                    return producer
        raise AssertionError("pauses never end")

    async def _require_topics(self, producer: StoppableProducer) -> None:
        give_up = time.monotonic() + TOPIC_MAY_BE_NEW
        while True:
            cluster = await producer.client.fetch_all_metadata()
            missing = self._topics - cluster.topics()
            if not missing:
                return
            if time.monotonic() > give_up:
                raise MissingTopic(missing)
            await asyncio.sleep(0.25)
