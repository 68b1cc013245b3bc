"""What articles are about, for tests: words stand for terms of equal weight."""

from datetime import date
from math import sqrt
from typing import Any

from services.stories.about import About

DAY = date(2026, 3, 1)


def about(name: str, words: str, **changes: Any) -> About:
    """Let an article be about some words."""
    terms = words.split()
    fields: dict[str, Any] = {
        "version": 1,
        "day": DAY,
        "weights": {term: 1 / sqrt(len(terms)) for term in terms},
    }
    return About(name, **(fields | changes))


def bands(shared: int, own: str) -> tuple[str, ...]:
    """Make a signature that has its first `shared` bands in common with any other."""
    return tuple(f"{i:02}-{'same' if i < shared else own}" for i in range(32))
