"""Watch a contestant from outside, from its first result to its last."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.processes import Group, NotDoneError, cpu_seconds
from tests.bench.stalls import longest

GIVE_UP = 1_800.0
EVERY = 0.1
"""Seconds."""


@dataclass(frozen=True)
class Moment:
    """What was so at one time."""

    at: float
    done: int
    cpu: Mapping[str, float]
    """CPU seconds by process."""


@dataclass
class Watch:
    """What to look at while contestants work."""

    groups: Sequence[Group]
    servers: Mapping[str, int]
    """Pids by name, whose CPU is told apart."""
    stalls: Path | None = None
    memory: dict[str, float] = field(default_factory=dict)
    """The most megabytes of each group."""
    largest: list[tuple[int, float]] = field(default_factory=list)
    """What was done when, and the megabytes of the largest process then."""

    def moment(self, done: int) -> Moment:
        """Look once."""
        largest = 0.0
        for group in self.groups:
            group.require()
            memory = group.memory
            self.memory[group.name] = max(self.memory.get(group.name, 0.0), sum(memory))
            largest = max([largest, *memory])
        self.largest.append((done, largest))
        cpu = {group.name: group.cpu for group in self.groups}
        cpu |= {name: cpu_seconds(pid) for name, pid in self.servers.items()}
        return Moment(time.monotonic(), done, cpu)

    def until(self, progress: Callable[[], int], wanted: int) -> dict[str, float]:
        """Return the figures of what was done from the first result to the last wanted."""
        deadline = time.monotonic() + GIVE_UP
        begin = None
        while time.monotonic() < deadline:
            now = self.moment(progress())
            if now.done and begin is None:
                begin = now
            if begin and now.done >= wanted:
                return self.figures(begin, now)
            time.sleep(EVERY)
        raise NotDoneError(f"{self.groups[0].name} was not done after {GIVE_UP:.0f} s")

    def figures(self, begin: Moment, end: Moment) -> dict[str, float]:
        """Put what was spent between two moments into figures."""
        names = [group.name for group in self.groups]
        found = between(begin, end, names)
        found |= {"rss_mb": sum(self.memory.values()), **growth(self.largest)}
        if self.stalls and self.stalls.exists():  # else nobody watched its loop
            found["stall_ms"] = longest(self.stalls, begin.at, end.at) * 1000
        return found | {"load": os.getloadavg()[0]}


def growth(largest: Sequence[tuple[int, float]]) -> dict[str, float]:
    """Tell the most memory of one process, and how much of that came after half of the work."""
    most, half = max(size for _, size in largest), largest[-1][0] / 2
    return {"largest_mb": most, "grown_mb": most - max(of for done, of in largest if done <= half)}


def waited(group: Group, holds: Callable[[], bool], seconds: float) -> None:
    """Return when something holds of a contestant that runs; raises `NotDoneError` if it ends."""
    deadline = time.monotonic() + seconds
    while not holds():
        group.require()
        if time.monotonic() > deadline:
            raise NotDoneError(f"{group.name} was not ready after {seconds:.0f} s\n{group.tail()}")
        time.sleep(EVERY)


def between(begin: Moment, end: Moment, ours: Sequence[str]) -> dict[str, float]:
    """Take rates and CPU seconds per 1,000; the CPU of `ours` is added up too."""
    done, seconds = end.done - begin.done, end.at - begin.at
    if done <= 0 or seconds <= 0:
        raise NotDoneError("all was done at the first look: too few records to measure")
    spent = {name: (end.cpu[name] - begin.cpu[name]) * 1000 / done for name in end.cpu}
    apart = {f"cpu_{name}": value for name, value in spent.items() if name not in ours}
    if len(ours) > 1:
        apart |= {f"cpu_{name}": spent[name] for name in ours}
    return {"per_second": done / seconds, "cpu": sum(spent[name] for name in ours)} | apart
