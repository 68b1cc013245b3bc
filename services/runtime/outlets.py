"""The ways out of a worker: its events, its dead letters, and the brake that holds both."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from schemas.brake import Service
from schemas.topics import BRAKES, Topic
from services.runtime.brake import Brake
from services.runtime.health import Health
from services.runtime.holding import Holding
from services.runtime.publisher import Publisher
from services.runtime.settling import Failpoint, Settler
from services.runtime.worker import WorkerSettings


@asynccontextmanager
async def settler(
    settings: WorkerSettings,
    service: Service,
    topics: Iterable[Topic],
    health: Health,
    failpoint: Failpoint,
) -> AsyncIterator[Settler]:
    """Connect to the topics that a service writes; `health` is told what is waited for."""
    kafka = settings.kafka
    targets = [topic.prefixed(kafka.prefix) for topic in (*topics, BRAKES)]
    async with (
        Publisher(kafka, targets) as publisher,
        Holding(kafka, service, publisher.send) as hold,
    ):
        health.troubles["publishing"] = publisher.trouble
        health.troubles["newsreel resume"] = hold.trouble
        brake = Brake(**settings.brake.model_dump())
        yield Settler(publisher.send_all, brake, hold, told=health.settled, failpoint=failpoint)
