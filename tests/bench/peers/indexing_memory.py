"""The ceiling: ready-made NDJSON from memory into Elasticsearch, with two threads.

`python -m tests.bench.peers.indexing_memory URL INDEX FILE` where FILE has two lines a document.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench.peers.bulk import DOCUMENTS, PARALLEL, Bulk


def main(url: str, index: str, file: str) -> None:
    """Send all, then wait to be measured and ended."""
    lines = Path(file).read_bytes().splitlines(keepends=True)
    step = 2 * DOCUMENTS
    requests = [b"".join(lines[at : at + step]) for at in range(0, len(lines), step)]
    bulk = Bulk(url, index)
    with ThreadPoolExecutor(PARALLEL) as threads:
        for _ in threads.map(bulk.send, requests):
            pass
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main(*sys.argv[1:])
