"""How far behind a worker is: what its group has committed, and what its topic holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic_core import to_json

from services.indexer.documents import Document, Write

WEEK = 7 * 86_400
"""Seconds that a sample is kept."""


@dataclass(frozen=True, slots=True)
class Span:
    """Offsets of one partition: the first and the end of what it holds, and the group's own."""

    first: int
    end: int
    committed: int | None
    """None for a group that has committed nothing: it will read from the first."""

    @property
    def lag(self) -> int:
        """Count the events that the group has not settled and can still read."""
        return max(0, self.end - max(self.first, self.committed or 0))


def sample(group: str, topic: str, spans: Mapping[int, Span], at: datetime) -> Document:
    """Describe one group at one moment: one document, so that Kibana needs to add up nothing."""
    worst = max(spans, key=lambda partition: spans[partition].lag)
    return {
        "@timestamp": at.astimezone(UTC).isoformat(),
        "group": group,
        "topic": topic,
        "lag": sum(span.lag for span in spans.values()),
        "partitions": len(spans),
        "worst_partition": worst,
        "worst_lag": spans[worst].lag,
    }


def write(document: Document, at: datetime, every: float, alias: str) -> Write:
    """Address a sample, over the one that was taken a week earlier.

    So the index is bounded without anybody who deletes, and a sample that is sent twice is one.
    """
    moment = int(at.timestamp() % WEEK // every)
    identity = f"{document['group']}-{document['topic']}-{moment}"
    address = {"_index": alias, "_id": identity, "require_alias": True}
    return Write(identity, 1, to_json({"index": address}) + b"\n" + to_json(document) + b"\n")
