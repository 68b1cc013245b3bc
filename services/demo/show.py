"""What a demo shows: the articles, the facets, example searches."""

import json
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.rule import Rule

from services.demo.stack import run
from services.search import render
from services.search.criteria import Criteria
from services.search.query import request
from services.search.results import results

EXAMPLES = (
    ("search", "air defence", "--person", "Jens Stoltenberg", "--size", "2"),
    ("search", "--money-over", "1000000000", "--currency", "EUR"),
    ("search", "--number", "killed >= 100", "--place", "Kharkiv"),
)

Ask = Callable[[dict[str, Any]], Mapping[str, Any]]


def acknowledged(ledger: Path) -> dict[str, int]:
    """Read which articles the broker has acknowledged: id and version."""
    lines = ledger.read_text(encoding="utf-8").splitlines() if ledger.exists() else []
    entries = (json.loads(line) for line in lines)
    return {entry["article_id"]: entry["version"] for entry in entries}


def searchable(ask: Ask, wanted: Mapping[str, int]) -> int:
    """Count the articles that a search finds in the version that was acknowledged, or a later."""
    body = {
        "size": len(wanted),
        "query": {"ids": {"values": list(wanted)}},
        "version": True,
        "_source": False,
    }
    found = ask(body)["hits"]["hits"]
    return sum(hit["_version"] >= wanted[hit["_id"]] for hit in found)


def overview(console: Console, ask: Ask) -> None:
    """Print the newest articles as a table, then the facets over all."""
    body = request(Criteria(), size=10, sort="date", facets=True, seconds=30)
    found = results(ask(body))
    console.print(Rule("Articles"))
    render.articles(console, found.hits)
    console.print(Rule("Facets"))
    if found.facets is not None:
        render.facets(console, found.facets)


def examples(console: Console, environment: Mapping[str, str]) -> None:
    """Run each example as a user would, below the command that does it."""
    for words in EXAMPLES:
        console.print(Rule(f"newsreel {shlex.join(words)}"))
        run(words, environment)
