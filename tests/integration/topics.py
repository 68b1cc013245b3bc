"""Topics that a test needs, created on a real Kafka."""

from collections.abc import Iterable

from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from schemas.topics import Topic


async def create(kafka: str, topics: Iterable[Topic], partitions: int) -> None:
    """Create them, all with so many partitions."""
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        await admin.create_topics(
            [NewTopic(topic.name, partitions, 1, topic_configs=topic.config) for topic in topics]
        )
    finally:
        await admin.close()
