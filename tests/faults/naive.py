"""An enricher the way Faust's guide writes one: what it loses, the judge must see.

It has models, `async for`, `await topic.send(...)`, and `concurrency=`, which the guide gives for
agents that wait for something. Here that is a call to a model, of which some take seconds. Faust
may then commit past an article that is still in work.
https://faust-streaming.github.io/faust/userguide/agents.html

    python -m tests.faults.naive worker
"""

import asyncio
import os
import signal
from datetime import UTC, datetime
from typing import Any

import faust

from schemas.topics import ENRICHED, ENRICHER_GROUP, RAW

CONCURRENCY = 8
SLOW_EACH = 3
SLOW = 4.0
"""Seconds of each third article."""
QUICK = 0.05

prefix = os.environ["NEWSREEL_KAFKA__PREFIX"]
crash_at = int(os.environ.get("NAIVE_CRASH_AT", "0"))
"""Sends until it ends as by kill -9; 0 never does."""
sent = 0


class RawArticle(faust.Record, serializer="json", include_metadata=False):
    """What it needs of an article."""

    article_id: str
    version: int
    status: str
    source: dict[str, Any]
    fetched_at: str
    content_type: str
    content_sha256: str
    text: str


class EnrichedArticle(RawArticle, serializer="json", include_metadata=False):
    """The article with nothing found in it."""

    enrichment: dict[str, Any]
    title: dict[str, Any] | None
    body: list[Any]
    language: dict[str, Any] | None
    published_at: dict[str, Any] | None
    entities: list[Any]
    numbers: list[Any]
    dates: list[Any]
    quotes: list[Any]
    signature: list[str]


LISTS = ("body", "entities", "numbers", "dates", "quotes", "signature")
NOTHING: dict[str, Any] = {
    **dict.fromkeys(("title", "language", "published_at")),
    **{name: [] for name in LISTS},
}

app = faust.App(
    prefix + ENRICHER_GROUP,
    broker=f"kafka://{os.environ['NEWSREEL_KAFKA__BOOTSTRAP_SERVERS']}",
    broker_session_timeout=float(os.environ["NEWSREEL_ENRICHER__SESSION_TIMEOUT"]),
    broker_heartbeat_interval=1.0,
    broker_commit_interval=1.0,  # as our own workers have it
    topic_disable_leader=True,
)
raw_topic = app.topic(prefix + RAW.name, value_type=RawArticle)
enriched_topic = app.topic(prefix + ENRICHED.name, value_type=EnrichedArticle)


@app.agent(raw_topic, concurrency=CONCURRENCY)
async def enrich(articles: Any) -> None:
    """Enrich articles."""
    async for article in articles:
        await call_model(article)
        now = datetime.now(UTC).isoformat()
        how = {"pipeline": "1", "model": "none", "enriched_at": now, "skipped": []}
        enriched = EnrichedArticle(**article.asdict(), enrichment=how, **NOTHING)
        name = f"{article.article_id} {article.version}"
        await enriched_topic.send(
            key=article.article_id, value=enriched, headers={"ce_id": name.encode()}
        )
        crash_in_the_crack()


async def call_model(article: RawArticle) -> None:
    """Wait as for a server."""
    slow = int(article.article_id[-4:], 16) % SLOW_EACH == 0
    await asyncio.sleep(SLOW if slow else QUICK)


def crash_in_the_crack() -> None:
    """End after a send, as F3 ends our own worker."""
    global sent  # noqa: PLW0603 - a script's own count
    sent += 1
    if sent == crash_at:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    app.main()
