"""What stands on a topic, for a test to look at."""

from aiokafka import AIOKafkaConsumer, ConsumerRecord


async def read(bootstrap: str, topic: str) -> list[ConsumerRecord]:
    """Read a topic from its beginning to its end, outside any consumer group."""
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=bootstrap, auto_offset_reset="earliest", enable_auto_commit=False
    )
    await consumer.start()
    try:
        ends = await consumer.end_offsets(consumer.assignment())
        assert ends, f"no topic {topic}"
        found: list[ConsumerRecord] = []
        while any([await consumer.position(one) < end for one, end in ends.items()]):
            for records in (await consumer.getmany(timeout_ms=500)).values():
                found += records
        return found
    finally:
        await consumer.stop()
