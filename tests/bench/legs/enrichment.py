"""Enrichment on one core: fresh processes with one thread, no server."""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.articles import many, texts
from tests.bench.percore import ARTICLE
from tests.bench.processes import NotDoneError, started
from tests.bench.rounds import Contestant, Figures, Run
from tests.bench.servers import module

LEG = "enrichment"
EVERYTHING = "newsreel, all enrichments"
WARM_UP = 30
"""Articles before those that are timed."""
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "BLIS_NUM_THREADS"), "1")
WAYS: Mapping[str, list[str]] = {
    EVERYTHING: ["alone", "everything"],
    "newsreel, entities": ["alone", "entities"],
    "newsreel, the model alone": ["alone", "model"],
    "spaCy nlp.pipe, the same model": ["peers.entities_spacy"],
    "newsreel, numbers": ["alone", "numbers"],
    "quantulum3, numbers": ["peers.numbers_quantulum"],
    "recognizers-text, numbers": ["peers.numbers_recognizers"],
}
SAME = {"newsreel, the model alone", "spaCy nlp.pipe, the same model"}
"""Those that must find the same."""
GIVE_UP = 600.0


def contestants(folder: Path, wanted: int, warm_up: int = WARM_UP) -> Iterator[Contestant]:
    """Give each way its turn at the same texts."""
    file = folder / "texts.json"
    chosen = [text for _, text in islice(many(texts()), warm_up + wanted)]
    file.write_text(json.dumps([chosen[wanted:], chosen[:wanted]]), encoding="utf-8")
    found: dict[str, Any] = {}
    for name in WAYS:
        yield Contestant(LEG, name, partial(one_run, name, file, found))


def one_run(name: str, file: Path, found: dict[str, Any], _: Sequence[Run]) -> Figures:
    """Run it to its end."""
    way, *words = WAYS[name]
    log = file.with_name("enrichment.log")
    with started(name, module(way, *words, str(file)), log, ONE_THREAD) as group:
        try:
            code = group.process.wait(GIVE_UP)
        except subprocess.TimeoutExpired as error:
            raise NotDoneError(f"{name} was not done after {GIVE_UP:.0f} s") from error
        if code:
            raise NotDoneError(f"{name} ended with {code}\n{group.tail()}")
    told = json.loads(log.read_text("utf-8").splitlines()[-1])
    if name in SAME:
        found[name] = told["found"]
    return figures(told) | (differing(found) if name in SAME else {})


def figures(told: Mapping[str, Any]) -> dict[str, float]:
    """Put what a process told into figures."""
    articles = told["bytes"] / ARTICLE
    return {
        "per_cpu_second": articles / told["cpu"],
        "cpu": told["cpu"] * 1000 / articles,
        "rss_mb": told["rss_mb"],
        "found_per_article": sum(map(len, told["found"])) / articles,
    }


def differing(found: Mapping[str, Any]) -> dict[str, float]:
    """Count the articles in which those that must find the same do not."""
    if len(found) < len(SAME):
        return {}
    ours, theirs = (found[name] for name in sorted(SAME))
    pairs = zip(ours, theirs, strict=False)  # one of them may have run out of its time
    return {"differing": sum(sorted(a) != sorted(b) for a, b in pairs)}


def sized(bytes_per_second: float, done: Sequence[Run], cores: int = 2) -> dict[str, float]:
    """Count articles of one size, and compare with as many cores that do nothing else."""
    alone = [
        run.figures["per_cpu_second"]
        for run in done
        if (run.leg, run.contestant) == (LEG, EVERYTHING)
    ]
    per_second = bytes_per_second / ARTICLE
    found = {"sized_per_second": per_second}
    return found | ({"of_cores": per_second / (cores * median(alone))} if alone else {})
