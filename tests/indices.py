"""Indices for tests: mapped as those that are deployed, under names of their own."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from elasticsearch import Elasticsearch

from schemas.enriched_article import EnrichedArticle
from services.indexer.documents import write

DEPLOYED = Path(__file__).parents[1] / "deploy" / "elasticsearch"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def create(client: Elasticsearch, alias: str) -> str:
    """Create an index as deployed behind a read alias; return its write alias."""
    deployed = {
        part: json.loads((DEPLOYED / f"news-articles-{part}.json").read_text())["template"]
        for part in ("mappings", "settings")
    }
    index = {
        **deployed["settings"]["settings"]["index"],
        **deployed["mappings"].get("settings", {}).get("index", {}),
    }
    client.indices.create(
        index=f"{alias}-000001",
        mappings=deployed["mappings"]["mappings"],
        settings={"index": index},
        aliases={
            alias: {"filter": {"term": {"status": "usable"}}},
            f"{alias}-write": {"is_write_index": True},
        },
    )
    return f"{alias}-write"


def fill(client: Elasticsearch, target: str, articles: Iterable[EnrichedArticle]) -> None:
    """Write articles as the indexer does; they are searchable on return."""
    writes = [write(one, target, NOW) for one in articles]
    lines = [json.loads(line) for one in writes for line in one.lines.splitlines()]
    answer = client.bulk(operations=lines, refresh=True)
    assert not answer["errors"], answer
