"""What a run has left: on Kafka, in Elasticsearch, and in the ledger's file."""

import asyncio
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from aiokafka import ConsumerRecord
from elasticsearch import Elasticsearch

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
BEFORE = 1000
"""Added to the partitions of records whose topic was deleted: places name them no longer."""
MOST = 10_000
"""Documents that one search gives."""


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
