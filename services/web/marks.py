"""A text in pieces: what is plain, and what an entity, a number or a hit marks.

Nothing here knows HTML: a piece is text, and the template escapes it like any other.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

Note = TypeVar("Note")

MOST_AT_ONCE = 4
"""Spans over one character; an event can claim thousands, and nobody could read them."""

# Controls that HTML forbids, those that reorder what follows, halves of a surrogate pair. Not the
# marks U+200E and U+200F: right-to-left text needs them, and they move nothing beyond a word.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Span(Generic[Note]):
    """A stretch of a text, in code points, and what is to be said of it."""

    start: int
    end: int
    note: Note


@dataclass(frozen=True, slots=True)
class Piece(Generic[Note]):
    """A stretch over which the same spans lie; the shortest comes first."""

    text: str
    notes: tuple[Note, ...] = ()
    begins: tuple[Note, ...] = ()
    """Those of `notes` whose span starts here."""


def pieces(text: str, spans: Iterable[Span[Note]]) -> Iterator[Piece[Note]]:
    """Cut `text` wherever a span starts or ends; the pieces joined are what `shown` says of it.

    Spans may overlap, nest and come in any order; what lies outside the text is left out.
    """
    within = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    waiting = deque(sorted(within, key=lambda span: (span.start, -span.end)))
    cuts = sorted({0, len(text), *(edge for span in within for edge in (span.start, span.end))})
    open_spans: list[Span[Note]] = []
    for start, end in pairwise(cuts):
        open_spans = [span for span in open_spans if span.end > start]
        while waiting and waiting[0].start == start:
            span = waiting.popleft()
            if len(open_spans) < MOST_AT_ONCE:
                open_spans.append(span)
        open_spans.sort(key=lambda span: span.end - span.start)
        yield Piece(
            shown(text[start:end]),
            tuple(span.note for span in open_spans),
            tuple(span.note for span in open_spans if span.start == start),
        )


def shown(text: str) -> str:
    """Leave out what no page may hold or what would reorder the text around it."""
    return _UNSHOWN.sub("", text)
