"""Records onto Kafka: each is acknowledged by the broker before `send` returns.

What aiokafka's idempotent producer leaves to us: a batch that fails for good leaves a hole in
its sequence numbers, after which the broker refuses every later batch of that partition. So any
such failure costs the producer, and the records it still owes go through a new one. Two records
with the same key are never under way at the same time: no failure can reorder them.
"""

import asyncio
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Literal, Self
from weakref import WeakValueDictionary

import structlog
from aiokafka import AIOKafkaProducer, errors

from schemas.topics import Topic
from services.runtime.kafka import options, started
from services.runtime.record import Delivered, MissingTopic, Record, TooLarge
from services.runtime.settings import Kafka
from services.runtime.waiting import pauses

log = structlog.get_logger(__name__)

WARN_EVERY = 60.0
"""Seconds between two warnings while the broker is away."""
TROUBLE_AFTER = 5.0
"""Seconds without an acknowledgement after which we are waiting and not sending."""
TOPIC_MAY_BE_NEW = 3.0
"""Seconds a topic may be unknown to the broker just after its creation."""
UNDER_WAY = 256
"""Records handed to aiokafka at a time: it wakes all that wait for a batch when one has room."""
MAX_BATCH_BYTES = 256 * 1024
RETIRE_WITHIN = 5.0
"""Seconds that a producer has for what it has under way, before its connections are cut."""
CLOSE_WITHIN = 0.4
"""The same when we close: nobody waits for that any more."""


Remedy = Literal["again", "rebuild", "raise"]

_SEQUENCE_LOST = (
    errors.OutOfOrderSequenceNumber,
    errors.UnknownProducerId,
    errors.ProducerFenced,
    errors.InvalidProducerEpoch,
    errors.InvalidProducerIdMapping,
    errors.DuplicateSequenceNumber,
    errors.CorruptRecordException,
)
_NEVER_SENT = (errors.KafkaTimeoutError, errors.ProducerClosed)


def remedy(error: errors.KafkaError) -> Remedy:
    """Decide what a failed send needs: the same producer again, a new one, or a person.

    aiokafka itself repeats what is retriable, for ever; a retriable error that reaches us means
    that it gave a batch up, so the batch's sequence numbers are lost as well.
    """
    if isinstance(error, _NEVER_SENT):
        return "again"
    if isinstance(error, _SEQUENCE_LOST) or error.retriable or type(error) is errors.KafkaError:
        return "rebuild"
    return "raise"


class Publisher:
    """Sends records to `topics`, which must exist; a broker that is away is waited for.

    An async context manager. Raises `MissingTopic` on entry, or from a send when a topic was
    deleted meanwhile; and `Refused` when the broker won't let us in.
    """

    def __init__(
        self,
        to: Kafka,
        topics: Iterable[Topic],
        *,
        request_timeout: float = 30.0,
    ) -> None:
        self._limits = {topic.name: topic.max_message_bytes for topic in topics}
        self._to = to
        self._options: dict[str, Any] = options(to) | {
            "acks": "all",
            "enable_idempotence": True,
            "max_request_size": max(self._limits.values()),
            "max_batch_size": min(MAX_BATCH_BYTES, *self._limits.values()),
            "linger_ms": 5,
            "request_timeout_ms": int(request_timeout * 1000),
            "retry_backoff_ms": 250,
        }
        self._producer: AIOKafkaProducer | None = None
        self._connecting = asyncio.Lock()
        self._retired: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(UNDER_WAY)
        self._turns: WeakValueDictionary[tuple[str, bytes], asyncio.Lock] = WeakValueDictionary()
        self._since: dict[object, float] = {}
        self._last_error: BaseException | None = None
        self._watch: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Connect, for as long as it takes, and check that the topics exist."""
        self._watch = asyncio.create_task(self._warn_while_waiting())
        try:
            await self._connected()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Let go of the broker; what was not awaited may be lost."""
        if self._watch:
            self._watch.cancel()
        producer, self._producer = self._producer, None
        if producer:
            await _stop(producer, CLOSE_WITHIN)
        await asyncio.gather(*self._retired)

    async def send(self, record: Record) -> Delivered:
        """Send a record and wait until the broker has acknowledged it.

        Raises `TooLarge` before anything is sent, `MissingTopic`, and `KafkaError` where only a
        person can help (no authorisation, say).
        """
        limit = self._limits[record.topic]
        if record.size > limit:
            raise TooLarge(record, limit)
        ticket = object()
        self._since[ticket] = time.monotonic()
        try:
            if record.key is None:
                return await self._deliver(record)
            async with self._turn(record.topic, record.key):
                return await self._deliver(record)
        finally:
            del self._since[ticket]

    async def send_all(self, records: Iterable[Record]) -> None:
        """Send records at once, in order per key, and wait for all; then raise the first error."""
        held: list[tuple[Record, asyncio.Lock]] = []
        singly: list[Record] = []
        for record in records:
            turn = self._turn(record.topic, record.key) if record.key is not None else None
            if turn is None or turn.locked() or record.size > self._limits[record.topic]:
                singly.append(record)
            else:
                await turn.acquire()  # at once
                held.append((record, turn))
        rest = asyncio.gather(*map(self.send, singly), return_exceptions=True)
        try:
            results = [*await self._send_held(held), *await rest]
        finally:
            rest.cancel()
        for result in results:
            if isinstance(result, BaseException):
                raise result

    def _turn(self, topic: str, key: bytes) -> asyncio.Lock:
        """Return the lock that keeps records of a key from being under way side by side."""
        return self._turns.setdefault((topic, key), asyncio.Lock())

    async def _send_held(self, held: Sequence[tuple[Record, asyncio.Lock]]) -> list[object]:
        """Send records whose turns we have; return what became of those that failed at first."""
        ticket = object()
        self._since[ticket] = time.monotonic()
        try:
            again = await self._send_together([record for record, _ in held]) if held else []
            return await asyncio.gather(*map(self._deliver, again), return_exceptions=True)
        finally:
            del self._since[ticket]
            for _, turn in held:
                turn.release()

    async def _send_together(self, records: Sequence[Record]) -> list[Record]:
        """Send without a task for each record; return those that have to be sent again."""
        producer = await self._connected()
        sent: list[tuple[Record, asyncio.Future[Any]]] = []
        with suppress(errors.KafkaError):  # whoever sends the rest again meets it too
            for record in records:
                sent.append((record, await _enqueue(producer, record)))  # noqa: PERF401 - also those before an error
        again = list(records[len(sent) :])
        for record, answer in sent:
            try:
                await answer
            except errors.KafkaError as error:
                self._give_up(producer, error)
                again.append(record)
        return again

    async def _deliver(self, record: Record) -> Delivered:
        for pause in pauses():
            producer = await self._connected()
            try:
                async with self._room:
                    metadata = await (await _enqueue(producer, record))
            except errors.MessageSizeTooLargeError as error:
                self._retire(producer)
                raise TooLarge(record, self._limits[record.topic]) from error
            except errors.KafkaError as error:
                if self._give_up(producer, error) == "raise":
                    raise
                await asyncio.sleep(pause)
            else:
                return Delivered(metadata.topic, metadata.partition, metadata.offset)
        raise AssertionError("pauses never end")

    def _give_up(self, producer: AIOKafkaProducer, error: errors.KafkaError) -> Remedy:
        """Take note of a failed send, and part with its producer if need be."""
        what = remedy(error)
        if what != "again":
            self._retire(producer)
        self._last_error = error
        return what

    async def _connected(self) -> AIOKafkaProducer:
        async with self._connecting:
            if self._producer is None:
                self._producer = await self._connect()
            return self._producer

    async def _connect(self) -> AIOKafkaProducer:
        ticket = object()
        self._since[ticket] = time.monotonic()
        try:
            for pause in pauses(ceiling=5.0):
                producer = AIOKafkaProducer(**self._options)
                try:
                    await started(producer, self._to)
                    await self._require_topics(producer)
                except BaseException as error:
                    await _stop(producer, CLOSE_WITHIN)
                    if not (isinstance(error, errors.KafkaError) and remedy(error) != "raise"):
                        raise
                    self._last_error = error
                    await asyncio.sleep(pause)
                else:
                    return producer
        finally:
            del self._since[ticket]
        raise AssertionError("pauses never end")

    async def _require_topics(self, producer: AIOKafkaProducer) -> None:
        give_up = time.monotonic() + TOPIC_MAY_BE_NEW
        while True:
            cluster = await producer.client.fetch_all_metadata()
            missing = self._limits.keys() - cluster.topics()
            if not missing:
                return
            if time.monotonic() > give_up:
                raise MissingTopic(missing)
            await asyncio.sleep(0.25)

    def _retire(self, producer: AIOKafkaProducer) -> None:
        """Send nothing more through this producer; what it has under way may still succeed."""
        if producer is self._producer:
            self._producer = None
            task = asyncio.create_task(_stop(producer, RETIRE_WITHIN))
            self._retired.add(task)
            task.add_done_callback(self._retired.discard)

    def trouble(self) -> str | None:
        """Say that the broker does not acknowledge what was sent; None when it does."""
        waited = self._waited()
        return f"no acknowledgement for {waited:.0f} s" if waited > TROUBLE_AFTER else None

    def _waited(self) -> float:
        now = time.monotonic()
        return now - min(self._since.values(), default=now)

    async def _warn_while_waiting(self) -> None:
        """Say once a minute that nothing is acknowledged, with the last error seen."""
        while True:
            await asyncio.sleep(WARN_EVERY / 6)
            waited = self._waited()
            if waited > WARN_EVERY / 6:
                log.warning(
                    "Waiting for Kafka.",
                    bootstrap_servers=self._to.bootstrap_servers,
                    seconds=round(waited),
                    records=len(self._since),
                    error=repr(self._last_error) if self._last_error else None,
                )
                await asyncio.sleep(WARN_EVERY * 5 / 6)


async def _enqueue(producer: AIOKafkaProducer, record: Record) -> "asyncio.Future[Any]":
    if record.key is not None or record.value is not None:
        future: asyncio.Future[Any] = await producer.send(
            record.topic, record.value, record.key, headers=list(record.headers)
        )
        return future
    # aiokafka's send() asserts a key or a value; Kafka takes a record that has neither.
    batch = producer.create_batch()
    batch.append(timestamp=None, key=None, value=None, headers=list(record.headers))
    partition = min(await producer.partitions_for(record.topic))
    future = await producer.send_batch(batch, record.topic, partition=partition)
    return future  # noqa: RET504 - aiokafka is untyped, the annotation is the check


async def _stop(producer: AIOKafkaProducer, within: float) -> None:
    """Stop a producer even when its broker is away: aiokafka would flush for ever."""
    with suppress(errors.KafkaError, TimeoutError):
        await asyncio.wait_for(producer.stop(), within)
        return
    sender = producer._sender.sender_task  # noqa: SLF001 - there is no public way to abort
    if sender:
        sender.cancel()
    await producer.client.close()
