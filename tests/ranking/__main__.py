"""How well the search ranks: `python -m tests.ranking [--queries]` prints nDCG@10 on both halves.

It starts a real Elasticsearch of its own, enriches the corpus and ends the server: a minute or
two. `--queries` adds the figures of each query of the tuning half; the other half is held back.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from elasticsearch import Elasticsearch
from rich.console import Console
from rich.table import Table

from services.servers import local, real
from services.servers.distribution import distribution
from services.servers.ports import HOST, free_port
from tests.ranking.corpus import enriched
from tests.ranking.judged import Half, Judged, judged
from tests.ranking.rankings import RANKINGS, average, index, scores

Scores = dict[str, dict[str, float]]


def main() -> None:
    """Measure and print."""
    queries = judged()
    with elasticsearch() as client:
        names = index(client, "ranking", enriched())
        scored = {
            ranking: scores(client, names[ranking], query, queries)
            for ranking, query in RANKINGS.items()
        }
    console = Console()
    if "--queries" in sys.argv[1:]:
        console.print(by_query(scored, queries))
    console.print(by_half(scored, queries))


@contextmanager
def elasticsearch() -> Iterator[Elasticsearch]:
    """Run a real Elasticsearch for the length of the block."""
    cache = Path(os.environ.get("NEWSREEL_SERVERS__CACHE") or local.CACHE)
    with tempfile.TemporaryDirectory(prefix="newsreel-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # as root, Elasticsearch runs as another user
        port = free_port()
        server = real.elasticsearch(distribution(cache), folder / "elasticsearch", port)
        server.start()
        try:
            with Elasticsearch(f"http://{HOST}:{port}", request_timeout=60) as client:
                yield client
        finally:
            server.stop()


def by_half(scored: Scores, queries: tuple[Judged, ...]) -> Table:
    """Give the mean of each half and ranking."""
    table = Table(title="nDCG@10", title_justify="left")
    table.add_column("")
    halves: dict[str, Half] = {"tuning half": "tuning", "held back": "held_back"}
    for heading, half in halves.items():
        count = sum(one.half == half for one in queries)
        table.add_column(f"{heading} ({count} queries)", justify="right")
    for ranking, of_queries in scored.items():
        means = [average(of_queries, queries, half) for half in halves.values()]
        table.add_row(ranking, *(f"{one:.3f}" for one in means))
    return table


def by_query(scored: Scores, queries: tuple[Judged, ...]) -> Table:
    """Give the figures of each query of the tuning half."""
    table = Table("query", *scored)
    for one in queries:
        if one.half == "tuning":
            figures = [of_queries[one.query] for of_queries in scored.values()]
            table.add_row(one.query, *(f"{figure:.3f}" for figure in figures))
    return table


if __name__ == "__main__":
    main()
