"""Kafka to Kafka with confluent-kafka, tuned: batches, all acknowledged before the commit.

`python -m tests.bench.peers.copying_confluent BOOTSTRAP SOURCE TARGET GROUP`
"""

import sys

from confluent_kafka import Consumer, KafkaError, Message, Producer

from tests.bench.peers.checking import require_article

AT_ONCE = 2_000


def main(bootstrap: str, source: str, target: str, group: str) -> None:
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
    producer = Producer(
        {
            "bootstrap.servers": bootstrap,
            "acks": "all",
            "enable.idempotence": True,
            "linger.ms": 5,
            "batch.size": 500_000,
            "partitioner": "murmur2_random",
        }
    )
    consumer.subscribe([source])
    while True:
        if batch := consumer.consume(AT_ONCE, timeout=0.1):
            copy(batch, producer, target)
            consumer.commit(asynchronous=True)


def copy(batch: list[Message], producer: Producer, target: str) -> None:
    """Send on what is an article, and wait for all acknowledgements."""
    for message in batch:
        require_article(message.key(), message.value())
        producer.produce(
            target, message.value(), message.key(), headers=message.headers(), on_delivery=require
        )
    producer.flush()


def require(error: KafkaError | None, _message: Message) -> None:
    """Raise what kept a record from the broker."""
    if error:
        raise RuntimeError(error)


if __name__ == "__main__":
    main(*sys.argv[1:])
