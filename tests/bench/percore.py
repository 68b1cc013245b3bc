"""Time one way of finding something in texts, in this process and on one core.

Prints what it took as a line of JSON. The file has a JSON list of texts to begin with, which are
not timed, and one of those that are. No text comes twice.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from tests.bench.processes import MEGABYTE
from tests.faults.processes import resident

BUDGET = 60.0
"""CPU seconds after which the rest is left out."""
ARTICLE = 2_400
"""Bytes of an article as it is counted: cost grows with the bytes, whatever the articles are."""

Found = Sequence[tuple[int, int, str]]
"""Begin, end and label of what was found in a text."""


def main(find: Callable[[Iterable[str]], Iterator[Found]]) -> None:
    """Warm up, then time."""
    warm_up, texts = json.loads(Path(sys.argv[1]).read_bytes())
    for _ in find(warm_up):
        pass
    begin = time.process_time()
    results = list(within(find(texts), begin + BUDGET))
    spent = time.process_time() - begin
    size = sum(len(text.encode()) for text in texts[: len(results)])
    memory = resident_now() / MEGABYTE
    told = {"bytes": size, "cpu": spent, "rss_mb": memory, "found": results}
    print(json.dumps(told), flush=True)  # noqa: T201 - the parent reads it


def within(results: Iterator[Found], until: float) -> Iterator[Found]:
    """Take results while there is CPU time left."""
    for result in results:
        yield result
        if time.process_time() > until:
            return


def resident_now() -> int:
    """Read how many bytes this process has in memory."""
    return resident(int(Path("/proc/self").resolve().name))
