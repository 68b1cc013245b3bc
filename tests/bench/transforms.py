"""The same work done three ways: each raw record goes on unchanged to the enriched topic.

`python -m tests.bench.transforms newsreel|faust|aiokafka BOOTSTRAP PREFIX` runs until it is ended.
What differs is what is known of a record before its offset is committed: with us that it and all
before it are acknowledged; with Faust's guide nothing; with aiokafka that its own batch is.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import faust
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from faust.types import StreamT

from schemas.topics import ENRICHED, ENRICHER_GROUP, RAW, RAW_DEAD_LETTERS
from services.enricher.app import create_app
from services.enricher.command import TOPICS
from services.enricher.pipeline import Enriched
from services.enricher.settings import EnricherSettings
from services.runtime.consumer import App
from services.runtime.health import Health, HealthSettings
from services.runtime.lane import Delivery
from services.runtime.outlets import settler
from services.runtime.settings import Kafka
from services.runtime.settling import no_failpoint
from services.runtime.worker import run

AT_ONCE = 500


def newsreel(bootstrap: str, prefix: str) -> None:
    """Run our worker, with all of its discipline and no enrichment."""
    settings = EnricherSettings(
        kafka=Kafka(bootstrap_servers=bootstrap, prefix=prefix),
        health=HealthSettings(port=0),
        in_flight=AT_ONCE,
    )

    async def copy(delivery: Delivery) -> Enriched:
        return Enriched(delivery.key or b"", delivery.value or b"", delivery.headers)

    @asynccontextmanager
    async def app(health: Health) -> AsyncIterator[App]:
        outlets = (ENRICHED, RAW_DEAD_LETTERS)
        async with settler(settings, "enricher", outlets, health, no_failpoint) as settle:
            yield create_app(settings, copy, settle)

    asyncio.run(run(settings, TOPICS, app))


def plain_faust(bootstrap: str, prefix: str) -> None:
    """Run an agent as Faust's guide writes it."""
    app = faust.App(
        prefix + ENRICHER_GROUP,
        broker=f"kafka://{bootstrap}",
        web_enabled=False,
        topic_disable_leader=True,
        broker_commit_interval=1.0,
        consumer_auto_offset_reset="earliest",
    )
    raw = app.topic(prefix + RAW.name, value_type=bytes, value_serializer="raw")
    enriched = app.topic(prefix + ENRICHED.name, value_type=bytes, value_serializer="raw")

    @app.agent(raw)
    async def enrich(stream: StreamT[bytes]) -> None:
        async for event in stream.events():
            await enriched.send(key=event.message.key, value=event.message.value)

    faust.Worker(app, loglevel="WARN").execute_from_commandline()


def plain_aiokafka(bootstrap: str, prefix: str) -> None:
    """Run a loop that awaits a batch's acknowledgements, then commits it."""

    async def loop() -> None:
        consumer = AIOKafkaConsumer(
            prefix + RAW.name,
            bootstrap_servers=bootstrap,
            group_id=prefix + ENRICHER_GROUP,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
        )
        producer = AIOKafkaProducer(
            bootstrap_servers=bootstrap, acks="all", enable_idempotence=True, linger_ms=5
        )
        async with consumer, producer:
            while True:
                found = await consumer.getmany(timeout_ms=500, max_records=AT_ONCE)
                records = [record for batch in found.values() for record in batch]
                topic = prefix + ENRICHED.name
                sent = [await producer.send(topic, one.value, one.key) for one in records]
                await asyncio.gather(*sent)
                if records:
                    await consumer.commit()

    asyncio.run(loop())


WAYS = {"newsreel": newsreel, "faust": plain_faust, "aiokafka": plain_aiokafka}

if __name__ == "__main__":
    way, *where = sys.argv[1:]
    del sys.argv[1:]  # Faust reads the command line too
    WAYS[way](*where)
