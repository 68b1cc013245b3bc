"""Which offsets may be committed: all before the first event that is not settled.

An event is settled when nothing can be lost any more if it is never delivered again: published
with the delivery confirmed, indexed, found stale, or in a dead-letter topic with the delivery
confirmed. Faust's own bookkeeping counts an event as done when the code that read it moves on or
raises, which loses events; this one is told.

It also knows what the broker handed out, before Faust's queues: an event that Faust passes over on
the way to us is a hole like any other, and nothing is committed past it.
"""

from collections import deque
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Partition = TypeVar("Partition", bound=Hashable)


class HoleError(Exception):
    """Going on would pass over an event that is not settled: the process must end instead."""


@dataclass(slots=True, eq=False)
class Ticket:
    """One event that was begun."""

    offset: int
    settled: bool = False
    revoked: bool = False
    """Whether its partition has gone: another worker does the event again."""

    def settle(self) -> None:
        """Say that the event may be committed, as soon as all before it may."""
        self.settled = True


@dataclass(slots=True)
class Watermark:
    """The events of one partition in the order of their offsets: fetched, then begun."""

    next: int | None = None
    """The offset that is to be fetched next; None before the first."""
    _fetched: deque[int] = field(default_factory=deque)
    _open: deque[Ticket] = field(default_factory=deque)
    _committable: int | None = None

    def fetched(self, offsets: Sequence[int]) -> None:
        """Take note of what the broker handed out; raises `HoleError` when it went back."""
        for offset in offsets:
            if self.next is not None and offset < self.next:
                raise HoleError(f"offset {offset} was fetched where {self.next} was to come")
            self.next = offset + 1
            self._fetched.append(offset)

    def sought(self, offset: int | None) -> None:
        """Take note that fetching goes on at `offset`: what was not begun comes again."""
        self.next = offset
        self._fetched.clear()

    def passed_over(self, beginning: int) -> None:
        """Take note that there is nothing below `beginning` any more."""
        self.next = beginning
        if self.unsettled() is None:
            self._open.clear()
            self._committable = beginning

    def begin(self, offset: int) -> Ticket:
        """Hand out an event; raises `HoleError` when another was to be handed out before it."""
        if not self._fetched or self._fetched[0] != offset:
            due = self._fetched[0] if self._fetched else None
            raise HoleError(f"offset {offset} was handed out where {due} was due")
        self._fetched.popleft()
        ticket = Ticket(offset)
        self._open.append(ticket)
        return ticket

    def committable(self) -> int | None:
        """Return the offset to commit, one past the settled head; None before a first one.

        It comes again until it moves: whether it was committed already is the consumer's to know.
        """
        while self._open and self._open[0].settled:
            self._committable = self._open.popleft().offset + 1
        return self._committable

    def unsettled(self) -> int | None:
        """Return the lowest offset that is not settled; None when all that was fetched is.

        Asks every event, not `committable`: what it finds is held against that.
        """
        waiting = [ticket.offset for ticket in self._open if not ticket.settled]
        return min((*waiting, *self._fetched), default=None)

    def in_flight(self) -> int:
        """Count the events that were begun and are not settled."""
        return sum(not ticket.settled for ticket in self._open)

    def revoke(self) -> None:
        """Tell the open tickets that the partition has gone."""
        for ticket in self._open:
            ticket.revoked = True


class Watermarks(Generic[Partition]):
    """One watermark for each assigned partition."""

    def __init__(self) -> None:
        self._of: dict[Partition, Watermark] = {}

    def of(self, partition: Partition) -> Watermark:
        """Return the partition's watermark, a new one for a new partition."""
        if partition not in self._of:  # asked for each event
            self._of[partition] = Watermark()
        return self._of[partition]

    def committable(self) -> dict[Partition, int]:
        """Return the offset to commit for each partition that has one."""
        found = {partition: mark.committable() for partition, mark in self._of.items()}
        return {partition: offset for partition, offset in found.items() if offset is not None}

    def require_settled(self, partition: Partition, offset: int) -> None:
        """Raise `HoleError` when a commit of `offset` would pass over an unsettled event."""
        lowest = self.of(partition).unsettled()
        if lowest is not None and lowest < offset:
            raise HoleError(f"{partition}: {offset} was to be committed, {lowest} is not settled")

    def in_flight(self) -> int:
        """Count the events that were begun and are not settled."""
        return sum(mark.in_flight() for mark in self._of.values())

    def forget(self, partitions: Iterable[Partition]) -> None:
        """Drop what is known of revoked partitions; tickets given out for them lose their effect.

        Another worker starts from what was committed, so what settles here later is a repeat.
        """
        for partition in partitions:
            if mark := self._of.pop(partition, None):
                mark.revoke()
