"""How a noun stands in its clause: as a subject, in a clause of its own, or governed."""

import re
from enum import IntEnum

from services.enricher.quantities.words import DETERMINERS, word_set
from services.enricher.speech.words import (
    ADDRESSES,
    ADJECTIVES,
    CLAIMS,
    GOVERNORS,
    STANDS_ALONE,
    SUBORDINATORS,
    TRANSITIVES,
)

REACH = 90
"""Characters before a noun in which the word is sought that governs it."""

_TOKEN = re.compile(r"\w+(?:[.'’-]\w+)*|[^\w\s]|\n")
_BEFORE_ADJECTIVES = word_set("the a an his her its their newly recently former then most")
_AFTER_WHICH_ONE_STANDS_FREE = CLAIMS | STANDS_ALONE | word_set("and or but")
_INSIDE_NAMES = frozenset("'’-–.&")


class Standing(IntEnum):
    """The better a noun stands, the lower."""

    SUBJECT = 0
    CLAUSE = 1
    GOVERNED = 2


def standing(text: str, start: int, floor: int) -> Standing | None:
    """Tell how the noun at `start` stands; None if all words from `floor` on describe it."""
    first = max(0, start - REACH)
    found = [*_TOKEN.finditer(text, first, start)]
    words = ["", *(each.group() for each in found), "A name"]
    for index in range(len(found), 0, -1):
        if found[index - 1].start() < floor:
            break
        told = _told(*words[index - 1 : index + 2])
        if told is not None:
            return told
    return None


def _told(before: str, word: str, after: str) -> Standing | None:
    """Tell by one word before the noun, and its neighbours; None if it only describes the noun."""
    if not word[0].isalnum():
        return _told_by_mark(word)
    lower = word if word.isupper() else word.lower()  # WHO is not who
    if lower in SUBORDINATORS:
        return Standing.CLAUSE
    if lower in GOVERNORS or (word.islower() and _is_transitive(lower, before, after)):
        return Standing.GOVERNED
    if lower in {"and", "or"} and before[:1].isupper():
        return None
    return Standing.SUBJECT if lower in _AFTER_WHICH_ONE_STANDS_FREE else None


def _told_by_mark(mark: str) -> Standing | None:
    if mark in _INSIDE_NAMES:
        return None
    return Standing.GOVERNED if mark in "([" else Standing.SUBJECT


def _is_transitive(word: str, before: str, after: str) -> bool:
    """Tell a verb that has an object; "elected" after an article describes who follows."""
    if word in ADJECTIVES or word in CLAIMS:
        return False
    if word in ADDRESSES or word in TRANSITIVES:
        return True
    describes = not before[:1].isalnum() or before.lower() in _BEFORE_ADJECTIVES
    participle = word.endswith("ing") or (word.endswith("ed") and not describes)
    has_object = after[0].isupper() or after in DETERMINERS
    return participle and has_object and len(word) > 4 and not word.endswith("eed")
