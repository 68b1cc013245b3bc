"""How right the stories are: `python -m tests.stories` prints a table; --write puts it into README.

It runs the corpus through the indexer's own code on a real Elasticsearch (Java 17 and Maven).
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import mean

from elasticsearch import AsyncElasticsearch

from schemas.enriched_article import EnrichedArticle
from services.runtime.elasticsearch import connected
from services.runtime.settings import Elasticsearch
from services.servers import local, real
from services.servers.distribution import distribution
from services.servers.ports import HOST, free_port
from tests.stories import corpus
from tests.stories.running import Pair, Run, likeness, run
from tests.stories.scoring import Groups, Score, bcubed, components, in_half

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- stories: begin -->\n", "\n<!-- stories: end -->"
SHUFFLES = 10


async def main() -> None:
    """Measure and print."""
    articles, labels = corpus.articles(), corpus.labels()
    with _elasticsearch() as url:
        async with connected(Elasticsearch(url=url, timeout=120)) as client:
            ours = await run(client, "ours-news", articles, batch=50)
            at_once = await run(client, "once-news", articles, batch=500)
            pairs = await likeness(client, "ours-news", articles)
            shuffled = [await _shuffled(client, articles, seed) for seed in range(SHUFFLES)]
    table = "\n".join(
        [*_accuracy(labels, ours, pairs), "", *_stability(labels, ours, shuffled), _cost(at_once)]
    )
    sys.stdout.write(table + "\n")
    if "--write" in sys.argv:
        head, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
        README.write_text(head + BEGIN + table + END + rest.partition(END)[2], encoding="utf-8")


async def _shuffled(client: AsyncElasticsearch, articles: list[EnrichedArticle], seed: int) -> Run:
    order = Random(seed).sample(articles, len(articles))  # noqa: S311 - an order to repeat
    return await run(client, f"shuffle{seed}-news", order, batch=20)


def _accuracy(labels: Groups, ours: Run, pairs: Mapping[Pair, float]) -> Iterator[str]:
    tune, report = ([o for o, s in labels.items() if in_half(s, h)] for h in ("tune", "report"))
    sizes = list(labels.values())
    several = [one for one in report if sizes.count(labels[one]) > 1]

    def linked(threshold: float) -> Groups:
        return components(labels, [pair for pair, score in pairs.items() if score >= threshold])

    best = max(sorted(set(pairs.values())), key=lambda at: bcubed(linked(at), labels, tune).f1)
    rows = {
        "newsreel": ours.joined,
        "newsreel, without joins": ours.written,
        f"more_like_this, score ≥ {best:.1f}": linked(best),
        "every article alone": {one: one for one in labels},
    }
    yield "| groups by | half `report`: B³ P | R | F1 | in stories of several: F1 | `tune`: F1 |"
    yield "|---|---|---|---|---|---|"
    for name, found in rows.items():
        score: Score = bcubed(found, labels, report)
        only, tuned = bcubed(found, labels, several).f1, bcubed(found, labels, tune).f1
        figures = (score.precision, score.recall, score.f1, only, tuned)
        yield f"| {name} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |"


def _stability(labels: Groups, ours: Run, shuffled: list[Run]) -> Iterator[str]:
    joined = [bcubed(one.joined, ours.joined, labels).f1 for one in shuffled]
    written = [bcubed(one.written, ours.written, labels).f1 for one in shuffled]
    same = sum(figure == 1 for figure in joined)
    yield (
        f"Stability: {SHUFFLES} random orders beside the order of publication. With joins the "
        f"groups were the very same in {same} of {SHUFFLES} (B³ F1 {mean(joined):.3f}, least "
        f"{min(joined):.3f}); by the `story_id` of the documents alone {mean(written):.3f} (least "
        f"{min(written):.3f})."
    )


def _cost(once: Run) -> str:
    thousand = 1_000 / len(once.written)
    return (
        f"Cost for 1,000 articles in full batches: {once.seconds * thousand:.1f} s of the "
        f"indexer's CPU and {once.requests * thousand:.0f} requests."
    )


@contextmanager
def _elasticsearch() -> Iterator[str]:
    cache = Path(os.environ.get("NEWSREEL_SERVERS__CACHE") or local.CACHE)
    with tempfile.TemporaryDirectory(prefix="newsreel-") as name:
        Path(name).chmod(0o755)  # Elasticsearch runs as another user
        port = free_port()
        server = real.elasticsearch(distribution(cache), Path(name) / "elasticsearch", port)
        server.start()
        try:
            yield f"http://{HOST}:{port}"
        finally:
            server.stop()


if __name__ == "__main__":
    asyncio.run(main())
