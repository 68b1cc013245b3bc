"""Where quotation marks open and close."""

import re
from collections.abc import Iterator

LONGEST = 5000
"""Characters; a mark that is not closed by then was not opening a quotation."""

_CLOSERS = {
    "“": '”"',
    "„": '“”"',
    '"': '"”',
    "«": "»",
    "‘": "’",
    "'": "'",
}
_SINGLE = "‘'"
_MARK = re.compile(r"[“”„\"«»‘’']|\n")
_NEXT_PARAGRAPH = re.compile(r"\s{0,100}(\S?)")


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of what stands inside matching quotation marks, outermost only.

    A quotation over several paragraphs opens each of them and is closed once; the marks that
    open its later paragraphs belong to it. A mark that never closes in its paragraph is ignored.
    """
    mark, start = "", 0
    for found in _MARK.finditer(text):
        at, char = found.start(), found.group()
        if mark and at - start > LONGEST:
            mark = ""
        if char == "\n":
            if mark and not _goes_on(text, at, mark):
                mark = ""
        elif mark and char in _CLOSERS[mark] and _closes(text, at, mark):
            yield start, at
            mark = ""
        elif char in (mark or _CLOSERS) and _opens(text, at):
            mark, start = (mark, start) if mark and _starts_paragraph(text, at) else (char, at + 1)


def _goes_on(text: str, at: int, mark: str) -> bool:
    following = _NEXT_PARAGRAPH.match(text, at)
    return following is not None and following[1] == mark


def _starts_paragraph(text: str, at: int) -> bool:
    return not text[max(0, at - 100) : at].rpartition("\n")[2].strip()


def _opens(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return not before.isalnum() and not after.isspace() and after not in {"", ",", "."}


def _closes(text: str, at: int, mark: str) -> bool:
    """Tell a closing mark; a single one may be an apostrophe, and must follow a stop."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark in _SINGLE:
        return before in {".", ",", "!", "?", "…"} and not after.isalnum()
    return not (before.isspace() and after.isalnum())
