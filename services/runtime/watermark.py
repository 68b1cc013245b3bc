"""Which offsets may be committed: all before the first event that is not settled.

An event is settled when nothing can be lost any more if it is never delivered again: published
with the delivery confirmed, indexed, found stale, or in a dead-letter topic with the delivery
confirmed. Faust's own bookkeeping counts an event as done when the code that read it moves on or
raises, which loses events; this one is told.
"""

from collections import deque
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Partition = TypeVar("Partition", bound=Hashable)


@dataclass(slots=True, eq=False)
class Ticket:
    """One event that was begun."""

    offset: int
    settled: bool = False

    def settle(self) -> None:
        """Say that the event may be committed, as soon as all before it may."""
        self.settled = True


@dataclass(slots=True)
class Watermark:
    """The events of one partition that were begun, in the order of their offsets."""

    _open: deque[Ticket] = field(default_factory=deque)
    _next: int | None = None

    def begin(self, offset: int) -> Ticket:
        """Take note of an event; raises `ValueError` when an earlier offset comes later."""
        if self._open and offset <= self._open[-1].offset:
            raise ValueError(f"offset {offset} was delivered after {self._open[-1].offset}")
        ticket = Ticket(offset)
        self._open.append(ticket)
        return ticket

    def committable(self) -> int | None:
        """Return the offset to commit, one past the settled head; None before a first one.

        It comes again until it moves: whether it was committed already is the consumer's to know.
        """
        while self._open and self._open[0].settled:
            self._next = self._open.popleft().offset + 1
        return self._next

    def in_flight(self) -> int:
        """Count the events that are not settled."""
        return sum(not ticket.settled for ticket in self._open)


class Watermarks(Generic[Partition]):
    """One watermark for each assigned partition."""

    def __init__(self) -> None:
        self._of: dict[Partition, Watermark] = {}

    def begin(self, partition: Partition, offset: int) -> Ticket:
        """Take note of an event that was delivered."""
        return self._of.setdefault(partition, Watermark()).begin(offset)

    def committable(self) -> dict[Partition, int]:
        """Return the offset to commit for each partition that has one."""
        found = {partition: mark.committable() for partition, mark in self._of.items()}
        return {partition: offset for partition, offset in found.items() if offset is not None}

    def in_flight(self) -> int:
        """Count the events that are not settled."""
        return sum(mark.in_flight() for mark in self._of.values())

    def forget(self, partitions: Iterable[Partition]) -> None:
        """Drop what is known of revoked partitions; tickets given out for them lose their effect.

        Another worker starts from what was committed, so what settles here later is a repeat.
        """
        for partition in partitions:
            self._of.pop(partition, None)
