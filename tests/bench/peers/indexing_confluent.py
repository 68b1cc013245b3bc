"""Kafka to Elasticsearch with confluent-kafka, tuned: NDJSON by hand, two requests under way.

`python -m tests.bench.peers.indexing_confluent BOOTSTRAP SOURCE GROUP URL INDEX [ready]`; with
`ready` the records are finished documents, which it neither checks nor builds.
"""

import sys
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor

from confluent_kafka import Consumer, Message, TopicPartition

from tests.bench.peers.bulk import DOCUMENTS, PARALLEL, Bulk, action, built


def main(bootstrap: str, source: str, group: str, bulk: Bulk, *, ready: bool) -> None:
    """Run until it is ended."""
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": group,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "fetch.min.bytes": 100_000,
            "fetch.wait.max.ms": 50,
        }
    )
    consumer.subscribe([source])
    under_way: deque[tuple[Future[None], list[TopicPartition]]] = deque()
    with ThreadPoolExecutor(PARALLEL) as threads:
        while True:
            if batch := consumer.consume(DOCUMENTS, timeout=0.5):
                lines = b"".join(document(one, ready=ready) for one in batch)
                under_way.append((threads.submit(bulk.send, lines), ends(batch)))
            if len(under_way) == PARALLEL or (under_way and not batch):
                first, offsets = under_way.popleft()
                first.result()
                consumer.commit(offsets=offsets, asynchronous=True)


def document(message: Message, *, ready: bool) -> bytes:
    """Make the two lines of a document."""
    if error := message.error():
        raise RuntimeError(error)
    key, value = message.key(), message.value()
    return action(key) + (value if ready else built(key, value)) + b"\n"


def ends(batch: list[Message]) -> list[TopicPartition]:
    """Say what to commit when a batch is indexed."""
    last = {(one.topic(), one.partition()): one.offset() + 1 for one in batch}
    return [TopicPartition(*where, offset) for where, offset in last.items()]


if __name__ == "__main__":
    bootstrap, source, group, url, index, *ready = sys.argv[1:]
    main(bootstrap, source, group, Bulk(url, index), ready=bool(ready))
