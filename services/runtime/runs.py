"""Runs of records: what Faust carries from the broker to an agent, as if it were one message.

Faust starts four tasks for each message on its way, which is more than all else that happens to a
record. The acknowledgements of messages are not ours, see consumer.py, so the size of one is free.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aiokafka import ConsumerRecord
from faust.transport.utils import DefaultSchedulingStrategy
from faust.types import TP
from faust.types.tuples import ConsumerMessage

from services.runtime.watermark import Watermark

RUN = 32
"""Records in a run, at most: half of what the enricher has in work. Partitions take turns by runs,
and one that waits for a slow article must not fill the lane with its next run."""


class Run(ConsumerMessage):
    """Records of one partition, one after the other; to Faust one message."""

    def __init__(
        self, records: Sequence[ConsumerRecord], partition: TP, generation: int, mark: Watermark
    ) -> None:
        """`mark` is the partition's watermark at the time."""
        first = records[0]
        super().__init__(
            *(partition.topic, partition.partition, first.offset),
            *((first.timestamp or 0) / 1000, first.timestamp_type),
            *(None, None, None, None),  # headers, key, value and checksum: each record has its own
            tp=partition,
            generation_id=generation,
        )
        self.records, self.mark = records, mark


class Scheduler(DefaultSchedulingStrategy):
    """Lets the partitions take turns as Faust does, but by runs and not by records."""

    def iterate(self, records: Mapping[TP, Sequence[Any]]) -> Iterator[tuple[TP, Any]]:
        """Cut what was fetched into runs."""
        return super().iterate({partition: runs(found) for partition, found in records.items()})


def runs(records: Sequence[Any]) -> list[Sequence[Any]]:
    """Cut into pieces of at most `RUN`."""
    return [records[start : start + RUN] for start in range(0, len(records), RUN)]
