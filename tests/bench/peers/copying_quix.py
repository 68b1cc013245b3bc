"""Kafka to Kafka with Quix Streams.

`python -m tests.bench.peers.copying_quix BOOTSTRAP SOURCE TARGET GROUP`
"""

import sys
from typing import Any

from quixstreams import Application

from tests.bench.peers.checking import require_article


def main(bootstrap: str, source: str, target: str, group: str) -> None:
    """Run until it is ended."""
    app = Application(
        broker_address=bootstrap,
        consumer_group=group,
        auto_offset_reset="earliest",
        auto_create_topics=False,
        commit_interval=1.0,  # as ours
        producer_extra_config={"acks": "all", "enable.idempotence": True, "linger.ms": 5},
        loglevel="WARNING",
    )
    raw = app.topic(source, key_deserializer="bytes", value_deserializer="bytes")
    enriched = app.topic(target, key_serializer="bytes", value_serializer="bytes")
    app.dataframe(raw).apply(checked, metadata=True).to_topic(enriched)
    app.run()


def checked(value: bytes, key: bytes, _timestamp: int, _headers: Any) -> bytes:
    """Let through what is an article."""
    require_article(key, value)
    return value


if __name__ == "__main__":
    main(*sys.argv[1:])
