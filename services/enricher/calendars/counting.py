"""Dates that are counted: from the day of publication, or from what the article named last."""

import re
from datetime import date, timedelta

from services.enricher.calendars.resolving import Context, Resolve

_NUMERALS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_COUNTS = {word: n for n, word in enumerate(_NUMERALS, start=1)} | {"a": 1, "an": 1}
_COUNTS |= {word: 10 * n for n, word in enumerate(_TENS, start=2)}
_COUNTS |= {
    f"{tens}-{one}": _COUNTS[tens] + _COUNTS[one] for tens in _TENS for one in _NUMERALS[:9]
}
COUNTED = tuple(sorted(_COUNTS, key=len, reverse=True))
"""Longer ones first, for a pattern: "seventeen" before "seven"."""
_STEPS = {"same": 0, "that": 0, "previous": -1, "following": 1, "next": 1}
_LENGTHS = {"day": 10, "month": 7, "year": 4}
"""Characters of a date in ISO 8601 that states the unit."""


def beside_today(days: int) -> Resolve:
    """Count days from publication."""
    return lambda _, context: _moved(context.today, days)


def unit(match: re.Match[str], context: Context) -> str | None:
    """Resolve "last month" and "this year"; a week has no ISO 8601 date."""
    steps = {"this": 0, "last": -1, "next": 1}.get(match["near"].lower())
    if context.today is None or steps is None:
        return None
    return _stepped(context.today, match["unit"].lower(), steps)


def distance(match: re.Match[str], context: Context) -> str | None:
    """Resolve "three years ago" from publication, "two days earlier" from what was named last."""
    word, unit, way = (match[name].lower() for name in ("count", "unit", "way"))
    steps = int(word) if word.isdigit() else _COUNTS[word]
    if unit == "decade":
        steps, unit = 10 * steps, "year"
    if way == "ago":
        return _stepped(context.today, unit, -steps) if context.today else None
    return _from_named(context, unit, steps if way == "later" else -steps)


def anchored(match: re.Match[str], context: Context) -> str | None:
    """Resolve "the same day", "the following year" from what was named last."""
    return _from_named(context, match["unit"].lower(), _STEPS[match["near"].lower()])


def _from_named(context: Context, unit: str, steps: int) -> str | None:
    if unit == "day":
        return _moved(context.previous, steps)
    named = context.named or ""
    if unit not in _LENGTHS or len(named) < _LENGTHS[unit]:
        return None
    found = _stepped(date.fromisoformat((named + "-01-01")[:10]), unit, steps)
    ahead = found and context.today and found > context.today.isoformat()
    return None if ahead else found


def _moved(day: date | None, days: int) -> str | None:
    """Count days; None when that would leave the calendar."""
    try:
        return (day + timedelta(days=days)).isoformat() if day else None
    except OverflowError:
        return None


def _stepped(day: date, unit: str, steps: int) -> str | None:
    """Count days, months or years from a day, with the precision of the unit."""
    if unit == "day":
        return _moved(day, steps)
    months = day.year * 12 + day.month - 1 + (steps if unit == "month" else 0)
    year = months // 12 + (steps if unit == "year" else 0)
    if unit not in _LENGTHS or not date.min.year <= year <= date.max.year:
        return None
    return f"{year:04}-{months % 12 + 1:02}" if unit == "month" else f"{year:04}"
