"""From publish to searchable, at parts of what the whole path can take.

The load is open: articles are sent when they are due, whatever has become of those before, and the
time counts from when an article was due.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from functools import partial
from statistics import median

from schemas.topics import RAW
from services.runtime.record import Record
from tests.bench import topics
from tests.bench.articles import raw_articles, record
from tests.bench.legs import path
from tests.bench.measuring import GIVE_UP, Watch
from tests.bench.processes import NotDoneError
from tests.bench.rounds import Contestant, Figures, Run
from tests.bench.servers import Site
from tests.bench.summary import percentile

LEG = "latency"
LOADS = (25, 50, 75)
"""Percent of the most that the path took."""
WARM_UP = 3.0
"""Seconds at the beginning that don't count."""
LOOK_EVERY = 0.05
"""Seconds; so exact are the figures."""
ASKED = 1_000
"""Articles in one question."""


def contestants(site: Site) -> Iterator[Contestant]:
    """Give each load its turn."""
    for percent in LOADS:
        yield Contestant(LEG, f"{percent} % load", partial(one_run, site, percent))


def one_run(site: Site, percent: int, done: Sequence[Run]) -> Figures | None:
    """Send at a fixed rate; None while it is not known what the path can take."""
    most = [run.figures["per_second"] for run in done if run.leg == path.LEG]
    if not most:
        return None
    rate = median(most) * percent / 100
    with path.installed(site) as there:
        raw = there.prefix + RAW.name
        wanted = max(1, round(rate * (WARM_UP + site.sizes.latency)))
        records = [record(one, raw) for one in raw_articles(wanted)]
        due = schedule(time.monotonic() + 1.0, rate, wanted)
        sending = threading.Thread(target=send, args=(site.bootstrap, records, due), daemon=True)
        sending.start()
        watch = Watch(there.groups, site.pids, there.stalls)
        begin = watch.moment(0)
        keys = [(one.key or b"").decode() for one in records]
        seen = looked_for(there, dict(zip(keys, due, strict=True)), watch)
        sending.join()
        figures = watch.figures(begin, watch.moment(len(seen)))
        figures |= there.index.missing_and_repeated(wanted)
    counted = [seen[key] - at for key, at in zip(keys, due, strict=True) if at > due[0] + WARM_UP]
    return figures | percentiles(counted) | {"offered_per_second": rate}


def schedule(begin: float, rate: float, wanted: int) -> list[float]:
    """Say when each article is due."""
    return [begin + number / rate for number in range(wanted)]


def percentiles(seconds: Sequence[float]) -> dict[str, float]:
    """Take the median and the slow ones."""
    return {f"p{percent}_s": percentile(seconds, percent) for percent in (50, 95, 99)}


def send(bootstrap: str, records: Sequence[Record], due: Sequence[float]) -> None:
    """Send each record when it is due, or at once when that is over."""
    producer = topics.sender(bootstrap)
    for one, at in zip(records, due, strict=True):
        while (left := at - time.monotonic()) > 0:
            producer.poll(min(left, LOOK_EVERY))
        producer.produce(one.topic, one.value, one.key, headers=list(one.headers))
    producer.flush()


def looked_for(there: path.Installation, due: dict[str, float], watch: Watch) -> dict[str, float]:
    """Ask until a search finds all; tell when it first found each."""
    seen: dict[str, float] = {}
    waiting = list(due)
    until = max(due.values()) + GIVE_UP
    while waiting:
        now = time.monotonic()
        asked = [key for key in waiting[:ASKED] if due[key] <= now]
        found = there.index.searchable(asked) if asked else set()
        seen |= dict.fromkeys(found, time.monotonic())
        waiting = [key for key in waiting if key not in found]
        watch.moment(len(seen))
        if now > until:
            raise NotDoneError(f"{len(waiting)} articles were never found")
        time.sleep(LOOK_EVERY)
    return seen
