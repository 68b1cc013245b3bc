"""Record headers: CloudEvents 1.0 in Kafka binary mode, and what a dead letter adds.

Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from schemas.identity import event_id
from schemas.raw_article import Article

Headers = tuple[tuple[str, bytes | None], ...]
"""Kafka allows a header without a value."""
Stage = Literal["raw", "enriched"]

PASSED_THROUGH = ("traceparent", "tracestate")
MAX_ERROR_MESSAGE_BYTES = 4096


def event_headers(
    article: Article,
    stage: Stage,
    time: datetime,
    upstream: Iterable[tuple[str, bytes | None]] = (),
) -> Headers:
    """Describe an article's event; trace headers of `upstream` are passed through."""
    ce_id = event_id(article.article_id, article.version, article.content_sha256, stage)
    attributes = {
        "ce_specversion": "1.0",
        "ce_id": str(ce_id),
        "ce_source": f"/newsreel/{'producer' if stage == 'raw' else 'enricher'}",
        "ce_type": f"newsreel.article.{stage}.v{article.schema_version}",
        "ce_time": time.isoformat(),
        "ce_dataschema": f"urn:newsreel:{stage}_article:v{article.schema_version}",
        "content-type": "application/json",
    }
    trace = ((name, value) for name, value in upstream if name in PASSED_THROUGH)
    return (*((name, value.encode()) for name, value in attributes.items()), *trace)


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why an event can never be processed as it is."""

    reason: str
    """A short stable code, one of schemas/reasons.py."""
    error_class: str
    error_message: str


class Origin(NamedTuple):
    """Where a record stood: its coordinates and its broker timestamp in milliseconds."""

    topic: str
    partition: int
    offset: int
    timestamp: int


def dead_letter_headers(
    original: Iterable[tuple[str, bytes | None]], stage: str, why: Rejection, origin: Origin
) -> Headers:
    """Keep the original's headers and add why it was refused and where it stood.

    `dlq_tries` counts the deliveries of the same bytes: a replayed letter carries the count of
    the letter it came from.
    """
    original = tuple(original)
    kept = tuple((name, value) for name, value in original if not name.startswith("dlq_"))
    tries = next((_count(value) for name, value in original if name == "dlq_tries"), 0) + 1
    added = {
        "dlq_stage": stage,
        "dlq_reason": why.reason,
        "dlq_error_class": why.error_class,
        "dlq_error_message": _cut(why.error_message, MAX_ERROR_MESSAGE_BYTES),
        "dlq_topic": origin.topic,
        "dlq_partition": str(origin.partition),
        "dlq_offset": str(origin.offset),
        "dlq_timestamp": str(origin.timestamp),
        "dlq_tries": str(tries),
    }
    return (*kept, *((name, value.encode()) for name, value in added.items()))


def _cut(text: str, size: int) -> str:
    """Cut to at most `size` bytes of UTF-8, never inside a character."""
    return text.encode(errors="replace")[:size].decode(errors="ignore")


def _count(value: bytes | None) -> int:
    """Read a count that anybody may have written, null too; what is none counts as 0."""
    return int(value) if value and value.isdigit() and len(value) < 9 else 0
