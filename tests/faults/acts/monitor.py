"""What happens to the monitor: it dies, and letters are settled and removed without it."""

import asyncio
import json
import time
from dataclasses import replace

from elasticsearch import ApiError, TransportError

from schemas.topics import RAW_DEAD_LETTERS, RESOLUTIONS
from services.runtime.settings import Elasticsearch
from tests.faults.articles import Article
from tests.faults.broker import delete_records
from tests.faults.course import Bounds
from tests.faults.evidence import MOST
from tests.faults.fault import DRAINED, MEMORY, fault
from tests.faults.stage import Stage
from tests.faults.workers import Worker
from tests.topics import read

MONITOR = 120.0
"""MB."""
BROKEN = b"not JSON"
States = dict[str, str]
"""What became of letters, by id."""


@fault(
    "F31",
    "monitor killed, Elasticsearch away; letters settled and removed",
    Bounds(DRAINED, MEMORY + MONITOR),
)
def monitor_killed(on: Stage) -> None:
    monitor = on.add("monitor", "monitor")
    on.start()
    with on.replaying():
        _refused(on, 4)
        on.pause(0.5, 3.0)
        monitor.kill()
        _refused(on, 4)
        on.elasticsearch.kill()
        monitor.launch()
        with on.without("indexer", "monitor"):
            _settled_by_hand(on)
            time.sleep(on.lasting(30, 5))
            on.elasticsearch.start()
        on.pause(0.0, 1.0)
        monitor.kill()  # while it shows all letters again
        _refused(on, 2)
        monitor.launch()
    on.afterwards.append(lambda _: _mirrored(on, monitor))


def _refused(on: Stage, count: int) -> None:
    """Let broken records be refused; return when their letters are there."""
    before = len(_letters(on))
    on.costs(count)
    broken = [
        replace(on.record(_article(before + number)), value=BROKEN) for number in range(count)
    ]
    on.send_records([(record, 1) for record in broken])
    on.until("the letters are there", lambda: len(_letters(on)) == before + count)


def _article(number: int) -> Article:
    return {"text": f"Article {number} is short.", "item": f"{number}"}


def _settled_by_hand(on: Stage) -> None:
    """Drop a letter, and put another back with the bytes that it should have had."""
    topic = on.installation.prefix + RAW_DEAD_LETTERS.name
    letters = asyncio.run(read(on.installation.bootstrap, topic))
    ids = {one.key: f"{topic}-0-{one.offset}" for one in letters}
    dropped, repaired = map(on.record, map(_article, on.random.sample(range(len(letters)), 2)))
    file = on.folder / "repaired.json"
    file.write_bytes(repaired.value or b"")
    for words in (
        ("drop", ids[dropped.key], "--yes"),
        ("replay", ids[repaired.key], "--file", str(file)),
    ):
        ended = on.newsreel("dead-letters", *words)
        on.expect(f"{words}: {ended.stderr}", not ended.returncode)


def _mirrored(on: Stage, monitor: Worker) -> None:
    """See that all letters are shown as they are, also when the first of them are removed."""
    wanted = _letters(on)
    on.expect(f"some are settled, but {wanted}", {"dropped", "replayed"} < {*wanted.values()})
    _until_shown(on, wanted)
    _removed(on, wanted, len(wanted) // 3)
    _until_shown(on, wanted)
    monitor.kill()
    _removed(on, wanted, len(wanted) - 2)
    monitor.launch()
    _until_shown(on, wanted)
    on.expect(f"some expired, but {wanted}", {"open", "expired"} < {*wanted.values()})


def _removed(on: Stage, wanted: States, count: int) -> None:
    """Remove the first letters, as retention does."""
    topic = on.installation.prefix + RAW_DEAD_LETTERS.name
    delete_records(on.installation.bootstrap, topic, {0: count})
    for offset in range(count):
        letter = f"{topic}-0-{offset}"
        wanted[letter] = "expired" if wanted[letter] == "open" else wanted[letter]


def _until_shown(on: Stage, wanted: States) -> None:
    on.until(f"shown is {wanted}, and nothing else", lambda: _shown(on) == wanted)


def _letters(on: Stage) -> States:
    """Read from Kafka which letters there are, and what became of them."""
    bootstrap, prefix = on.installation.bootstrap, on.installation.prefix
    letters = asyncio.run(read(bootstrap, prefix + RAW_DEAD_LETTERS.name))
    told = [
        json.loads(one.value) for one in asyncio.run(read(bootstrap, prefix + RESOLUTIONS.name))
    ]
    resolved = {one["letter"]: one["what"] for one in told}
    ids = [f"{one.topic}-{one.partition}-{one.offset}" for one in letters]
    return {letter: resolved.get(letter, "open") for letter in ids}


def _shown(on: Stage) -> States | None:
    """Read the same from Elasticsearch; None while it is away."""
    alias = Elasticsearch(articles=on.installation.alias).dead_letters
    try:
        with on.client() as client:
            client.indices.refresh(index=alias)
            hits = client.search(index=alias, size=MOST)["hits"]["hits"]
    except (ApiError, TransportError):
        return None
    return {hit["_id"]: hit["_source"]["state"] for hit in hits}
