"""What a date expression means, given when the article was published."""

import re
from collections.abc import Callable, Mapping
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
    named: str | None
    """The day, month or year that the article named last with its year."""
    ahead: bool
    """Whether the sentence speaks of what is to come."""


Parts = Mapping[str, str | None]
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
    year = _stated_year(parts, month, context) or nearest_year(month, day, context)
    if year is None or real_date(year, month, day) is None:
        return None
    return f"{year}-{month:02}" if parts.get("to") else _iso(date(year, month, day))


def _stated_year(parts: Parts, month: int, context: Context) -> int | None:
    """Read the year that stands with a date, or with the date after it: "May 3 to June 4, 2018"."""
    if parts.get("year"):
        return int(parts["year"] or 0)
    if parts.get("near"):
        return _year(parts["near"], context)
    if parts.get("later"):
        return int(parts["later"] or 0) - (month > month_number(parts["later_month"] or ""))
    return None


def _year(near: str | None, context: Context) -> int | None:
    """Resolve the year of "September 20 of this year"."""
    if near is None or context.today is None:
        return None
    return context.today.year + {"last": -1, "this": 0, "next": 1}[near.lower()]


def nearest_year(month: int, day: int, context: Context) -> int | None:
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
    near = " ".join((parts.get("near") or "").lower().split())
    if near == "that":
        return f"{context.previous.year:04}-{month:02}" if context.previous else None
    stated = _stated_year(parts | {"near": near if parts.get("of") else None}, month, context)
    year = stated or _year_of_month(month, near, context)
    return f"{year}-{month:02}" if year else None


def _year_of_month(month: int, near: str, context: Context) -> int | None:
    """Choose the year of a month that is named without."""
    today = context.today
    if today is None:
        return None
    if near in {"last", "past", "this past"}:
        return today.year - (month >= today.month)
    if near in {"next", "coming"}:
        return today.year + (month <= today.month)
    if near == "this" or month == today.month:
        return today.year
    return nearest_year(month, 1, context)


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


def bare_year(match: re.Match[str], _: Context) -> str | None:
    """Read a year."""
    return match["year"]


def always(value: str) -> Resolve:
    """Resolve what means one day, whenever it is said."""
    return lambda _match, _context: value
