"""What a date expression means, given when the article was published."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from services.enricher.calendars.words import (
    WEEKDAY_NUMBERS,
    day_number,
    month_number,
    real_date,
)

LONG_PAST, LONG_PAST_LAST_YEAR = timedelta(days=310), timedelta(days=275)
"""A day and month that were so long ago are meant as coming; in its own year an article goes
further back without naming the year."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a date expression is resolved against."""

    today: date | None
    """The day of publication, if known."""
    previous: date | None
    """The day that the article spoke of last."""
    ahead: bool
    """Whether the sentence speaks of what is to come."""


Resolve = Callable[[re.Match[str], Context], str | None]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def numeric(match: re.Match[str], _: Context) -> str | None:
    """Read 30/01/2019 and 01/30/2019; 03/05/2019 may be March or May."""
    a, b = int(match["a"]), int(match["b"])
    if a != b and max(a, b) <= 12:
        return None
    return _iso(real_date(int(match["year"]), min(a, b), max(a, b)))


def absolute(match: re.Match[str], _: Context) -> str | None:
    """Read 2019-01-30."""
    return _iso(real_date(int(match["year"]), int(match["month"]), int(match["day"])))


def day_of_month(match: re.Match[str], context: Context) -> str | None:
    """Read a day and a month, with or without the year."""
    parts = match.groupdict()
    month = month_number(parts["month"])
    day = day_number(parts["day"])
    year = int(parts["year"]) if parts["year"] else _year(parts["near"], context)
    if year is None:
        year = _nearest_year(month, day, context)
    if year is None or real_date(year, month, day) is None:
        return None
    return f"{year}-{month:02}" if parts["to"] else _iso(date(year, month, day))


def _year(near: str | None, context: Context) -> int | None:
    """Resolve the year of "September 20 of this year"."""
    if near is None or context.today is None:
        return None
    return context.today.year + {"last": -1, "this": 0, "next": 1}[near.lower()]


def _nearest_year(month: int, day: int, context: Context) -> int | None:
    """Choose the year for a day and month: the last such day, or the next if that is meant."""
    today = context.today
    if today is None:
        return None
    past, coming = today.year, today.year + 1
    if (month, day) > (today.month, today.day):
        past, coming = past - 1, past
    was, comes = real_date(past, month, day), real_date(coming, month, day)
    if was is None or comes is None:
        return past if was else coming
    stale = today - was > (LONG_PAST if was.year == today.year else LONG_PAST_LAST_YEAR)
    return coming if (context.ahead and was != today) or stale else past


def month(match: re.Match[str], context: Context) -> str | None:
    """Read a month, with or without the year."""
    parts = match.groupdict()
    month = month_number(parts["month"])
    if parts.get("year"):
        return f"{parts['year']}-{month:02}"
    near = " ".join((parts.get("near") or "").lower().split())
    if near == "that":
        return f"{context.previous.year:04}-{month:02}" if context.previous else None
    today = context.today
    if today is None:
        return None
    if parts.get("of"):
        year = _year(near, context)
    elif near in {"last", "past", "this past"}:
        year = today.year - (month >= today.month)
    elif near in {"next", "coming"}:
        year = today.year + (month <= today.month)
    elif near == "this" or month == today.month:
        year = today.year
    else:
        year = _nearest_year(month, 1, context)
    return f"{year}-{month:02}" if year else None


def weekday(match: re.Match[str], context: Context) -> str | None:
    """Resolve a weekday alone, with last/this/next, or within last/this/next week."""
    today = context.today
    if today is None:
        return None
    parts = match.groupdict()
    wanted = WEEKDAY_NUMBERS[parts["weekday"].lower()]
    if parts.get("week"):
        monday = today - timedelta(days=today.weekday())
        weeks = {"last": -1, "this": 0, "next": 1}[parts["week"].lower()]
        return _iso(monday + timedelta(weeks=weeks, days=wanted))
    near = " ".join((parts.get("near") or "").lower().split())
    back = (today.weekday() - wanted) % 7
    if near in {"next", "coming"} or (not near and context.ahead and back):
        return _iso(today + timedelta(days=7 - back))
    if near == "that":
        return None
    if near == "this":
        return _iso(today + timedelta(days=wanted - today.weekday()))
    return _iso(today - timedelta(days=back or (7 if near else 0)))


def beside_today(days: int) -> Resolve:
    """Count days from publication."""
    return lambda _, context: _iso(context.today and context.today + timedelta(days=days))


def unit(match: re.Match[str], context: Context) -> str | None:
    """Resolve "last month" and "this year"; a week has no ISO 8601 date."""
    steps = {"this": 0, "last": -1, "next": 1}.get(match["near"].lower())
    if context.today is None or steps is None:
        return None
    return _stepped(context.today, match["unit"].lower(), steps)


def _stepped(day: date, unit: str, steps: int) -> str | None:
    """Count days, months or years from a day, with the precision of the unit."""
    months = day.year * 12 + day.month - 1 + (steps if unit == "month" else 0)
    year = months // 12 + (steps if unit == "year" else 0)
    if unit == "day":
        return _iso(day + timedelta(days=steps))
    if unit not in {"month", "year"} or not date.min.year <= year <= date.max.year:
        return None
    return f"{year:04}-{months % 12 + 1:02}" if unit == "month" else f"{year:04}"


COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTS = {word: n for n, word in enumerate(COUNTED, start=1)} | {"a": 1, "an": 1}


def distance(match: re.Match[str], context: Context) -> str | None:
    """Resolve "three years ago" from publication, "two days earlier" from the day before it."""
    word = match["count"].lower()
    steps = int(word) if word.isdigit() else _COUNTS[word]
    way = match["way"].lower()
    unit = match["unit"].lower()
    origin = context.today if way == "ago" else context.previous
    if origin is None or (way != "ago" and unit != "day"):
        return None
    return _stepped(origin, unit, steps if way == "later" else -steps)


def anchored(match: re.Match[str], context: Context) -> str | None:
    """Count from the day spoken of last."""
    days = {"same": 0, "that": 0, "previous": -1, "following": 1, "next": 1}
    day = context.previous
    return _iso(day and day + timedelta(days=days[match["near"].lower()]))


def bare_year(match: re.Match[str], _: Context) -> str | None:
    """Read a year."""
    return match["date"]
