"""What a run sends: articles of the corpus, as records of the raw topic."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from services.producer.articles import Defaults, article, record
from services.producer.sources import Received, Refusal
from services.runtime.record import Record

CORPUS = Path(__file__).parents[1] / "corpus" / "wikinews-2019-2020.jsonl"
SHORT = 2500
"""Characters."""
Article = Mapping[str, object]
"""A line as `newsreel replay` reads it."""


@cache
def corpus() -> list[Article]:
    """Read all articles."""
    return [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]


def short_articles() -> list[Article]:
    """Read those that are enriched quickly."""
    return [one for one in corpus() if len(str(one["text"])) < SHORT]


def longest_article() -> Article:
    """Read the one with the most to find in it."""
    return max(corpus(), key=lambda one: len(str(one["text"])))


def version(of: Article) -> int:
    """Tell the version that an article is sent in."""
    return int(str(of.get("version", 1)))


def raw_record(one: Article, topic: str, limit: int) -> Record:
    """Make the record that the producer would send."""
    now = datetime.now(UTC)
    received = Received("a fault", "item", "line", json.dumps(one).encode())
    raw = article(received, Defaults(source="faults"), now)
    made = raw if isinstance(raw, Refusal) else record(raw, received.origin, topic, limit, now)
    if isinstance(made, Refusal):
        raise ValueError(made.reason)  # noqa: TRY004 - a type of ours that says what is wrong
    return made
