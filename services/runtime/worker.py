"""Run a Faust app as a process: wait for the broker, start, drain on a signal, end honestly."""

import asyncio
import gc
from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Self

import structlog
from aiokafka.errors import KafkaError
from mode import CrashingSupervisor
from pydantic import Field, model_validator

from schemas.topics import Topic
from services.runtime.consumer import App
from services.runtime.credentials import credentials
from services.runtime.health import Health, HealthSettings, StalledError, serve
from services.runtime.kafka import Refused, require_topics
from services.runtime.record import MissingTopic
from services.runtime.runs import Scheduler
from services.runtime.settings import Kafka, Log, Part, Settings
from services.runtime.signals import Stopping, first, result_unless, unless
from services.runtime.waiting import NotReady
from services.runtime.watch import Watch

log = structlog.get_logger(__name__)

FOR_EVER = 10 * 365 * 86_400.0
"""Seconds."""
NEW_OBJECTS = 10_000
"""That are made before garbage is looked for. With 700, Python's own measure, it was looked for
every few articles, whose objects were mostly still in work."""


class BrakeSettings(Part):
    """How much may be refused before a worker holds, until `newsreel resume`."""

    share: float = Field(default=0.2, gt=0, le=1)
    """Hold when more than this share of the last events became dead letters."""
    window: int = Field(default=200, ge=1)
    """How many events that share is of."""
    run: int = Field(default=50, ge=2)
    """Hold at this many dead letters in a row."""

    @model_validator(mode="after")
    def _admits_one(self) -> Self:
        if self.share * self.window < 1:
            raise ValueError("share of window is less than one event: no refused one could pass")
        return self


class WorkerSettings(Settings):
    """What both workers can be told."""

    kafka: Kafka = Kafka()
    health: HealthSettings = HealthSettings()
    brake: BrakeSettings = BrakeSettings()
    log: Log = Log()
    session_timeout: float = Field(default=10.0, gt=0)
    """Seconds without a heartbeat until the group gives our partitions away."""
    drain_limit: float = Field(default=7.0, gt=0)
    """Seconds that work in flight has to settle when the worker stops."""


def faust_app(group: str, settings: WorkerSettings) -> App:
    """Make a Faust app with the settings that both workers want."""
    hosts = settings.kafka.bootstrap_servers.split(",")
    return App(
        settings.kafka.prefix + group,
        env={},  # else variables such as BROKER_URL or APP_WEB_ENABLED would win over these
        broker=[f"aiokafka://{host.strip()}" for host in hosts],
        broker_credentials=credentials(settings.kafka),
        agent_supervisor=CrashingSupervisor,  # a bug ends the process, it does not skip an event
        broker_session_timeout=settings.session_timeout,
        broker_heartbeat_interval=settings.session_timeout / 5,
        broker_commit_interval=1.0,
        # A wait for a server or a person may take days. Having left the group for it, aiokafka
        # would return on the next fetch; Faust fetches nothing until it has returned.
        broker_max_poll_interval=FOR_EVER,
        consumer_auto_offset_reset="earliest",
        ConsumerScheduler=Scheduler,
        stream_buffer_maxsize=4,  # runs, which are no more than was fetched from their partition
        stream_wait_empty=True,  # calls our Consumer.wait_empty when partitions go
        topic_allow_declare=False,  # `newsreel provision` owns the topics
        topic_disable_leader=True,
        key_serializer="raw",  # bytes in, and our own code reads them: no codec runs foreign data
        value_serializer="raw",
        web_enabled=False,  # it has no authentication; services/runtime/health.py serves instead
        web_tables_enabled=False,
        web_router_enabled=False,
        web_bind="127.0.0.1",
    )


async def run(
    settings: WorkerSettings,
    topics: Collection[Topic],
    make_app: Callable[[Health], AbstractAsyncContextManager[App]],
) -> None:
    """Run an app until a signal or a crash; raises `SystemExit` with the reason of a crash.

    `make_app` is entered once the broker is there and has the topics.
    """
    log.info("Settings.", **settings.model_dump(mode="json"))
    gc.set_threshold(NEW_OBJECTS)
    health = Health(settings.health.stalled_after, waiting_for={"kafka"})
    stopping = Stopping().event
    async with serve(health, settings.health):
        try:
            app = await _run(settings, topics, make_app, stopping, health)
        except (MissingTopic, NotReady, Refused, StalledError) as error:
            raise SystemExit(f"newsreel: {error}") from error
        except KafkaError as error:
            raise SystemExit(
                f"newsreel: Kafka went away while the worker started ({error}); start it again"
            ) from error
    if app and app.crash_reason:
        raise SystemExit(f"newsreel: the worker crashed: {cause(app.crash_reason)!r}")
    log.info("Worker stopped.")


async def _run(
    settings: WorkerSettings,
    topics: Collection[Topic],
    make_app: Callable[[Health], AbstractAsyncContextManager[App]],
    stopping: asyncio.Event,
    health: Health,
) -> App | None:
    """Make the app, run it to its end and return it; None when told to stop before it was made."""
    names = [settings.kafka.prefix + topic.name for topic in topics]

    async def made() -> App:
        await require_topics(settings.kafka, names)
        return await stack.enter_async_context(make_app(health))

    async with AsyncExitStack() as stack:
        app = await result_unless(stopping, made())
        if app:
            app.consumer.drain_limit = settings.drain_limit
            await _until(stopping, app, Watch(app, settings.kafka, names, health), health)
    return app


async def _until(stopping: asyncio.Event, app: App, watch: Watch, health: Health) -> None:
    """Run the app until it is told to stop, it crashes, or the watch gives it up."""
    try:
        if await unless(stopping, app.start()):
            health.waiting_for.discard("kafka")
            log.info("Worker started.", group=app.conf.id)
            await unless(stopping, first(app.wait(), watch.run()))
    finally:
        await app.stop()


def cause(error: BaseException) -> BaseException:
    """Take an error out of the groups that task groups put it into."""
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return error
