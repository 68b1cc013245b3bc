"""The dead-letter brake: when too much is refused, something is wrong with us, not with the events.

A bad deploy or a broken mapping would turn a whole topic into dead letters. The brake trips on a
run of refusals, or on their share of the last events, and the worker then holds until a person has
looked (`newsreel resume`). The idea is arroyo's DlqLimit.
"""

from collections import deque
from collections.abc import Sequence


class Brake:
    """Counts what is refused; has no notion of where or when."""

    def __init__(self, *, share: float, window: int, run: int) -> None:
        """Trip at `run` refusals in a row, or at more than `share` of the last `window` events."""
        self._most, self._window, self._longest = share * window, window, run
        self.release()

    def release(self) -> None:
        """Begin to count anew."""
        self._last: deque[bool] = deque(maxlen=self._window)
        self._refused = self._run = 0

    def admit(self, refused: Sequence[bool]) -> int:
        """Say how many of these may be settled: all, or those before the one that trips."""
        for position, one in enumerate(refused):
            self._count(one)
            if self.why():
                return position
        return len(refused)

    def why(self) -> str | None:
        """Say what tripped the brake; None while it has not."""
        if self._run >= self._longest:
            return f"{self._run} events in a row were refused"
        if self._refused > self._most:
            return f"{self._refused} of the last {len(self._last)} events were refused"
        return None

    def _count(self, refused: bool) -> None:  # noqa: FBT001 - it is the thing that is counted
        if len(self._last) == self._window:
            self._refused -= self._last[0]
        self._last.append(refused)
        self._refused += refused
        self._run = self._run + 1 if refused else 0
