"""aiokafka's producer, which can be stopped also while its broker is away."""

import asyncio
import inspect
from collections.abc import Coroutine
from contextlib import suppress
from itertools import chain
from typing import Any

from aiokafka import AIOKafkaProducer, errors


class StoppableProducer(AIOKafkaProducer):  # type: ignore[misc]  # aiokafka is untyped
    """Ends in bounded time, with its tasks and connections; who waits for an answer is told.

    aiokafka's own stop() flushes for as long as that takes. Cut short, it leaves requests under
    way: when their connections close they connect again, and wait for metadata that nobody fetches
    any more, and so does everyone who waits for an acknowledgement.
    """

    async def stop_within(self, seconds: float) -> None:
        """Stop; what is not acknowledged by then fails with `ProducerClosed`."""
        try:
            with suppress(errors.KafkaError, TimeoutError):
                await asyncio.wait_for(self.stop(), seconds)
        finally:
            await self._end_tasks()
            self._fail(errors.ProducerClosed())
            for connection in self.client._conns.values():  # noqa: SLF001 - there is no public way
                transport = connection._protocol._transport  # noqa: SLF001
                if transport:
                    transport.abort()  # else the broker has to read first what we have written
            await self.client.close()

    async def _end_tasks(self) -> None:
        parts = (self, self._sender, self._message_accumulator, self.client)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        tasks = {task for task in others if any(_of(task) is one for one in parts)}
        while tasks:
            for task in tasks:
                task.cancel()
            _, tasks = await asyncio.wait(tasks, timeout=0.1)  # one may catch it the first time

    def _fail(self, error: errors.KafkaError) -> None:
        batches = self._message_accumulator
        queued = list(chain.from_iterable(batches._batches.values()))  # noqa: SLF001
        for batch in queued:
            batch.drain_ready()  # who waits for room in it looks again
        batches._batches.clear()  # noqa: SLF001
        batches._pending_batches.update(queued)  # noqa: SLF001 - one that was sent before is looked for there
        batches.fail_all(error)
        # Who asks for a topic's partitions waits for this, and so will who asks from now on.
        asked = self.client._md_update_fut or asyncio.get_running_loop().create_future()  # noqa: SLF001
        if not asked.done():
            asked.set_exception(error)
            asked.exception()  # nobody has to ask
        self.client._md_update_fut = asked  # noqa: SLF001


def _of(task: "asyncio.Task[Any]") -> object:
    """Return the object of which a task runs a method."""
    work = task.get_coro()
    return inspect.getcoroutinelocals(work).get("self") if isinstance(work, Coroutine) else None
