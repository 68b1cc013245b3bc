"""The sentence that a stretch of a text stands in."""

import re

LONGEST = 320
"""Characters; a longer sentence is cut around the stretch."""

_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Gov|Sen|Rep|Lt|Col|Sgt|Prof|Jr|Sr|No|vs|approx|Jan|Feb|Mar|Apr|"
    r"Aug|Sept?|Oct|Nov|Dec)|\b[A-Z]|\.[A-Za-z])$"
)
_REACH = 1_000


def sentence(text: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    """Return the sentence around `text[start:end]`, on one line, and where in it that stands."""
    first = max(0, start - _REACH)
    for found in _END.finditer(text, first, start):
        if not _ABBREVIATED.search(text, max(0, found.start() - 12), found.start()):
            first = found.end()
    last = min(len(text), end + _REACH)
    for found in _END.finditer(text, end, last):
        if not _ABBREVIATED.search(text, max(0, found.start() - 12), found.start()):
            last = found.start() + len(found.group().rstrip())
            break
    before, marked, after = text[first:start], text[start:end], text[end:last]
    half = (LONGEST - len(marked)) // 2
    if len(before) > half:
        before = "…" + before[-half:].partition(" ")[2]
    if len(after) > half:
        after = after[:half].rpartition(" ")[0] + "…"
    before, marked, after = (
        " ".join(f"|{part}|".split())[1:-1] for part in (before, marked, after)
    )
    before = before.lstrip()
    return before + marked + after.rstrip(), (len(before), len(before) + len(marked))
