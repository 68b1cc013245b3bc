"""Long passages cut to the length that the model learns from at once."""

from collections.abc import Iterator

from training.passages import Passage, Span, Stretch, overlap

MOST = 1_800
"""Characters of a piece: 300 to 400 tokens."""
ENDS = ("\n", ". ", " ")
"""Where a piece may end, the best first."""


def pieces(passage: Passage, most: int = MOST) -> Iterator[Passage]:
    """Cut a passage; a name that a cut goes through is unknown in both pieces."""
    start = 0
    while start < len(passage.text):
        end = _end(passage.text, start, most)
        yield within(passage, start, end)
        start = end


def within(passage: Passage, start: int, end: int) -> Passage:
    """Give a stretch of a passage as a passage of its own."""
    touched = [span for span in passage.spans if overlap(span, (start, end))]
    whole = [span for span in touched if start <= span.start and span.end <= end]
    cut = [span.place for span in touched if span not in whole]
    unknown = [place for place in (*passage.unknown, *cut) if overlap(place, (start, end))]
    return Passage(
        passage.text[start:end],
        tuple(Span(span.start - start, span.end - start, span.label) for span in whole),
        tuple(_moved(place, start, end) for place in unknown),
    )


def _moved(place: Stretch, start: int, end: int) -> Stretch:
    return max(place[0], start) - start, min(place[1], end) - start


def _end(text: str, start: int, most: int) -> int:
    if len(text) - start <= most:
        return len(text)
    cuts = (text.rfind(mark, start + most // 2, start + most) for mark in ENDS)
    marks = zip(ENDS, cuts, strict=True)
    return next((cut + len(mark) for mark, cut in marks if cut > 0), start + most)
