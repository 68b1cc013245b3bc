"""What flows through a run: articles by the producer, and records that no producer would send."""

import asyncio
import json
import os
import random
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from schemas.topics import RAW
from services.demo import stack
from services.runtime.publisher import Publisher
from services.runtime.record import Delivered, Record
from services.runtime.settings import Kafka
from tests.faults.articles import Article, raw_record, short_articles, version
from tests.faults.evidence import Installation, digest

PRODUCED_WITHIN = 180.0
"""Seconds, on top of what the rate takes."""


@dataclass
class Source:
    """Sends to the raw topic; what the broker has acknowledged is in the ledger."""

    environment: Mapping[str, str]
    """Of the commands."""
    installation: Installation
    folder: Path
    random: random.Random
    articles: int
    rate: float
    """Articles a second that `replaying` sends."""
    troubles: list[str] = field(default_factory=list, kw_only=True)

    @property
    def raw(self) -> str:
        """The raw topic's name."""
        return self.installation.prefix + RAW.name

    def expect(self, what: str, holds: object) -> None:
        """Note as trouble what does not hold."""
        if not holds:
            self.troubles.append(f"not so: {what}")

    @contextmanager
    def replaying(self, count: int | None = None) -> Iterator[None]:
        """Replay articles through the producer meanwhile; leaving waits for its end."""
        file = self.folder / f"articles-{uuid4().hex[:6]}.jsonl"
        wanted = count or self.articles
        chosen = self.random.sample(short_articles(), wanted)
        file.write_text("".join(json.dumps(one) + "\n" for one in chosen), encoding="utf-8")
        words = self._replay(file, "--rate", str(self.rate))
        with (
            (self.folder / "replay.log").open("ab") as log,
            subprocess.Popen(
                stack.newsreel(*words),
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=subprocess.STDOUT,
            ) as producer,
        ):
            try:
                yield
                ended = producer.wait(PRODUCED_WITHIN + wanted / self.rate)
                self.expect("the producer ends with 0", ended == 0)
            finally:
                producer.kill()

    def replay(self, file: Path) -> "subprocess.CompletedProcess[str]":
        """Replay a file to its end."""
        return self.newsreel(*self._replay(file))

    def newsreel(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        return subprocess.run(
            stack.newsreel(*words),
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            timeout=PRODUCED_WITHIN,
            check=False,
        )

    def record(self, one: Article) -> Record:
        """Make an article's record."""
        return raw_record(one, self.raw, RAW.max_message_bytes)

    def send(self, articles: Sequence[Article]) -> None:
        """Send articles one after the other, equal ones too."""
        self.send_records([(self.record(one), version(one)) for one in articles])

    def send_bytes(self, records: Sequence[tuple[bytes | None, bytes | None]]) -> None:
        """Send keys and values as they are."""
        self.send_records([(Record(self.raw, key, value), 0) for key, value in records])

    def send_records(self, records: Sequence[tuple[Record, int]]) -> None:
        """Send records with the versions they hold; each is acknowledged, then in the ledger."""
        asyncio.run(self._send(records))

    async def _send(self, records: Sequence[tuple[Record, int]]) -> None:
        topic = RAW.prefixed(self.installation.prefix)
        kafka = Kafka(bootstrap_servers=self.installation.bootstrap)
        async with Publisher(kafka, [topic]) as publisher:
            for sent, version in records:
                self._enter(sent, version, await publisher.send(sent))

    def _enter(self, sent: Record, version: int, delivered: Delivered) -> None:
        nameless = f"no key, {delivered.partition}-{delivered.offset}"
        entry = {
            "article_id": nameless if sent.key is None else sent.key.decode(errors="replace"),
            "version": version,
            "sha256": digest(sent.value),
            "topic": delivered.topic,
            "partition": delivered.partition,
            "offset": delivered.offset,
        }
        with self.installation.ledger.open("a", encoding="utf-8") as ledger:
            ledger.write(json.dumps(entry) + "\n")

    def _replay(self, file: Path, *options: str) -> list[str]:
        words = ["replay", str(file), "--no-progress"]
        return [*words, "--ledger", str(self.installation.ledger), *options]
