"""At most one record of a key is under way; the others wait for their turn, first come first."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager


class Turns:
    """Whose turn it is, for each key; like a lock per key, but a turn can be taken at once."""

    def __init__(self) -> None:
        self._waiting: dict[Hashable, deque[asyncio.Future[None]]] = {}
        """By keys whose turn is taken."""

    def take(self, key: Hashable) -> bool:
        """Take the turn of a key, unless somebody has it; who takes it has to give it back."""
        if key in self._waiting:
            return False
        self._waiting[key] = deque()
        return True

    def give_back(self, key: Hashable) -> None:
        """Let the next have it: there is no moment at which another could come in between."""
        waiting = self._waiting[key]
        while waiting:
            following = waiting.popleft()
            if not following.done():
                following.set_result(None)
                return
        del self._waiting[key]

    @asynccontextmanager
    async def turn(self, key: Hashable) -> AsyncIterator[None]:
        """Wait for the turn of a key and have it while the block runs."""
        if not self.take(key):
            await self._wait(key)
        try:
            yield
        finally:
            self.give_back(key)

    async def _wait(self, key: Hashable) -> None:
        ours = asyncio.get_running_loop().create_future()
        self._waiting[key].append(ours)
        try:
            await ours
        except asyncio.CancelledError:
            if ours.done() and not ours.cancelled():
                self.give_back(key)  # it had just become our turn
            raise
