"""What an operator, or an accident, does to topics."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, RecordsToDelete
from aiokafka.errors import for_code

from tests.faults.evidence import GROUPS, Group, Installation


def delete_topic(bootstrap: str, topic: str) -> None:
    """Delete a topic with all that stands on it."""

    async def delete(admin: AIOKafkaAdminClient) -> None:
        response = await admin.delete_topics([topic])
        for _, code in response.topic_error_codes:
            if code:
                raise for_code(code)(topic)

    asyncio.run(_with_admin(bootstrap, delete))


def delete_records(bootstrap: str, topic: str, before: Mapping[int, int]) -> None:
    """Delete the records before an offset, by partition, as retention does."""

    async def delete(admin: AIOKafkaAdminClient) -> None:
        wanted = {
            TopicPartition(topic, number): RecordsToDelete(before_offset=offset)
            for number, offset in before.items()
        }
        await admin.delete_records(wanted)

    asyncio.run(_with_admin(bootstrap, delete))


def committed(of: Installation, group: Group) -> dict[int, int]:
    """Read the offsets that a group has committed, by partition; those it has none of left out."""

    async def ask(admin: AIOKafkaAdminClient) -> dict[int, int]:
        name, topic = (of.prefix + part for part in GROUPS[group])
        found = await admin.list_consumer_group_offsets(name)
        return {
            one.partition: at.offset
            for one, at in found.items()
            if one.topic == topic and at.offset >= 0
        }

    answer: dict[int, int] = asyncio.run(_with_admin(of.bootstrap, ask))
    return answer


def ends(bootstrap: str, topic: str, partitions: int) -> dict[int, int]:
    """Read where each partition of a topic ends."""

    async def ask() -> dict[int, int]:
        consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap)
        await consumer.start()
        try:
            wanted = [TopicPartition(topic, number) for number in range(partitions)]
            found = await consumer.end_offsets(wanted)
            return {one.partition: offset for one, offset in found.items()}
        finally:
            await consumer.stop()

    return asyncio.run(ask())


async def _with_admin(bootstrap: str, work: Callable[[AIOKafkaAdminClient], Awaitable[Any]]) -> Any:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        return await work(admin)
    finally:
        await admin.close()
