"""Dead letters as documents: what Kafka has of them, so that Kibana can show it.

A document's id is where its letter stands. All letters are read again at each start, so the same
letter is written again and again, and always as the same document. That also tells the ids of those
that Kafka no longer has, so nothing has to be read to find them.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC

from pydantic_core import to_json

from schemas.resolution import Resolution
from services.dead_letters.letters import Letter, Stored, text
from services.dead_letters.resolutions import folded
from services.indexer.documents import Document, Write
from services.runtime.terminal import harmless

EXCERPT = 1000
"""Characters that are kept of a text of others."""
PARSED = 1_000_000
"""Bytes of a value in which its source is looked for: what a raw article has at most."""


class Mirror:
    """Makes writes of the records of dead-letter topics and of their resolutions, in any order."""

    def __init__(self, alias: str, stages: Mapping[str, str]) -> None:
        """`stages` has the stage that each dead-letter topic is of; other topics resolve."""
        self._alias, self._stages = alias, stages
        self._resolved: dict[str, Resolution] = {}
        self._firsts: dict[str, int] = {}
        """The first offset that Kafka still has, by topic-partition."""

    def write(self, record: Stored) -> Write | None:
        """Show a letter, or what became of one, which may not be shown yet.

        A resolution of what can be no letter of ours gives None.
        """
        stage = self._stages.get(record.place.topic)
        if stage is None:
            return self._settled(record)
        letter = Letter.of(record)
        shown = document(letter, record.value, stage) | self._state(letter.id)
        return self._lines("index", letter.id, shown)

    def lost(self, topic: str, partition: int, first: int) -> Iterator[Write]:
        """Show that Kafka has nothing before the `first` offset, as far as that is news.

        Some of these letters may not be shown at all.
        """
        name = f"{topic}-{partition}"
        known, self._firsts[name] = self._firsts.get(name, 0), first
        for offset in range(known, first):
            letter = f"{name}-{offset}"
            yield self._lines("update", letter, {"doc": self._state(letter)})

    def _settled(self, record: Stored) -> Write | None:
        letter = text(record.key)
        if self._place(letter) is None:
            return None
        self._resolved.pop(letter, None)
        self._resolved |= folded([record])
        return self._lines("update", letter, {"doc": self._state(letter)})

    def _state(self, letter: str) -> Document:
        place = self._place(letter)
        lost = place is not None and place[1] < self._firsts.get(place[0], 0)
        return state(self._resolved.get(letter), lost=lost)

    def _place(self, letter: str) -> tuple[str, int] | None:
        """Read topic-partition and offset of an id that anybody may have written."""
        name, _, at = letter.rpartition("-")
        topic, _, partition = name.rpartition("-")
        offset = _number(at)
        known = topic in self._stages and _number(partition) is not None
        return (name, offset) if known and offset is not None else None

    def _lines(self, action: str, letter: str, body: Document) -> Write:
        address: Document = {"_index": self._alias, "_id": letter, "require_alias": True}
        address |= {"retry_on_conflict": 3} if action == "update" else {}
        return Write(letter, 1, to_json({action: address}) + b"\n" + to_json(body) + b"\n")


def document(letter: Letter, value: bytes | None, stage: str) -> Document:
    """Tell what is known of a letter, which anybody may have written: no header is certain."""
    return {
        "letter": letter.id,
        "@timestamp": letter.written_at.isoformat(),
        "stage": stage,
        "reason": _cut(letter.reason),
        "error_class": _cut(letter.header("dlq_error_class")),
        "error": _cut(letter.header("dlq_error_message")),
        "article_id": _cut(letter.article),
        "sources": source(value),
        "topic": letter.place.topic,
        "partition": letter.place.partition,
        "offset": letter.place.offset,
        "origin_topic": _cut(letter.topic),
        "origin_partition": _number(letter.header("dlq_partition")),
        "origin_offset": _number(letter.header("dlq_offset")),
        "tries": _number(letter.header("dlq_tries")),
        "size": letter.size,
        # A character is four bytes at most, so one that is cut in two lies behind the last kept.
        "excerpt": None if value is None else _cut(text(value[: 4 * EXCERPT])),
    }


def state(resolution: Resolution | None, *, lost: bool = False) -> Document:
    """Tell what became of a letter; one that Kafka has `lost` can no longer be settled."""
    return {
        "state": resolution.what if resolution else "expired" if lost else "open",
        "resolved_at": resolution.at.astimezone(UTC).isoformat() if resolution else None,
        "resolved_by": _cut(resolution.by) if resolution else None,
    }


def source(value: bytes | None) -> str | None:
    """Find the name of the article's source, where the bytes are an event so far."""
    if value is None or len(value) > PARSED:
        return None
    try:
        name = json.loads(value)["source"]["name"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    # JSON can name half a character, which is no text and can't be sent.
    return _cut(name.encode(errors="replace").decode()) if isinstance(name, str) else None


def _cut(content: str | None) -> str | None:
    return None if content is None else harmless(content[:EXCERPT], keep="\n\t")


def _number(written: str | None) -> int | None:
    """Read a number that Elasticsearch can take, or none."""
    is_number = written is not None and written.isascii() and written.isdigit()
    return int(written) if written is not None and is_number and len(written) < 19 else None
