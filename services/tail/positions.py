"""Where a consumer goes on after a rebalance when its group commits nothing."""

from collections.abc import Iterable

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition


class Positions(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka is untyped
    """Goes back to where it was, not to where the consumer was told to start.

    With `keep` false the group's committed offsets decide, as they do by default.
    """

    def __init__(self, consumer: AIOKafkaConsumer, *, keep: bool) -> None:
        self._consumer = consumer
        self._keep = keep
        self._positions: dict[TopicPartition, int] = {}

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """Remember how far each partition was read."""
        if self._keep:
            for partition in revoked:
                self._positions[partition] = await self._consumer.position(partition)

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        """Go on from there."""
        for partition in assigned:
            if partition in self._positions:
                self._consumer.seek(partition, self._positions[partition])
