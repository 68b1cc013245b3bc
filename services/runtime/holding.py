"""The dead-letter brake's state, on a compacted topic: it outlives the process that held."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from pydantic import ValidationError

from schemas.brake import BrakeState, Service
from schemas.topics import BRAKES
from services.runtime.fetching import resting
from services.runtime.kafka import options, started
from services.runtime.record import Delivered, Record
from services.runtime.settings import Kafka
from services.runtime.waiting import Reminder

log = structlog.get_logger(__name__)

LOOK_EVERY = 5.0
"""Seconds after which a wait looks by itself whether it is over, and reminds that we hold."""


class Holding:
    """What is known of a service's brake, kept up to date; an async context manager.

    `send` returns when the broker has the record.
    """

    def __init__(
        self, kafka: Kafka, service: Service, send: Callable[[Record], Awaitable[Delivered]]
    ) -> None:
        self._kafka, self._service, self._send = kafka, service, send
        self._topic = kafka.prefix + BRAKES.name
        self._state: BrakeState | None = None
        self._offset = -1
        """Of the state; a record of ours that is not read yet has a higher one."""
        self._known = False
        self._changed = asyncio.Condition()
        self._follower: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._follower = asyncio.create_task(self._follow())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._follower:
            self._follower.cancel()
            await asyncio.wait([self._follower])

    def trouble(self) -> str | None:
        """Say that the service is held and what lets it go on; None when it is not."""
        if self._state is None or self._state.state != "held":
            return None
        return f"held by the dead-letter brake: {self._state.why}; when mended: newsreel resume"

    async def released(self) -> bool:
        """Wait while the service is held; tell whether there was anything to wait for."""
        self._require_follower()
        if self._known and self.trouble() is None:
            return False
        return await self._wait_from(-1)

    async def hold(self, why: str) -> None:
        """Hold the service, and wait until a person lets it go on."""
        state = BrakeState(
            service=self._service,
            state="held",
            why=why,
            by=socket.gethostname(),
            at=datetime.now(UTC),
        )
        sent = await self._send(state_record(self._topic, state))
        await self._wait_from(sent.offset)

    async def _wait_from(self, offset: int) -> bool:
        """Wait for a state of that offset or a later one that lets us go on."""

        def free() -> bool:
            self._require_follower()
            return self._known and self._offset >= offset and self.trouble() is None

        waited, reminder = False, Reminder()
        async with self._changed:
            while not free():
                if why := self.trouble():
                    waited = True
                    if reminder.due():
                        log.error("Nothing is processed.", service=self._service, why=why)
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY):
                        await self._changed.wait()
        if waited:
            log.info("Going on.", service=self._service)
        return waited

    def _require_follower(self) -> None:
        """Raise what has ended the follower: without it we would miss a hold, or a release."""
        if self._follower and self._follower.done():
            self._follower.result()

    async def _follow(self) -> None:
        partition = TopicPartition(self._topic, 0)
        consumer = AIOKafkaConsumer(
            **options(self._kafka),
            enable_auto_commit=False,
            auto_offset_reset="earliest",
        )
        resting(consumer).assign([partition])
        try:
            await started(consumer, self._kafka)
            end = (await consumer.end_offsets([partition]))[partition]
            while True:
                known = self._known or await consumer.position(partition) >= end
                if known and not self._known:
                    await self._note([], known=True)
                found = await consumer.getmany(partition, timeout_ms=1000)
                await self._note(found.get(partition, []), known=known)
        finally:
            await consumer.stop()

    async def _note(self, records: list[ConsumerRecord], *, known: bool) -> None:
        async with self._changed:
            self._known = known
            for record in records:
                self._offset = record.offset
                if (state := _read(record)) and state.service == self._service:
                    self._state = state
            self._changed.notify_all()


def state_record(topic: str, state: BrakeState) -> Record:
    """Address a state to the brakes topic."""
    headers = (("content-type", b"application/json"),)
    return Record(topic, state.service.encode(), state.to_json(), headers)


def _read(record: ConsumerRecord) -> BrakeState | None:
    """Read a state; what anybody else wrote there holds nobody."""
    try:
        return BrakeState.from_json(record.value or b"")
    except ValidationError:
        return None
