"""When two stretches of text, two values or two phrases count as the same."""

import math
import re

from services.accuracy.annotations import Offsets

ARTICLE = re.compile(r"the ", re.IGNORECASE)
POSSESSIVES = ("'s", "’s")
FILLERS = {"the", "and", "for", "with", "other", "per"}


def trimmed(text: str, start: int, end: int) -> Offsets:
    """Leave out what does not decide: white space at the rim, a leading "the", a possessive."""
    surface = text[start:end]
    start += len(surface) - len(surface.lstrip())
    end -= len(surface) - len(surface.rstrip())
    if ARTICLE.match(text, start, end) and end - start > len("the "):
        start += len("the ")
    if text[start:end].endswith(POSSESSIVES):
        end -= len("'s")
    return start, end


def shared(one: Offsets, other: Offsets) -> int:
    """Count the characters that two stretches have in common."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def likeness(one: Offsets, other: Offsets) -> float:
    """Divide the intersection by the union, in characters."""
    both = shared(one, other)
    return both / (one[1] - one[0] + other[1] - other[0] - both)


def same_value(one: float | None, other: float | None) -> bool:
    """Compare to one in a million."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


def content_words(phrase: str | None) -> set[str]:
    """Return what shows that two phrases mean the same thing; a plural counts as its singular."""
    words = re.findall(r"[a-z]{3,}", (phrase or "").lower())
    return {word.rstrip("s") for word in words} - FILLERS
