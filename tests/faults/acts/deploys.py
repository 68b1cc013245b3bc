"""What is wrong with the code itself: it hangs, it dies, it fails on everything."""

import asyncio
import time
from collections import Counter

from schemas.topics import RAW_DEAD_LETTERS
from services.demo import stack
from tests.faults.course import Bounds
from tests.faults.events import Run
from tests.faults.fault import MEMORY, fault
from tests.faults.stage import Stage
from tests.faults.work import DIE, HANG
from tests.faults.worker import words
from tests.topics import read

TIME_LIMIT = 2.0
"""Seconds of F24; what hangs is tried twice."""
REPLACED_WITHIN = 240.0
"""Seconds to drain: each try costs a process, and the next one loads the model first."""


@fault(
    "F24",
    "an enrichment hangs, or its process dies",
    Bounds(REPLACED_WITHIN, MEMORY),
    NEWSREEL_ENRICHER__TIME_LIMIT=str(TIME_LIMIT),
)
def hanging(on: Stage) -> None:
    marks = [HANG, DIE] * round(on.lasting(4, 2))
    on.costs(len(marks))
    on.random.shuffle(marks)
    on.add("enricher", "enricher", lambda: words("enricher", "--work", "marked"))
    on.start()
    with on.replaying():
        for number, mark in enumerate(marks):
            on.pause(0.0, 2.0)
            on.send([{"text": mark, "item": f"marked-{number}"}])
    on.expect("no worker has ended", not on.watch.exits)
    on.afterwards.append(lambda run: _others_flow(on, run, marks))


def _others_flow(on: Stage, run: Run, marks: list[str]) -> None:
    """Each letter says why, and between the first and the last of them articles came through."""
    reasons = Counter(letter.reason for letter in run.raw_letters)
    wanted = {"enrichment_timeout": marks.count(HANG), "enrichment_crashed": marks.count(DIE)}
    on.expect(f"the letters' reasons are {wanted}, but {dict(reasons)}", reasons == wanted)
    moments = sorted(letter.at for letter in run.raw_letters) or [0]
    meanwhile = [one for one in run.published if moments[0] < one.at < moments[-1]]
    on.expect("other articles come through meanwhile", meanwhile)


BRAKE = 50
"""Rejections in a row after which a worker holds."""
HELD = 8.0
"""Seconds that a worker is watched to see that it does hold."""


@fault("F27", "bad deploy: every article fails")
def bad_deploy(on: Stage) -> None:
    broken = [words("enricher", "--work", "broken")]
    enricher = on.add("enricher", "enricher", lambda: (broken or [stack.newsreel("enricher")])[-1])
    on.costs(1, BRAKE)
    on.start()
    with on.replaying():
        on.until("the enricher is unready", lambda: not enricher.server.answers())
        held = _letters(on)
        on.expect(f"{BRAKE} dead letters at most, but {held}", 0 < held <= BRAKE)
        for release in ("the same", "a good"):
            enricher.kill()
            enricher.launch()
            time.sleep(HELD)
            on.expect(f"{release} release holds", not enricher.server.answers())
            broken.clear()
        on.expect("no more dead letters", _letters(on) == held)
        _release(on)
        enricher.wait()
    ended = on.newsreel("dead-letters", "replay", "--everything")
    on.expect(f"dead letters can be replayed: {ended.stderr}", not ended.returncode)


def _release(on: Stage) -> None:
    ended = on.newsreel("resume")
    on.expect(f"newsreel resume ends well: {ended.stderr}", not ended.returncode)


def _letters(on: Stage) -> int:
    topic = on.installation.prefix + RAW_DEAD_LETTERS.name
    return len(asyncio.run(read(on.installation.bootstrap, topic)))
