"""What happens to Kafka's topics: removed, made again, full."""

import json
import time
from collections.abc import Iterator

from schemas.topics import RAW, RAW_DEAD_LETTERS
from services.servers import process
from tests.faults.acts.kafka import BOTH
from tests.faults.acts.workers import stop
from tests.faults.articles import short_articles
from tests.faults.broker import committed, delete_records, delete_topic, ends
from tests.faults.course import Bounds
from tests.faults.fault import DRAINED, MEMORY, fault
from tests.faults.small_disk import SETTLES_WITHIN, disk_of, fill, on_a_small_disk
from tests.faults.stage import Stage


@fault("F28", "dead-letter topic deleted while poison arrives")
def dead_letter_topic_deleted(on: Stage) -> None:
    on.costs(1)
    on.start()
    topic = on.installation.prefix + RAW_DEAD_LETTERS.name
    enricher = on.workers["enricher"]
    advice = f"no topic {topic}; create it: newsreel provision"
    with on.replaying():
        on.pause(1.0, 3.0)
        delete_topic(on.installation.bootstrap, topic)
        on.send_bytes([(b"poison", b"not JSON")])
        with on.without("enricher"):
            on.until("the enricher ends and says what to do", lambda: advice in enricher.log())
            time.sleep(on.lasting(15, 3))
            on.expect("topics can be provisioned", not on.newsreel("provision").returncode)


@fault("F29", "broker's disk full", Bounds(DRAINED, MEMORY), arrange=on_a_small_disk)
def disk_full(on: Stage) -> None:
    on.start()
    log = on.folder / "kafka.log"
    on.rate = on.articles / 20
    with on.replaying():
        on.pause(2.0, 5.0)
        ballast = fill(disk_of(on.folder))
        with on.without(*BOTH):
            on.until("the broker has no space", lambda: "No space left" in log.read_text())
            time.sleep(on.lasting(20, 5))
            ballast.unlink()
            _start_again(on)


def _start_again(on: Stage) -> None:
    """Start the broker as its supervisor would: a log that failed stays closed until then."""
    running = on.kafka.process
    if running and not process.gone(running, SETTLES_WITHIN):
        on.kafka.kill()
    on.kafka.start()


@fault("F22", "retention passes what was not read; the raw topic is made anew")
def records_gone(on: Stage) -> None:
    on.start()
    with on.replaying():
        pass
    _retention_passes(on)
    _made_anew(on)
    with on.replaying():
        pass
    _made_anew(on)
    # Soon more stands there than the enricher had read before: it must not go on from there.
    on.send(on.random.sample(short_articles(), on.articles) * 4)


def _retention_passes(on: Stage) -> None:
    """Remove records that the enricher, which is stopped, has not read."""
    enricher = on.workers["enricher"]
    on.until("all is read", lambda: not _unread(on))
    stop(on, enricher)
    with on.replaying():
        pass
    unread = _unread(on)
    kept = {number: on.random.randint(first + 1, end) for number, (first, end) in unread.items()}
    delete_records(on.installation.bootstrap, on.raw, kept)
    gone = {number: (unread[number][0], first) for number, first in kept.items()}
    on.removed |= {(number, at) for number, range_ in gone.items() for at in range(*range_)}
    enricher.launch()
    what = f"an error line for each of {gone}, by partition the first and the next offset"
    on.until(what, lambda: all(_told(on, number, *range_) for number, range_ in gone.items()))


def _made_anew(on: Stage) -> None:
    """Delete the topic when all is read, and provision it again: its offsets begin anew."""
    on.until("all is read again", lambda: not _unread(on))
    delete_topic(on.installation.bootstrap, on.raw)
    on.pause(0.0, 2.0)
    on.expect("topics can be provisioned", not on.newsreel("provision").returncode)
    on.begin_anew()


def _unread(on: Stage) -> dict[int, tuple[int, int]]:
    """Tell for each raw partition that has such: the first offset not committed, and the end."""
    done = committed(on.installation, "enricher")
    found = ends(on.installation.bootstrap, on.raw, RAW.partitions)
    return {
        number: (done.get(number, 0), end)
        for number, end in found.items()
        if done.get(number, 0) < end
    }


def _told(on: Stage, partition: int, first: int, following: int) -> bool:
    """Tell whether the enricher has logged, as an error, that these records are gone."""
    gone = {"partition": partition, "due": first, "count": following - first}
    return any(gone.items() <= line.items() for line in _errors(on))


def _errors(on: Stage) -> Iterator[dict[str, object]]:
    """Yield what the enricher has logged of the raw topic as errors."""
    for line in on.workers["enricher"].log().splitlines():
        if line.startswith("{") and line.endswith("}"):
            told = json.loads(line)
            if told["level"] == "error" and told.get("topic") == on.raw:
                yield told
