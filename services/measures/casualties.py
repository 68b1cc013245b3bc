"""Which counts are of the killed, and which of the injured, by the words that say what they count.

A count of both at once ("killed or wounded") is of neither.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

Fate = Literal["killed", "injured"]

WORDS: Mapping[Fate, tuple[str, ...]] = {
    "killed": ("killed", "dead", "died", "deaths", "fatalities", "slain", "perished", "murdered"),
    "injured": ("injured", "wounded", "injuries", "hurt", "maimed"),
}
"""What says so on its own."""

_LAST: Mapping[str, Fate] = {"death": "killed", "fatality": "killed", "injury": "injured"}
"""What says so as the last word: one death, but not one death threat."""
_PHRASES = (
    re.compile(r"\bdeath (?:toll|count)\b"),
    re.compile(r"\blives? (?:was |were )?(?:lost|claimed|taken)\b"),
    re.compile(r"\blost (?:their|its|his|her) li(?:fe|ves)\b"),
)
_WORD = re.compile(r"[a-z]+")


@lru_cache(maxsize=4096)
def fate(of: str | None) -> Fate | None:
    """Tell what became of those who are counted: "Buddhist pilgrims died" are killed."""
    text = (of or "").lower()
    words = _WORD.findall(text)
    told: set[Fate] = {fate for fate, said in WORDS.items() if not set(said).isdisjoint(words)}
    if words and words[-1] in _LAST:
        told.add(_LAST[words[-1]])
    if any(phrase.search(text) for phrase in _PHRASES):
        told.add("killed")
    return told.pop() if len(told) == 1 else None
