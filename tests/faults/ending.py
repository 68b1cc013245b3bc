"""The end of a run: all drains, the evidence is gathered and judged."""

import time
from collections import Counter
from dataclasses import dataclass, replace

from tests.faults.course import Bounds, Course
from tests.faults.evidence import GROUPS, Group
from tests.faults.judge import Judgement, judge
from tests.faults.observer import Observer
from tests.faults.stage import Stage


@dataclass(frozen=True)
class Result:
    """A row of the table, and what was found wrong."""

    judgement: Judgement
    course: Course
    exits: int
    """Workers that ended by themselves and were started again."""
    troubles: tuple[str, ...]
    """What the fault itself expected and did not see."""

    @property
    def broken(self) -> list[str]:
        """The invariants that did not hold."""
        return sorted({breach.invariant for breach in self.judgement.breaches})

    @property
    def ok(self) -> bool:
        """Whether every invariant held."""
        return not self.judgement.breaches and not self.troubles


def drain(observer: Observer, within: float) -> float | None:
    """Wait until all that was sent is committed by both groups; None when it takes too long."""
    began = time.monotonic()
    # The enricher first: only then does it add no more to the indexer's lag.
    done = all(_caught_up(observer, group, began + within) for group in GROUPS)
    return time.monotonic() - began if done else None


def _caught_up(observer: Observer, group: Group, deadline: float) -> bool:
    began = time.monotonic()
    while time.monotonic() < deadline:
        seen = observer.lag.get(group)
        if seen and seen.begun > began and seen.records == 0:
            return True
        time.sleep(0.1)
    return False


def verdict(on: Stage, observer: Observer, drained: float | None, bounds: Bounds) -> Result:
    """Judge what the run has left; the observer may have ended."""
    course = Course(drained, on.watch.memory, on.away, bounds)
    found = on.installation.gather(observer.samples)
    run = replace(found, course=course, removed=frozenset(on.removed), begun_at=on.begun_at)
    stages = (run.raw_letters, run.enriched_letters)
    letters = [letter for found in stages for letter in found]
    refused = sum(len({letter.origin for letter in found}) for found in stages)
    reasons = dict(Counter(letter.reason for letter in letters))
    wanted = f"{on.letters.start} to {on.letters.stop - 1}"
    on.expect(f"{wanted} dead letters, but {reasons}", refused in on.letters)
    for look in on.afterwards:
        look(run)
    return Result(judge(run), course, on.watch.exits, tuple(on.troubles))
