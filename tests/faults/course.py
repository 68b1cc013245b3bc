"""How a run went: the judgement over I7, that it ended, and I8, that it stayed within bounds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from tests.faults.breach import Breach

LINES_A_MINUTE = 60.0
"""A worker that waits for a server logs now and then; one in a hot loop fills the disk."""
BURST = 40
"""Lines that it may log when the server goes and when it comes back, however short it was."""
BUCKET = 10.0
"""Seconds of which the most memory counts: a collection of garbage is no fall, a start no rise."""
WARM_UP = 60.0
"""Seconds until a worker has loaded what it needs."""
SEEN_FOR = 240.0
"""Seconds after that until a slope says something: the first large batches still raise it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a fault may take."""

    drained: float
    """Seconds after its end until all is drained."""
    memory: float
    """MB, the peaks of all workers together."""
    growth: float | None = None
    """MB a minute of one worker; only a run of some minutes can tell."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What a worker and its children had in memory at a moment."""

    at: float
    """Seconds."""
    megabytes: float


@dataclass(frozen=True, slots=True)
class Away:
    """What a worker logged while a server it needs was away."""

    worker: str
    seconds: float
    lines: int


@dataclass(frozen=True, slots=True)
class Course:
    """How long a run took to drain, and what its workers used."""

    drained: float | None
    """Seconds; None if it did not."""
    memory: Mapping[str, Sequence[Memory]]
    """By worker."""
    away: Sequence[Away]
    bounds: Bounds

    @property
    def peak(self) -> float:
        """The peaks of all workers together, in MB: what the machine must have."""
        return sum(max(one.megabytes for one in taken) for taken in self.memory.values() if taken)


def breaches(course: Course) -> Iterator[Breach]:
    """Name each breach of I7 and I8."""
    bounds = course.bounds
    if course.drained is None or course.drained > bounds.drained:
        yield Breach("I7", "not drained", "all", f"after {bounds.drained:.0f} s")
    if course.peak > bounds.memory:
        detail = f"{course.peak:.0f} MB, {bounds.memory:.0f} are allowed"
        yield Breach("I8", "too much memory", "all", detail)
    for worker, taken in course.memory.items():
        grows = slope(taken)
        if bounds.growth is not None and grows is not None and grows > bounds.growth:
            yield Breach("I8", "memory grows", worker, f"by {grows:.1f} MB a minute")
    for one in course.away:
        if one.lines > BURST + LINES_A_MINUTE * one.seconds / 60:
            detail = f"{one.lines} lines in {one.seconds:.0f} s without a server"
            yield Breach("I8", "hot loop", one.worker, detail)


def slope(taken: Sequence[Memory]) -> float | None:
    """Tell by how many MB a minute a worker grows; None if it was not seen for long enough.

    The median of the slopes between any two moments (Theil and Sen): a worker that is killed and
    started again now and then does not move it.
    """
    points = list(_peaks(taken))
    slopes = [(b - a) / (later - earlier) for (earlier, a), (later, b) in combinations(points, 2)]
    return median(slopes) if len(points) >= SEEN_FOR / BUCKET else None


def _peaks(taken: Iterable[Memory]) -> Iterator[tuple[float, float]]:
    """Give the most of each bucket after the warm-up, by minutes."""
    found: dict[int, float] = defaultdict(float)
    begun: float | None = None
    for one in taken:
        begun = one.at if begun is None else begun
        if one.at - begun >= WARM_UP:
            bucket = int((one.at - begun) // BUCKET)
            found[bucket] = max(found[bucket], one.megabytes)
    yield from ((bucket * BUCKET / 60, most) for bucket, most in found.items())
