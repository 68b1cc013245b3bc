"""A record on its way to a topic, where it arrived, and why it may not."""

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.headers import Headers

# Source: https://kafka.apache.org/documentation/#recordbatch (header, a record's fixed fields at
# their widest, and its count of headers).
_BATCH_OVERHEAD = 61 + 21 + 5
_MAX_VARINT = 5


@dataclass(frozen=True, slots=True)
class Record:
    """What goes onto a topic. No key: any partition; no value: a tombstone."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Headers = ()

    @property
    def size(self) -> int:
        """Bytes it takes in a batch of its own, at most: what a topic's limit is compared with."""
        parts = [self.key, self.value]
        for name, value in self.headers:
            parts += [name.encode(), value]
        return _BATCH_OVERHEAD + sum(_MAX_VARINT + len(part or b"") for part in parts)


@dataclass(frozen=True, slots=True)
class Delivered:
    """Where the broker put a record."""

    topic: str
    partition: int
    offset: int


class MissingTopic(Exception):  # noqa: N818 - a state of the cluster, named like one
    """A topic that nobody created, that was deleted, or that our user may not even see."""

    def __init__(self, topics: Iterable[str]) -> None:
        super().__init__(
            f"Kafka shows us no topic {', '.join(sorted(topics))}; create it: newsreel provision; "
            "where rights are given, grant it: deploy/kafka/grant"
        )


class TooLarge(ValueError):  # noqa: N818 - a property of the record, named like one
    """A record its topic can't take."""

    def __init__(self, record: Record, limit: int) -> None:
        super().__init__(
            f"a record of {record.size:,} bytes is larger than the {limit:,} that "
            f"{record.topic} allows"
        )
        self.size = record.size
        self.limit = limit
