"""Gathers what the judge needs: from Kafka, from Elasticsearch, and from the ledger's file."""

import asyncio
import json
import threading
import time
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from elasticsearch import ApiError, Elasticsearch, TransportError

from schemas.topics import (
    ENRICHED,
    ENRICHED_DEAD_LETTERS,
    ENRICHER_GROUP,
    INDEXER_GROUP,
    RAW,
    RAW_DEAD_LETTERS,
    RESOLUTIONS,
)
from tests.faults.events import Document, Entry, Letter, Published, Run, Sample
from tests.topics import read

Group = Literal["enricher", "indexer"]
GROUPS: Mapping[Group, tuple[str, str]] = {
    "enricher": (ENRICHER_GROUP, RAW.name),
    "indexer": (INDEXER_GROUP, ENRICHED.name),
}
SAMPLE_EVERY = 0.5
BEFORE = 1000
"""Added to the partitions of records whose topic was deleted: places name them no longer."""
MOST = 10_000
"""Documents that one search gives."""


@dataclass(frozen=True, slots=True)
class Lag:
    """Records of a topic that a group has not committed, and when that was asked."""

    begun: float
    records: int


@dataclass(frozen=True)
class Installation:
    """Where the evidence of one run is."""

    bootstrap: str
    url: str
    prefix: str
    """Of topics and groups; the index has it too."""
    ledger: Path

    @property
    def alias(self) -> str:
        """The read alias."""
        return f"{self.prefix}articles"

    def gather(self, samples: list[Sample]) -> Run:
        """Read everything from its beginning to its end."""
        topics = [ENRICHED, RAW_DEAD_LETTERS, ENRICHED_DEAD_LETTERS, RESOLUTIONS]
        enriched, *letters, resolutions = asyncio.run(self._topics([one.name for one in topics]))
        back = replayed(resolutions)
        raw_letters, enriched_letters = ([letter(one, back) for one in found] for found in letters)
        return Run(
            ledger=entries(self.ledger),
            published=[published(record) for record in enriched],
            raw_letters=raw_letters,
            enriched_letters=enriched_letters,
            documents=self.documents(),
            samples=samples,
        )

    def documents(self, timeout: float = 30.0) -> list[Document]:
        """Read the index itself, past the alias that hides what is withdrawn."""
        with Elasticsearch(self.url, request_timeout=timeout, max_retries=0) as client:
            client.indices.refresh(index=f"{self.alias}-*")
            fields = ["article_id", "version", "status"]
            found = client.search(index=f"{self.alias}-*", size=MOST, source_includes=fields)
        return [Document(**hit["_source"]) for hit in found["hits"]["hits"]]

    async def _topics(self, names: list[str]) -> list[list[ConsumerRecord]]:
        return [await read(self.bootstrap, self.prefix + name) for name in names]


class Observer:
    """Samples committed offsets while a run goes on; leaving it ends the sampling."""

    def __init__(self, of: Installation) -> None:
        self.samples: list[Sample] = []
        self.lag: dict[Group, Lag] = {}
        """As last seen."""
        self._of = of
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._observe()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stopped.set()
        self._thread.join()

    async def _observe(self) -> None:
        while not self._stopped.is_set():
            # Servers are away on purpose: then there is no sample.
            with suppress(KafkaError, ApiError, TransportError, OSError, TimeoutError):
                await self._sample_until_it_fails()
            await asyncio.sleep(SAMPLE_EVERY)

    async def _sample_until_it_fails(self) -> None:
        admin = AIOKafkaAdminClient(bootstrap_servers=self._of.bootstrap, request_timeout_ms=5000)
        consumer = AIOKafkaConsumer(bootstrap_servers=self._of.bootstrap, request_timeout_ms=5000)
        try:
            await admin.start()
            await consumer.start()
            while not self._stopped.is_set():
                for group in GROUPS:
                    async with asyncio.timeout(10):
                        await self._sample(group, admin, consumer)
                await asyncio.sleep(SAMPLE_EVERY)
        finally:
            with suppress(KafkaError, OSError, TimeoutError):
                await asyncio.wait_for(asyncio.gather(admin.close(), consumer.stop()), 5)

    async def _sample(
        self, group: Group, admin: AIOKafkaAdminClient, consumer: AIOKafkaConsumer
    ) -> None:
        name, topic = (self._of.prefix + part for part in GROUPS[group])
        partitions = [TopicPartition(topic, number) for number in range(RAW.partitions)]
        begun = time.monotonic()
        # The ends first: a lag of 0 then holds for all that was there.
        ends = await consumer.end_offsets(partitions)
        found = await admin.list_consumer_group_offsets(name, partitions=partitions)
        committed = {one.partition: max(0, found[one].offset) for one in partitions if one in found}
        at = round(time.time() * 1000)
        left = sum(ends[one] - committed.get(one.partition, 0) for one in partitions)
        self.lag[group] = Lag(begun, left)
        stored: dict[str, int] = {}
        if group == "indexer":
            documents = await asyncio.to_thread(self._of.documents, 3.0)
            stored = {document.article_id: document.version for document in documents}
        self.samples.append(Sample(group, at, committed, stored))


def entries(ledger: Path) -> list[Entry]:
    """Read the ledger."""
    if not ledger.exists():
        return []
    lines = map(json.loads, ledger.read_text(encoding="utf-8").splitlines())
    return [
        Entry(
            line["article_id"], line["version"], line["sha256"], (line["partition"], line["offset"])
        )
        for line in lines
    ]


def shift_partitions(ledger: Path) -> None:
    """Move all that the ledger holds to the partitions of a topic that is no more."""
    lines = [json.loads(line) for line in ledger.read_text(encoding="utf-8").splitlines()]
    moved = [{**line, "partition": line["partition"] + BEFORE} for line in lines]
    ledger.write_text("".join(json.dumps(line) + "\n" for line in moved), encoding="utf-8")


def published(record: ConsumerRecord) -> Published:
    """Read an enriched record; its key is what consumers know it by."""
    event = json.loads(record.value)
    return Published(
        article_id=record.key.decode(),
        version=event["version"],
        status=event["status"],
        ce_id=headers(record).get("ce_id", ""),
        sha256=digest(record.value),
        place=(record.partition, record.offset),
        at=record.timestamp,
    )


def replayed(resolutions: Iterable[ConsumerRecord]) -> set[str]:
    """Name the letters that `newsreel dead-letters replay` has put back."""
    told = (json.loads(record.value) for record in resolutions)
    return {one["letter"] for one in told if one["what"] == "replayed"}


def letter(record: ConsumerRecord, back: Collection[str] = ()) -> Letter:
    """Read a dead letter; `back` are the ids of those that were replayed."""
    named = headers(record)
    return Letter(
        sha256=digest(record.value),
        reason=named.get("dlq_reason", ""),
        origin=(int(named.get("dlq_partition", -1)), int(named.get("dlq_offset", -1))),
        at=record.timestamp,
        replayed=f"{record.topic}-{record.partition}-{record.offset}" in back,
    )


def headers(record: ConsumerRecord) -> dict[str, str]:
    """Read the headers; of equal names the last."""
    return {name: (value or b"").decode() for name, value in record.headers}


def digest(value: bytes | None) -> str:
    """Name a record's value; of no value by a name that no bytes have."""
    return "null" if value is None else sha256(value).hexdigest()
