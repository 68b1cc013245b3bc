"""Articles per second from replay to search hit, on real servers, with the CPU of each process.

`python -m tests.bench.whole_path [ROUNDS]`. Each round replays the corpus of 274 articles under ids
of its own. The first round warms Elasticsearch and the models up and does not count.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from services.demo import show, stack
from services.runtime import settings
from services.search.reading import ask, connected
from services.servers import local, server
from services.servers.server import Server
from tests.bench.cpu import cpu_seconds

CORPUS = Path(__file__).parents[1] / "corpus" / "wikinews-2019-2020.jsonl"


def main() -> None:
    """Run the rounds and print the medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory(prefix="newsreel-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # as root, Elasticsearch runs as another user
        with local.running("real", folder / "servers") as servers:
            environment = {
                **servers.state.environment,
                "NEWSREEL_ELASTICSEARCH__ARTICLES": "bench",
                "NEWSREEL_REPLAY__PROGRESS": "false",
            }
            stack.run(["provision"], environment, folder / "provision.log")
            workers = stack.workers(environment, folder)
            server.start(workers)
            try:
                processes = [*workers, servers.kafka, servers.elasticsearch]
                figures = [
                    one_round(number, environment, folder, processes)
                    for number in range(rounds + 1)
                ]
            finally:
                stack.stop(workers)
    report(figures[1:], articles=274)


def one_round(
    number: int, environment: Mapping[str, str], folder: Path, processes: list[Server]
) -> dict[str, float]:
    """Replay the corpus once; return seconds, and CPU seconds of each process with its children."""
    ledger = folder / f"ledger-{number}"
    before = {one.name: cpu_of(one) for one in processes}
    started = time.monotonic()
    corpus = folder / f"round-{number}.jsonl"  # another file name makes other items
    corpus.write_text(without_urls(CORPUS.read_text(encoding="utf-8")), encoding="utf-8")
    words = ["replay", str(corpus), "--source", f"round-{number}", "--ledger", str(ledger)]
    stack.run(words, environment, folder / "replay.log")
    wait_until_searchable(environment, show.acknowledged(ledger))
    figures = {"seconds": time.monotonic() - started}
    return figures | {one.name: cpu_of(one) - before[one.name] for one in processes}


def without_urls(lines: str) -> str:
    """Drop the URLs, by which the articles of all rounds would be the same."""
    return lines.replace('"url": ', '"was_url": ')


def wait_until_searchable(environment: Mapping[str, str], wanted: Mapping[str, int]) -> None:
    """Poll until a search finds every article."""
    to = settings.Elasticsearch(
        url=environment["NEWSREEL_ELASTICSEARCH__URL"],
        articles=environment["NEWSREEL_ELASTICSEARCH__ARTICLES"],
    )
    with connected(to) as client:
        find: Callable[[dict[str, object]], Mapping[str, object]] = lambda b: ask(client, to, b)  # noqa: E731
        while show.searchable(find, wanted) < len(wanted):
            time.sleep(0.2)


def cpu_of(one: Server) -> float:
    """Return the CPU seconds of a server that may have ended."""
    return cpu_seconds(one.process.pid) if one.process else 0.0


def report(figures: list[dict[str, float]], articles: int) -> None:
    """Print medians and ranges."""
    table = Table(
        title=f"{articles} articles of 4.6 KB on average, {len(figures)} rounds",
        title_justify="left",
    )
    table.add_column("")
    for heading in ("median", "least", "most"):
        table.add_column(heading, justify="right")
    rates = [articles / one["seconds"] for one in figures]
    _row(table, "articles a second, end to end", rates)
    for name in figures[0].keys() - {"seconds"}:
        per_thousand = [one[name] * 1000 / articles for one in figures]
        _row(table, f"CPU s per 1,000 articles: {name}", per_thousand)
    Console().print(table)


def _row(table: Table, name: str, values: list[float]) -> None:
    table.add_row(name, *(f"{value:.1f}" for value in (median(values), min(values), max(values))))


if __name__ == "__main__":
    main()
