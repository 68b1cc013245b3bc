"""The end of an event's way through a worker: publish what has to be, then say it is settled."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple, Protocol

from services.runtime.brake import Brake
from services.runtime.lane import Delivery
from services.runtime.record import Record, TooLarge

Publish = Callable[[Sequence[Record]], Awaitable[object]]
"""Returns when the broker has acknowledged every record."""
Failpoint = Callable[[str], None]
"""Called with the name of a crack: a moment when work is done and its offset not yet committed."""


def no_failpoint(_crack: str) -> None:
    """Pass every crack; tests of crashes give another one to the app's factory."""


class Hold(Protocol):
    """Where all workers of a service agree on whether they hold."""

    async def released(self) -> bool:
        """Wait while the service is held; tell whether there was anything to wait for."""

    async def hold(self, why: str) -> None:
        """Hold the service, and wait until a person lets it go on."""


class Settlement(NamedTuple):
    """What becomes of a delivery."""

    delivery: Delivery
    outcome: str
    """Its name for metrics: what it became, or the reason of its dead letter."""
    record: Record | None = None
    """To be acknowledged by the broker first."""
    refused: bool = False
    """Whether the record is a dead letter."""

    @property
    def counts(self) -> bool:
        """Whether the brake counts it: not a letter that a person replayed and that fails again."""
        return self.refused and all(name != "dlq_tries" for name, _ in self.delivery.headers)


class Settler:
    """Settles batches in their order, unless the brake holds them."""

    def __init__(
        self,
        publish: Publish,
        brake: Brake,
        hold: Hold,
        *,
        told: Callable[[str, int], object],
        failpoint: Failpoint = no_failpoint,
    ) -> None:
        """`told` is called with each outcome, and of how many events that are settled it was."""
        self._publish, self._brake, self._hold = publish, brake, hold
        self._told, self._failpoint = told, failpoint
        self._turn = asyncio.Lock()

    async def settle(self, batch: Sequence[Settlement]) -> None:
        """Settle all; what the brake stops waits here, neither published nor acknowledged.

        One batch after the other, since each adds to what the brake has counted. What another
        worker has got meanwhile is dropped: it settles it too.
        """
        async with self._turn:
            await self._settle_all(_ours(batch))

    async def _settle_all(self, batch: Sequence[Settlement]) -> None:
        while batch:
            if await self._hold.released():
                self._brake.release()
                batch = _ours(batch)
            admitted = self._brake.admit([one.counts for one in batch])
            await self._settle(batch[:admitted])
            batch = batch[admitted:]
            if why := self._brake.why():
                await self._hold.hold(f"{why}, the last as {batch[0].outcome}")
                self._brake.release()
                batch = _ours(batch)

    async def _settle(self, batch: Sequence[Settlement]) -> None:
        if not batch:
            return
        await self._published([one.record for one in batch if one.record])
        refused = any(one.refused for one in batch)
        self._failpoint("dead-lettered" if refused else "published")
        for one in batch:
            one.delivery.ticket.settle()
        for outcome, count in Counter(one.outcome for one in batch).items():
            self._told(outcome, count)

    async def _published(self, records: Sequence[Record]) -> None:
        """Publish; a record that its topic can't take waits for a person, who can raise the limit.

        It can be neither settled nor passed over: a crash would only come to it again.
        """
        while True:
            try:
                await self._publish(records)
            except TooLarge as error:
                await self._hold.hold(f"{error}: raise its max.message.bytes")
            else:
                return


def _ours(batch: Sequence[Settlement]) -> list[Settlement]:
    return [one for one in batch if not one.delivery.ticket.revoked]
