"""All topics, with the settings they are created with."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Topic:
    """A Kafka topic. Names use hyphens only: Kafka's metrics don't tell `.` from `_`."""

    name: str
    partitions: int
    max_message_bytes: int
    cleanup: Literal["delete", "compact"] = "delete"
    retention: timedelta | None = None
    """None keeps records for ever."""

    def prefixed(self, prefix: str) -> "Topic":
        """Return the same topic under a name of its own, for several installations on a cluster."""
        return replace(self, name=prefix + self.name)

    @property
    def config(self) -> dict[str, str]:
        """The topic-level settings as Kafka names them.

        Records may come compressed, but the broker keeps them plain. So its limit holds for what a
        consumer unpacks, where 1 MB of gzip could be 1 GB, and no consumer lacks the codec.
        """
        retention = -1 if self.retention is None else int(self.retention.total_seconds() * 1000)
        config = {
            "cleanup.policy": self.cleanup,
            "compression.type": "uncompressed",
            "max.message.bytes": str(self.max_message_bytes),
        }
        return config if self.cleanup == "compact" else config | {"retention.ms": str(retention)}


RAW = Topic("news-raw", 6, 1 * MB, retention=timedelta(days=7))
ENRICHED = Topic("news-enriched", 6, 8 * MB, retention=timedelta(days=30))
RAW_DEAD_LETTERS = Topic("news-raw-dlq", 1, 10 * MB)
ENRICHED_DEAD_LETTERS = Topic("news-enriched-dlq", 1, 10 * MB)
RESOLUTIONS = Topic("news-dlq-resolutions", 1, 1 * MB, cleanup="compact")
BRAKES = Topic("news-brakes", 1, 1 * MB, cleanup="compact")

TOPICS = (RAW, ENRICHED, RAW_DEAD_LETTERS, ENRICHED_DEAD_LETTERS, RESOLUTIONS, BRAKES)

ENRICHER_GROUP = "newsreel-enricher"
INDEXER_GROUP = "newsreel-indexer"
