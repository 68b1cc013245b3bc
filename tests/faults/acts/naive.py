"""The same faults on a plain Faust agent: they must do harm, or the judge is blind.

The index is written by our own indexer: what is lost was lost before it.
"""

import sys

from tests.faults.acts.workers import kill_at_random
from tests.faults.fault import fault
from tests.faults.stage import Stage
from tests.faults.workers import Worker

WORDS = [sys.executable, "-m", "tests.faults.naive", "worker", "--without-web", "-l", "info"]
READY = "Ready"
"""What Faust logs when its worker has started."""


@fault("naive-F1", "F1 on a plain Faust agent with concurrency=8", harmful=True)
def naive_killed(on: Stage) -> None:
    _plain(on)
    kill_at_random(on, times=round(on.lasting(10, 4)))


@fault("naive-F3", "F3 on a plain Faust agent with concurrency=8", harmful=True)
def naive_cracks(on: Stage) -> None:
    one = _plain(on, NAIVE_CRASH_AT=str(on.random.randrange(20, 30)))
    on.start()
    with on.replaying():
        on.until("it dies after a send", lambda: one.exits)
        one.server.environment = {**one.server.environment, "NAIVE_CRASH_AT": "0"}


def _plain(on: Stage, **environment: str) -> Worker:
    one = on.add("enricher", "enricher", lambda: WORDS, **environment)
    one.server.answers = lambda: one.alive() and READY in one.server.log.read_text()
    return one
