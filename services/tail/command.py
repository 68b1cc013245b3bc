"""The process entry of `newsreel tail`, and an example of a consumer of the enriched topic."""

import asyncio
import logging
import os
import sys
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import uuid4

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord
from aiokafka.errors import KafkaError
from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import NoDecode, SettingsConfigDict

from schemas.enriched_article import EnrichedArticle, NumberKind
from schemas.headers import Rejection
from schemas.reading import read
from schemas.topics import ENRICHED
from services.runtime.fetching import resting
from services.runtime.kafka import Refused, options, started
from services.runtime.logs import configure
from services.runtime.options import Names, split
from services.runtime.record import MissingTopic
from services.runtime.settings import Kafka, Log, Settings
from services.runtime.signals import Stopping, unless
from services.runtime.terminal import harmless
from services.runtime.waiting import answered
from services.tail.filters import Filter, moment
from services.tail.lines import human
from services.tail.positions import Positions

log = structlog.get_logger(__name__)

ONE_DAY = 24 * 60 * 60 * 1000
"""Milliseconds a pager may keep us from polling before we leave our group."""


def _time(value: str) -> str:
    if value:
        moment(value, datetime.now(UTC))
    return value


Kinds = Annotated[list[NumberKind], NoDecode, BeforeValidator(split)]
Since = Annotated[str, AfterValidator(_time)]


class Tail(Settings):
    """Follow the enriched topic: one line per article, until Ctrl-C.

    An article must have all that is asked for. Options that name something can be given several
    times; a name is meant in any case, in full or as the article has it.
    """

    model_config = SettingsConfigDict(cli_shortcuts={"read-from": "from", "as-json": "json"})

    person: Names = Field(default=[])
    organization: Names = Field(default=[])
    place: Names = Field(default=[])
    kind: Kinds = Field(default=[])
    """The article has a number of this kind, such as money."""
    since: Since = ""
    """Start at what was enriched since then: 15m, 2h, 3d ago, or 2026-11-23, 2026-11-23T18:00."""
    read_from: Literal["beginning", "end"] = "end"
    """Where to start; a group goes on where it stopped."""
    from_beginning: bool = False
    """The same as --from beginning."""
    group: str | None = Field(default=None, min_length=1)
    """The consumer group, which remembers what was printed; by default a new one that does not."""
    as_json: bool = False
    """Print the events as JSON lines."""
    max: int | None = Field(default=None, ge=1)
    """End after this many articles."""
    kafka: Kafka = Kafka()
    log: Log = Log()

    def cli_cmd(self) -> None:
        """Print until a signal, a closed pipe or `max`."""
        configure(self.log)
        logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
        try:
            asyncio.run(self._run())
        except BrokenPipeError:
            # Python flushes stdout once more at exit; there is nobody left to read it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except (KafkaError, MissingTopic, Refused) as error:
            raise SystemExit(f"newsreel tail: {error}") from error

    async def _run(self) -> None:
        stopping = Stopping()
        await unless(stopping.event, self._follow())

    async def _follow(self) -> None:
        consumer = await self._connect()
        try:
            wanted = self.wanted(datetime.now(UTC))
            positions = Positions(consumer, keep=not self.group, since=wanted.since)
            consumer.subscribe([self._topic], listener=positions)
            printed = 0
            while self.max is None or printed < self.max:
                left = None if self.max is None else self.max - printed
                batches = await consumer.getmany(timeout_ms=1000, max_records=left)
                records = [record for batch in batches.values() for record in batch]
                # A pager that is not read blocks us here; heartbeats go on.
                printed += await asyncio.to_thread(self._print, records, wanted)
                if self.group and records:
                    await _commit(consumer)
        finally:
            await consumer.stop()

    def wanted(self, now: datetime) -> Filter:
        """Gather what an article must have."""
        return Filter(
            people=tuple(self.person),
            organizations=tuple(self.organization),
            places=tuple(self.place),
            kinds=tuple(self.kind),
            since=moment(self.since, now) if self.since else None,
        )

    async def _connect(self) -> AIOKafkaConsumer:
        server = f"Kafka at {self.kafka.bootstrap_servers}"
        return await answered(self._consumer, server, (KafkaError,), ceiling=5.0)

    async def _consumer(self) -> AIOKafkaConsumer:
        """Start a consumer; raises `KafkaError`, and `MissingTopic` when there is nothing to read.

        It is subscribed later: its listener has to know it.
        """
        consumer = AIOKafkaConsumer(
            **options(self.kafka),
            group_id=self.kafka.prefix + (self.group or f"newsreel-tail-{uuid4().hex[:12]}"),
            enable_auto_commit=False,
            auto_offset_reset="earliest" if self._from_the_beginning else "latest",
            max_poll_interval_ms=ONE_DAY,
        )
        try:
            await started(resting(consumer), self.kafka)
            topics = await consumer.topics()
        except BaseException:
            await consumer.stop()
            raise
        if self._topic in topics:
            return consumer
        await consumer.stop()
        raise MissingTopic([self._topic])

    @property
    def _from_the_beginning(self) -> bool:
        return self.from_beginning or self.read_from == "beginning" or bool(self.since)

    @property
    def _topic(self) -> str:
        return self.kafka.prefix + ENRICHED.name

    def _print(self, records: list[ConsumerRecord], wanted: Filter) -> int:
        """Print what is wanted, tell of what can't be read; return how many were printed."""
        printed = 0
        for record in records:
            article = read(EnrichedArticle, record.key, record.value)
            if isinstance(article, Rejection):
                where = f"{record.topic}-{record.partition}-{record.offset}"
                log.error("Event left out.", event_id=where, reason=article.reason)
                continue
            if not wanted.passes(article):
                continue
            print(
                harmless(article.to_json().decode()) if self.as_json else human(article, self.kind)
            )
            printed += 1
        sys.stdout.flush()
        return printed


async def _commit(consumer: AIOKafkaConsumer) -> None:
    try:
        await consumer.commit()
    except KafkaError as error:
        log.warning("Not committed; the articles may come again.", error=repr(error))
