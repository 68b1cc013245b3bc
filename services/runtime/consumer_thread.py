"""Faust's thread that talks to Kafka, kept from waiting for ever and from passing events over."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from aiokafka import AIOKafkaConsumer
from faust.transport.drivers import aiokafka as driver
from faust.types import TP

from services.runtime.fetching import resting

COMMIT_WITHIN = 5.0
"""Seconds that the broker has to take offsets; what it was not told of comes again."""
LEAVE_WITHIN = 0.4
"""Seconds that the broker has to let us leave the group; else the session that ends does it."""


class ConsumerThread(driver.AIOKafkaConsumerThread):
    """Ends when it is told to, also while the broker is away."""

    def _create_consumer(self, loop: asyncio.AbstractEventLoop) -> AIOKafkaConsumer:
        return resting(super()._create_consumer(loop))

    async def on_thread_stop(self) -> None:
        """Stop aiokafka's consumer, and let nothing keep us from saying that it is stopped.

        It waits 90 s for the answer of a broker that hangs, unless its connections are cut.

        aiokafka's `Fetcher.close` lets the cancellation of its own requests out when they fail at
        that moment. Faust's thread would end on it in silence, and the app wait for it for ever.
        """
        stopping = asyncio.ensure_future(super().on_thread_stop())
        await asyncio.wait([stopping], timeout=LEAVE_WITHIN)
        if not stopping.done() and self._consumer:
            client = self._consumer._client  # noqa: SLF001 - there is no public way to cut them
            cutting = asyncio.ensure_future(client.close())
            await asyncio.wait([stopping], timeout=LEAVE_WITHIN)
            cutting.cancel()
            stopping.cancel()
        with suppress(asyncio.CancelledError):
            await stopping

    async def commit(self, offsets: Mapping[TP, int]) -> bool:
        """Commit, or tell after a while that it could not be done.

        aiokafka tries for ever. A topic that is made again meanwhile would get the offsets of the
        one that was before, and its first events would be passed over.
        """
        committed: bool = await self.call_thread(self._commit_soon, offsets)
        return committed

    async def _commit_soon(self, offsets: Mapping[TP, int]) -> bool:
        known = self._ensure_consumer().partitions_for_topic
        ours = self.assignment()
        # Faust would leave out what is not ours and tell that all was done.
        if not all(known(one.topic) and one in ours for one in offsets):
            return False
        try:
            async with asyncio.timeout(COMMIT_WITHIN):
                return bool(await self._commit(offsets))
        except TimeoutError:
            return False

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Go back to what was committed; where nothing was, to the beginning.

        aiokafka leaves a partition without a committed offset where it is. Faust, which has by
        then thrown away what it fetched, would pass over it.
        """
        found: Mapping[TP, int] = await self.call_thread(self._seek_to_committed)
        return found

    async def _seek_to_committed(self) -> Mapping[TP, int]:
        consumer = self._ensure_consumer()
        committed: Mapping[TP, int] = await consumer.seek_to_committed()
        fresh = [partition for partition, offset in committed.items() if not offset]
        if fresh:
            await consumer.seek_to_beginning(*fresh)
        return committed
