"""CPU seconds of a call, which is cut short when it takes too many."""

import gc
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class TooSlowError(Exception):
    """The call was still at work when its CPU seconds were used up."""


def cpu_seconds(run: Callable[[], object], at_most: float) -> float:
    """Measure a call; one that was cut short took at least `at_most`.

    CPU time, as the machine may be busy with something else; and the collector is to go through
    what the call makes, not through what all tests before it have left.
    """
    gc.freeze()
    started = time.thread_time()
    try:
        with _alarm(at_most):
            run()
    except TooSlowError:
        return max(at_most, time.thread_time() - started)
    finally:
        gc.unfreeze()
    return time.thread_time() - started


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
