"""Annotated text, as all sources are read into it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

Stretch = tuple[int, int]


class Span(NamedTuple):
    """A named stretch of a text, in code points."""

    start: int
    end: int
    label: str

    @property
    def place(self) -> Stretch:
        """Where it stands, whatever it is."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its names, in order and apart; of what is `unknown` nothing is learned."""

    text: str
    spans: tuple[Span, ...] = ()
    unknown: tuple[Stretch, ...] = ()


def apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Keep the longest of spans that overlap, the first of equals; give them in order."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        if not any(overlap(span, other) for other in kept):
            kept.append(span)
    return tuple(sorted(kept))


def overlap(one: Span | Stretch, other: Span | Stretch) -> bool:
    """Tell whether two stretches have a character in common."""
    return one[0] < other[1] and other[0] < one[1]


def without_article(text: str, span: Span) -> Span:
    """Leave out a leading "the", which is no part of a name here."""
    leading = text[span.start : span.end][:4].lower() == "the "
    return span._replace(start=span.start + 4) if leading and span.end - span.start > 4 else span
