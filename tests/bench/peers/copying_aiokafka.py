"""Kafka to Kafka with aiokafka alone: batches, all acknowledged before the commit.

`python -m tests.bench.peers.copying_aiokafka BOOTSTRAP SOURCE TARGET GROUP`
"""

import asyncio
import sys

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from tests.bench.peers.checking import require_article
from tests.bench.stalls import watched

AT_ONCE = 500


async def main(bootstrap: str, source: str, target: str, group: str) -> None:
    """Run until it is ended."""
    consumer = AIOKafkaConsumer(
        source,
        bootstrap_servers=bootstrap,
        group_id=group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    producer = AIOKafkaProducer(
        bootstrap_servers=bootstrap, acks="all", enable_idempotence=True, linger_ms=5
    )
    async with watched(), consumer, producer:
        while True:
            found = await consumer.getmany(timeout_ms=500, max_records=AT_ONCE)
            records = [record for batch in found.values() for record in batch]
            sent = []
            for one in records:
                require_article(one.key, one.value)
                sent.append(
                    await producer.send(target, one.value, one.key, headers=list(one.headers))
                )
            await asyncio.gather(*sent)
            if records:
                await consumer.commit()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
