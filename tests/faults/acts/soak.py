"""One fault after the other, for as long as one likes."""

import time
from dataclasses import replace

from tests.faults.course import Bounds
from tests.faults.fault import FAULTS, MEMORY, fault
from tests.faults.stage import CannotRunError, Stage

SOAKED = tuple(f"F{number}" for number in range(1, 16))


@fault("F30", "soak: F1 to F15 at random, one after the other", Bounds(180, 2 * MEMORY, growth=1))
def soak(on: Stage) -> None:
    if on.plan.soak is None:
        raise CannotRunError("it takes half an hour; SOAK=1 runs it")
    end = time.monotonic() + on.plan.soak * 60
    on.plan = replace(on.plan, full=False)
    rate = on.rate
    while time.monotonic() < end:
        name = on.random.choice(SOAKED)
        print(f"  {name}", flush=True)  # noqa: T201 - the suite's report
        FAULTS[name].act(on)
        on.afterwards.clear()  # F9's holds for articles that come once; here they come again
        on.rate = rate
        _as_before(on)
    on.start()


def _as_before(on: Stage) -> None:
    """Leave one worker of each kind, and nothing between them and the servers."""
    for name in [*on.workers]:
        if name not in {"enricher", "indexer"}:
            on.remove(name)
    on.restore()
    on.add("indexer", "indexer")
