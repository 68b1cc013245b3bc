"""The ways out of a worker: its events, its dead letters, and the brake that holds both."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from schemas.brake import Service
from schemas.topics import BRAKES, Topic
from services.runtime.brake import Brake
from services.runtime.health import Health
from services.runtime.holding import Holding
from services.runtime.publisher import Publisher
from services.runtime.record import Record
from services.runtime.settling import Failpoint, Settler
from services.runtime.worker import WorkerSettings


@dataclass(frozen=True, slots=True)
class Outlets:
    """The topics that a service writes to."""

    service: Service
    letters: Topic
    events: Topic | None = None


@asynccontextmanager
async def settler(
    settings: WorkerSettings, outlets: Outlets, health: Health, failpoint: Failpoint
) -> AsyncIterator[Settler]:
    """Connect to the topics; `health` is told when one of them is waited for.

    Dead letters go compressed: an event that came so may be larger than any topic takes.
    """
    kafka = settings.kafka
    letters, brakes = (topic.prefixed(kafka.prefix) for topic in (outlets.letters, BRAKES))
    async with AsyncExitStack() as stack:
        post = await stack.enter_async_context(Publisher(kafka, [letters, brakes], compressed=True))
        health.troubles["dead letters"] = post.trouble
        events = None
        if outlets.events:
            events = await stack.enter_async_context(
                Publisher(kafka, [outlets.events.prefixed(kafka.prefix)])
            )
            health.troubles["publishing"] = events.trouble

        async def publish(records: Sequence[Record]) -> None:
            refused = [record for record in records if record.topic == letters.name]
            others = [record for record in records if record.topic != letters.name]
            ways = [post.send_all(refused)] + ([events.send_all(others)] if events else [])
            await asyncio.gather(*ways)

        hold = await stack.enter_async_context(Holding(kafka, outlets.service, post.send))
        health.troubles["newsreel resume"] = hold.trouble
        brake = Brake(**settings.brake.model_dump())
        yield Settler(publish, brake, hold, told=health.settled, failpoint=failpoint)
