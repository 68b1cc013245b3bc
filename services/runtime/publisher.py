"""Records onto Kafka: each is acknowledged by the broker before `send` returns.

Two records with the same key are never under way at the same time: no failure can reorder them.
Any failure of a batch costs its producer, whose sequence numbers are lost (`producers.py`); the
records it still owes go through a new one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from aiokafka import errors

from schemas.topics import Topic
from services.runtime.owed import Owed
from services.runtime.producers import Make, Producers
from services.runtime.record import Delivered, Record, TooLarge
from services.runtime.remedy import Remedy, remedy
from services.runtime.settings import Kafka
from services.runtime.stoppable import StoppableProducer
from services.runtime.turns import Turns
from services.runtime.waiting import pauses

UNDER_WAY = 256
"""Records handed to aiokafka at a time: it wakes all that wait for a batch when one has room."""


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
        make: Make = StoppableProducer,
        waits: Callable[[], Iterator[float]] = pauses,
    ) -> None:
        """`request_timeout` and `waits`, those between two tries, are in seconds."""
        topics = list(topics)
        self._limits = {topic.name: topic.max_message_bytes for topic in topics}
        self._owed = Owed(to.bootstrap_servers)
        self._producers = Producers(
            to, topics, self._owed, request_timeout=request_timeout, make=make
        )
        self._room = asyncio.Semaphore(UNDER_WAY)
        self._turns = Turns()
        self._waits = waits
        self._warning: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Connect, for as long as it takes, and check that the topics exist."""
        self._warning = asyncio.create_task(self._owed.warn())
        try:
            await self._producers.current()
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
        """Let go of the broker; a send that is under way raises `ProducerClosed`."""
        if self._warning:
            self._warning.cancel()
            await asyncio.wait([self._warning])
        await self._producers.close()

    def trouble(self) -> str | None:
        """Say that the broker does not acknowledge what was sent; None when it does."""
        return self._owed.trouble()

    async def send(self, record: Record) -> Delivered:
        """Send a record and wait until the broker has acknowledged it.

        Raises `TooLarge` before anything is sent, `MissingTopic`, and `KafkaError` where only a
        person can help (no authorisation, say).
        """
        limit = self._limits[record.topic]
        if record.size > limit:
            raise TooLarge(record, limit)
        with self._owed.waiting():
            if record.key is None:
                return await self._deliver(record)
            async with self._turns.turn((record.topic, record.key)):
                return await self._deliver(record)

    async def send_all(self, records: Iterable[Record]) -> None:
        """Send records at once, in order per key, and wait for all; then raise the first error."""
        held: list[Record] = []
        singly: list[Record] = []
        for record in list(records):  # nothing is awaited until all have their places
            (held if self._takes_turn(record) else singly).append(record)
        async with asyncio.TaskGroup() as tasks:
            rest = [tasks.create_task(_outcome(self.send(record))) for record in singly]
            results = await self._send_held(held)
        for result in (*results, *(task.result() for task in rest)):
            if isinstance(result, Exception):
                raise result

    def _takes_turn(self, record: Record) -> bool:
        """Take a record's turn if it has a key, may be sent, and none of its key is under way."""
        if record.key is None or record.size > self._limits[record.topic]:
            return False
        return self._turns.take((record.topic, record.key))

    async def _send_held(self, held: Sequence[Record]) -> list[Delivered | Exception]:
        """Send records whose turns we have; return what became of those that failed at first."""
        try:
            with self._owed.waiting():
                again = await self._send_together(held) if held else []
                return await asyncio.gather(*(_outcome(self._deliver(one)) for one in again))
        except Exception as error:  # noqa: BLE001 - raised when the others have ended, too
            return [error]
        finally:
            for record in held:
                self._turns.give_back((record.topic, record.key))

    async def _send_together(self, records: Sequence[Record]) -> list[Record]:
        """Send without a task for each record; return those that have to be sent again."""
        producer = await self._producers.current()
        sent: list[tuple[Record, asyncio.Future[Any]]] = []
        try:
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
        finally:
            for _, answer in sent:
                answer.cancel()  # where we are cancelled: nobody will ask any more
        return again

    async def _deliver(self, record: Record) -> Delivered:
        for pause in self._waits():
            producer = await self._producers.current()
            try:
                async with self._room:
                    metadata = await (await _enqueue(producer, record))
            except errors.MessageSizeTooLargeError as error:
                self._producers.retire(producer)
                raise TooLarge(record, self._limits[record.topic]) from error
            except errors.KafkaError as error:
                if self._give_up(producer, error) == "raise":
                    raise
                await asyncio.sleep(pause)
            else:
                return Delivered(metadata.topic, metadata.partition, metadata.offset)
        raise AssertionError("waits never end")

    def _give_up(self, producer: StoppableProducer, error: errors.KafkaError) -> Remedy:
        """Take note of a failed send, and part with its producer if need be."""
        what = remedy(error)
        if what != "again":
            self._producers.retire(producer)
        self._owed.error = error
        return what


async def _outcome(work: Awaitable[Delivered]) -> Delivered | Exception:
    """Wait for work, and return also what it raises."""
    try:
        return await work
    except Exception as error:  # noqa: BLE001 - the caller raises it in its time
        return error


async def _enqueue(producer: StoppableProducer, record: Record) -> "asyncio.Future[Any]":
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
