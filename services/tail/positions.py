"""Where a consumer whose group commits nothing starts, and goes on after a rebalance."""

from collections.abc import Iterable
from datetime import datetime

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition


class Positions(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka is untyped
    """Goes back to where it was, not to where the consumer was told to start.

    With `keep` false the group's committed offsets decide, as they do by default. A partition that
    was not read yet starts at what was sent `since` then.
    """

    def __init__(
        self, consumer: AIOKafkaConsumer, *, keep: bool, since: datetime | None = None
    ) -> None:
        self._consumer = consumer
        self._keep = keep
        self._since = since
        self._positions: dict[TopicPartition, int] = {}

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """Remember how far each partition was read."""
        if self._keep:
            for partition in revoked:
                self._positions[partition] = await self._consumer.position(partition)

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        """Go on from there."""
        assigned = list(assigned)
        if self._keep and self._since:
            fresh = [partition for partition in assigned if partition not in self._positions]
            self._positions |= await self._first(fresh, self._since)
        for partition in assigned:
            if partition in self._positions:
                self._consumer.seek(partition, self._positions[partition])

    async def _first(
        self, partitions: list[TopicPartition], since: datetime
    ) -> dict[TopicPartition, int]:
        """Find the first offset of each that was sent since then; its end if there is none yet."""
        ends = await self._consumer.end_offsets(partitions)  # first: what comes now is behind it
        times = {partition: max(0, int(since.timestamp() * 1000)) for partition in partitions}
        found = await self._consumer.offsets_for_times(times)
        return {
            partition: at.offset if (at := found.get(partition)) else ends[partition]
            for partition in partitions
        }
