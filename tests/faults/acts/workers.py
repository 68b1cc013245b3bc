"""What happens to workers: killed, stopped, paused, started too often."""

import time
from collections.abc import Iterator

from schemas.topics import RAW
from services.demo import stack
from tests.faults.acts.input import limit_nested_objects
from tests.faults.articles import longest_article
from tests.faults.course import Bounds
from tests.faults.fault import DRAINED, ENRICHER, INDEXER, MEMORY, fault
from tests.faults.judge import judge
from tests.faults.stage import Stage
from tests.faults.worker import words
from tests.faults.workers import Worker


@fault("F1", "workers killed at random, 20 times")
def killed(on: Stage) -> None:
    kill_at_random(on, times=round(on.lasting(10, 2)))


def kill_at_random(on: Stage, times: int) -> None:
    """Kill each worker so often, in any order, and start it again."""
    on.start()
    victims = [*on.workers.values()] * times
    on.random.shuffle(victims)
    on.rate = on.articles / (len(victims) * 3)  # so that there is work at every kill
    with on.replaying():
        for victim in victims:
            on.pause(0.5, 5.0)
            victim.kill()
            on.pause(0.0, 0.5)
            victim.launch()


@fault("F2", "workers stopped and started, one after the other")
def rolling(on: Stage) -> None:
    on.start()
    with on.replaying():
        for _ in range(2):
            for one in on.workers.values():
                on.pause(0.5, 2.0)
                stop(on, one)
                one.launch()
                one.wait()


@fault("F3", "workers killed after the work and before the commit")
def cracks(on: Stage) -> None:
    on.costs(2)
    nth = str(on.random.randrange(1, 4))
    enricher = _cracked(on, "enricher", {"published": nth, "dead-lettered": "1"})
    indexer = _cracked(on, "indexer", {"indexed": nth, "dead-lettered": "1"})
    limit_nested_objects(on)
    on.start()
    with on.replaying():
        for one in (enricher, indexer):
            _dies(on, one, times=1)
        on.send_bytes([(b"poison", b"not JSON")])
        _dies(on, enricher, times=2)
        # Not before: enriched twice, as it may be, it would be two letters of the indexer's.
        on.send([longest_article()])
        _dies(on, indexer, times=2)
    on.afterwards.append(lambda run: on.expect("work was done again", judge(run).repeats))


def _dies(on: Stage, one: Worker, times: int) -> None:
    on.until(f"the {one.name} dies, {times} times in all", lambda: one.exits >= times)


def _cracked(on: Stage, service: str, cracks: dict[str, str]) -> Worker:
    """Let a worker die in one crack after the other, then run as it should."""
    launches: Iterator[list[str]] = iter(
        words(service, "--crack", crack, "--at", nth) for crack, nth in cracks.items()
    )
    return on.add(service, service, lambda: next(launches, stack.newsreel(service)))


@fault(
    "F8",
    "worker hangs beyond its session, another takes over, it wakes",
    Bounds(DRAINED, 2 * MEMORY),
)
def zombie(on: Stage) -> None:
    on.add("enricher", "enricher-b")
    on.add("indexer", "indexer-b")
    on.start()
    with on.replaying():
        on.pause(2.0, 4.0)
        for name in ("enricher", "indexer"):
            on.workers[name].pause()
        time.sleep(12)  # twice the session
        for name in ("enricher", "indexer"):
            on.workers[name].resume()


@fault(
    "F21",
    "1 to 4 workers of a kind come and go, and more workers than partitions",
    Bounds(DRAINED, 7 * INDEXER + 4 * ENRICHER),
    NEWSREEL_ENRICHER__PROCESSES="1",
)
def storm(on: Stage) -> None:
    on.start()
    seconds = on.lasting(180, 20)
    _more(on, "enricher", 4 if on.full else 3)
    _more(on, "indexer", RAW.partitions + 1 if on.full else 3)
    on.rate = on.articles / seconds
    with on.replaying():
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            on.pause(1.0, 4.0)
            _come_or_go(on, on.random.choice(list(on.workers.values())))
    for name in ("enricher", "indexer"):
        on.workers[name].launch()


def _more(on: Stage, service: str, count: int) -> None:
    for number in range(2, count + 1):
        on.add(service, f"{service}-{number}")


def _come_or_go(on: Stage, one: Worker) -> None:
    if not one.alive():
        one.launch()
    elif on.random.random() < 0.5:
        one.kill()
    else:
        stop(on, one)


def stop(on: Stage, one: Worker) -> None:
    """End a worker by SIGTERM; it is trouble when that does not end well."""
    trouble = one.stop()
    if trouble:
        on.troubles.append(trouble)
