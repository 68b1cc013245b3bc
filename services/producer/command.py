"""The producer's process entry: `newsreel replay`."""

import asyncio
import logging
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import structlog
from aiokafka.errors import KafkaError
from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import CliPositionalArg

from schemas.raw_article import Version
from schemas.topics import RAW
from services.producer.ledger import Ledger, entry
from services.producer.pace import Pace, as_recorded, at_rate, unpaced
from services.producer.plan import EqualItems, Plan
from services.producer.progress import progress_bar
from services.producer.sending import Job, Sending, Tally
from services.producer.sources import Found, Refusal, files
from services.runtime.kafka import Refused
from services.runtime.logs import configure
from services.runtime.publisher import Publisher
from services.runtime.record import Delivered, MissingTopic
from services.runtime.settings import Kafka, Log, Settings
from services.runtime.signals import Stopping, unless

log = structlog.get_logger(__name__)


class Replay(Settings):
    """Replay articles onto the raw topic; ends when the broker has acknowledged each."""

    paths: CliPositionalArg[list[str]]
    """Text (.txt), HTML (.html, .htm) and JSON lines (.jsonl), folders of them, - for stdin."""
    rate: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    """Articles per second."""
    speed: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    """Keep the gaps between publication dates, divided by this."""
    loop: int = Field(default=1, ge=1)
    """Rounds; from the second on, each article is sent under an item of its own."""
    ledger: Path | None = None
    """Append a line for each acknowledged article to this file, fsynced."""
    article_version: Version = 1
    """The version of articles that don't bring their own; a correction raises it."""
    source: str | None = Field(default=None, min_length=1)
    """The source's name; by default the host of the article's URL, else files."""
    max_bytes: int = Field(default=900_000, ge=1)
    """Refuse an article whose event is larger."""
    progress: bool | None = None
    """Show a progress bar; by default when stderr is a terminal."""
    drain_limit: float = Field(default=10.0, gt=0)
    """Seconds to wait for acknowledgements after SIGINT or SIGTERM."""
    kafka: Kafka = Kafka()
    log: Log = Log()

    @field_validator("speed")
    @classmethod
    def _one_pace(cls, speed: float | None, info: ValidationInfo) -> float | None:
        if speed is not None and info.data.get("rate") is not None:
            raise ValueError("give --rate or --speed, not both")
        return speed

    @property
    def pace(self) -> Pace:
        """When to send."""
        if self.rate is not None:
            return at_rate(self.rate)
        return unpaced() if self.speed is None else as_recorded(self.speed)

    def cli_cmd(self) -> None:
        """Send all; exit 1 if an article was left out, 128 + N after signal N."""
        configure(self.log)
        # The publisher says once a minute what aiokafka says several times a second.
        logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
        with tempfile.TemporaryDirectory(prefix="newsreel-") as scratch:
            plan = Plan(
                tuple(self._files(Path(scratch))),
                self.kafka.prefix + RAW.name,
                self.max_bytes,
                self.loop,
                self.source,
                self.article_version,
            )
            try:
                code = asyncio.run(self._run(plan, plan.check(datetime.now(UTC))))
            except (EqualItems, MissingTopic, Refused, KafkaError, OSError) as error:
                raise SystemExit(f"newsreel replay: {error}") from error
        raise SystemExit(code)

    def _files(self, scratch: Path) -> Iterator[Found | Refusal]:
        for path in self.paths:
            if path == "-":
                # The check for equal items reads it once, the run a second time.
                with (scratch / "stdin.jsonl").open("wb") as spool:
                    shutil.copyfileobj(sys.stdin.buffer, spool)
                yield Found(scratch / "stdin.jsonl", "stdin", "line", "stdin")
            else:
                yield from files([path])

    async def _run(self, plan: Plan, total: int) -> int:
        if not total and not any(isinstance(found, Refusal) for found in plan.found):
            raise SystemExit(f"newsreel replay: no articles in {', '.join(self.paths)}")
        start = time.monotonic()
        stopping = Stopping()
        shown = sys.stderr.isatty() if self.progress is None else self.progress
        with progress_bar(total, shown=shown) as advance:
            tally = await self._send(plan, advance, stopping.event)
        log.info("Replay ended.", **asdict(tally), seconds=round(time.monotonic() - start, 1))
        return stopping.exit_code or int(not tally.complete)

    async def _send(
        self, plan: Plan, advance: Callable[[], None], stopping: asyncio.Event
    ) -> Tally:
        async with AsyncExitStack() as stack:
            ledger = await stack.enter_async_context(Ledger(self.ledger)) if self.ledger else None
            topic = RAW.prefixed(self.kafka.prefix)
            publisher = Publisher(self.kafka, [topic])
            if not await unless(stopping, stack.enter_async_context(publisher)):
                return Tally()

            def acknowledged(job: Job, delivered: Delivered) -> None:
                if ledger:
                    ledger.add(entry(job.raw, job.record.value or b"", delivered))
                advance()

            def refused(refusal: Refusal) -> None:
                log.error("Article left out.", article=refusal.origin, reason=refusal.reason)
                advance()

            sending = Sending(publisher.send, acknowledged, refused, self.drain_limit)
            return await sending.run(plan.jobs(lambda: datetime.now(UTC)), self.pace, stopping)
