"""Re-DocRED: articles of Wikipedia in sentences and words, the mentions by the thing they name."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from training.prose import Sentence

UNNAMED = frozenset({"TIME", "NUM"})
"""Types that are no names to us."""


def docred(lines: Iterable[str]) -> Iterator[list[Sentence]]:
    """Read the documents of a file of Re-DocRED."""
    for article in json.loads("".join(lines)):
        mentions = [mention for thing in article["vertexSet"] for mention in thing]
        yield [
            Sentence(words, _names(mentions, number))
            for number, words in enumerate(article["sents"])
        ]


def _names(mentions: Sequence[dict[str, Any]], sentence: int) -> list[tuple[int, int, str]]:
    return [
        (*mention["pos"], mention["type"])
        for mention in mentions
        if mention["sent_id"] == sentence and mention["type"] not in UNNAMED
    ]
