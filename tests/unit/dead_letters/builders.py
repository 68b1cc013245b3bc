"""Letters as a worker writes them."""

from datetime import UTC, datetime

from schemas.headers import Headers, Origin, Rejection, dead_letter_headers
from services.dead_letters.letters import Letter, Stored

NOON = datetime(2024, 5, 4, 12, tzinfo=UTC)


def stored(
    offset: int = 0,
    value: bytes | None = b"{",
    reason: str = "not_json",
    headers: Headers = (("ce_id", b"1"), ("traceparent", b"00-1-2-3")),
    topic: str = "news-raw",
) -> Stored:
    """A letter of the raw topic's partition 2, written `offset` seconds after noon."""
    why = Rejection(reason, "ValueError", "no JSON")
    written = dead_letter_headers(headers, "enricher", why, Origin(topic, 2, 40 + offset, 1000))
    timestamp = int(NOON.timestamp() + offset) * 1000
    return Stored(Origin("news-raw-dlq", 0, offset, timestamp), b"key", value, written)


def letter(offset: int = 0, **changes: object) -> Letter:
    return Letter.of(stored(offset, **changes))
