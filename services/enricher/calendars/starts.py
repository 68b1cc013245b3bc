"""The words that a date may begin with, so that each rule is tried only where one of them stands.

A word is written small, and of "twenty-first" or "New Year" it is the first part that counts.
"""

import re
from collections.abc import Iterable, Iterator

from services.enricher.calendars.counting import COUNTED
from services.enricher.calendars.words import MONTH_NUMBERS, ORDINALS, WEEKDAY_NUMBERS

_DIGITS = re.compile(r"\d\d*")  # begins with what can be searched for, unlike \d+
_FIRST_WORD = re.compile(r"\w+")

YEARS = frozenset(["0000"])
"""Four digits, whichever they are."""
DIGITS = frozenset(["0"])
"""More or fewer digits, as of a day."""
ABBREVIATED = frozenset(["'"])
"""What stands for the century of the '90s."""
MONTHS = frozenset(MONTH_NUMBERS)
WEEKDAYS = frozenset(WEEKDAY_NUMBERS)
WEEKDAYS_BEFORE_DATE = WEEKDAYS.union(
    ("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun")
)
NEAR = frozenset(["this", "that", "last", "next", "past", "previous", "coming"])
SEASONS = frozenset(["spring", "summer", "autumn", "winter", "fall"])


def first_words(phrases: Iterable[str]) -> frozenset[str]:
    """Give what phrases begin with."""
    return frozenset(word.group().lower() for word in map(_FIRST_WORD.match, phrases) if word)


COUNTS = first_words(COUNTED)
DAYS_IN_WORDS = first_words(ORDINALS)


def digits(text: str) -> Iterator[tuple[int, str]]:
    """Yield where digits stand, and how they are listed above."""
    for found in _DIGITS.finditer(text):
        yield found.start(), "0000" if len(found.group()) == 4 else "0"
