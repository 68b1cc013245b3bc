"""Run a Faust app as a process: wait for the broker, start, drain on a signal, end honestly."""

from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager

import structlog
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from mode import CrashingSupervisor
from pydantic import Field

from services.runtime.consumer import App
from services.runtime.health import Health, HealthSettings, serve
from services.runtime.record import MissingTopic
from services.runtime.settings import Kafka, Log, Settings
from services.runtime.signals import Stopping, unless
from services.runtime.waiting import answered

log = structlog.get_logger(__name__)

Failpoint = Callable[[str], None]
"""Called with the name of a crack: a moment when work is done and its offset not yet committed."""


def no_failpoint(_crack: str) -> None:
    """Pass every crack; tests of crashes give another one to the app's factory."""


class WorkerSettings(Settings):
    """What both workers can be told."""

    kafka: Kafka = Kafka()
    health: HealthSettings = HealthSettings()
    log: Log = Log()
    session_timeout: float = Field(default=10.0, gt=0)
    """Seconds without a heartbeat until the group gives our partitions away."""
    drain_limit: float = Field(default=8.0, gt=0)
    """Seconds that work in flight has to settle when the worker stops."""


def faust_app(group: str, settings: WorkerSettings) -> App:
    """Make a Faust app with the settings that both workers want."""
    hosts = settings.kafka.bootstrap_servers.split(",")
    return App(
        settings.kafka.prefix + group,
        broker=[f"aiokafka://{host.strip()}" for host in hosts],
        agent_supervisor=CrashingSupervisor,  # a bug ends the process, it does not skip an event
        broker_session_timeout=settings.session_timeout,
        broker_heartbeat_interval=settings.session_timeout / 5,
        broker_commit_interval=1.0,
        consumer_auto_offset_reset="earliest",
        stream_buffer_maxsize=64,  # memory is bounded by what is in flight, not by Faust's queue
        stream_wait_empty=True,  # calls our Consumer.wait_empty when partitions go
        topic_allow_declare=False,  # `newsreel provision` owns the topics
        topic_disable_leader=True,
        web_enabled=False,  # it has no authentication; services/runtime/health.py serves instead
    )


async def run(
    settings: WorkerSettings,
    topics: Iterable[str],
    make_app: Callable[[Health], AbstractAsyncContextManager[App]],
) -> None:
    """Run an app until a signal or a crash; raises `SystemExit` with the reason of a crash.

    `make_app` is entered once the broker is there and has the topics.
    """
    log.info("Settings.", **settings.model_dump(mode="json"))
    stopping = Stopping().event
    health = Health(settings.health.stalled_after, waiting_for={"kafka"})
    async with serve(health, settings.health):
        try:
            if not await unless(stopping, require_topics(settings.kafka, topics)):
                return
        except MissingTopic as error:
            raise SystemExit(f"newsreel: {error}") from error
        async with make_app(health) as app:
            app.consumer.drain_limit = settings.drain_limit
            try:
                if await unless(stopping, app.start()):
                    health.waiting_for.discard("kafka")
                    log.info("Worker started.", group=app.conf.id)
                    await unless(stopping, app.wait())
            except KafkaError as error:
                raise SystemExit(
                    f"newsreel: Kafka went away while the worker started ({error}); start it again"
                ) from error
            finally:
                await app.stop()
    if app.crash_reason:
        raise SystemExit(f"newsreel: the worker crashed: {app.crash_reason!r}")
    log.info("Worker stopped.", group=app.conf.id)


async def require_topics(kafka: Kafka, topics: Iterable[str]) -> None:
    """Wait for the broker; raises `MissingTopic`, which names the command that creates it."""
    server = f"Kafka at {kafka.bootstrap_servers}"
    there = await answered(lambda: _topics(kafka), server, (KafkaError, OSError))
    missing = set(topics) - there
    if missing:
        raise MissingTopic(missing)


async def _topics(kafka: Kafka) -> set[str]:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap_servers)
    try:
        await admin.start()
        return set(await admin.list_topics())
    finally:
        await admin.close()
