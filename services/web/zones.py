"""Which part of an article's text is neither its title nor its body: menus, captions, notices.

The index holds the body as text, without the offsets of its zones.
"""

from collections.abc import Iterator

ZONES_APART = "\n\n"
"""What the indexer joins the zones of a body with."""


def rest(text: str, title: str, body: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each stretch of `text` that is no part of title or body.

    Paragraphs are looked for in their order, each behind the one before: where one stands several
    times, the first is taken, and so none is passed by. Nothing is rest when there is no body.
    """
    parts = [part for part in body.split(ZONES_APART) if part.strip()]
    if not parts:
        return
    before_body = text.find(title, 0, max(text.find(parts[0]), 0)) if title else -1
    if before_body >= 0:
        parts.insert(0, title)
    at = 0
    for part in parts:
        start = text.find(part, at)
        if start >= 0:
            yield from _told(text, at, start)
            at = start + len(part)
    yield from _told(text, at, len(text))


def _told(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretch, unless it is blank."""
    if text[start:end].strip():
        yield start, end
