"""How English says dates: a pattern for each form, and what it means."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from services.enricher.calendars.words import (
    DAY,
    MONTH,
    WEEKDAY,
    WEEKDAY_NUMBERS,
    YEAR,
    day_number,
    month_number,
    real_date,
)

LONG_PAST = timedelta(days=330)
"""A day and month that were so long ago, and come again sooner, are meant as coming."""


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


def _numeric(match: re.Match[str], _: Context) -> str | None:
    """Read 30/01/2019 and 01/30/2019; 03/05/2019 may be March or May."""
    a, b = int(match["a"]), int(match["b"])
    if a != b and max(a, b) <= 12:
        return None
    return _iso(real_date(int(match["year"]), min(a, b), max(a, b)))


def _absolute(match: re.Match[str], _: Context) -> str | None:
    return _iso(real_date(int(match["year"]), int(match["month"]), int(match["day"])))


def _day_of_month(match: re.Match[str], context: Context) -> str | None:
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
    stale = today - was > LONG_PAST and comes - today < today - was
    return coming if (context.ahead and was != today) or stale else past


def _month(match: re.Match[str], context: Context) -> str | None:
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


def _weekday(match: re.Match[str], context: Context) -> str | None:
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
    if near == "this":
        return _iso(today + timedelta(days=wanted - today.weekday()))
    return _iso(today - timedelta(days=back or (7 if near else 0)))


def _beside_today(days: int) -> Resolve:
    return lambda _, context: _iso(context.today and context.today + timedelta(days=days))


def _unit(match: re.Match[str], context: Context) -> str | None:
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


_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTS = {word: n for n, word in enumerate(_COUNTED, start=1)} | {"a": 1, "an": 1}


def _distance(match: re.Match[str], context: Context) -> str | None:
    """Resolve "three years ago" from publication, "two days earlier" from the day before it."""
    word = match["count"].lower()
    steps = int(word) if word.isdigit() else _COUNTS[word]
    way = match["way"].lower()
    unit = match["unit"].lower()
    origin = context.today if way == "ago" else context.previous
    if origin is None or (way != "ago" and unit != "day"):
        return None
    return _stepped(origin, unit, steps if way == "later" else -steps)


def _anchored(match: re.Match[str], context: Context) -> str | None:
    days = {"same": 0, "that": 0, "previous": -1, "following": 1, "next": 1}
    day = context.previous
    return _iso(day and day + timedelta(days=days[match["near"].lower()]))


def _bare_year(match: re.Match[str], _: Context) -> str | None:
    return match["date"]


_S = r"[^\S\n]{1,3}"
_NEAR = rf"(?P<near>(?i:this{_S}past|this|that|last|next|past|previous|coming)){_S}"
_WEEK = rf"(?P<week>(?i:last|this|next)){_S}week"
_YEAR_NEAR = rf"(?P<near>this|last|next){_S}year"
_OF_YEAR = rf"(?:(?:,|,?{_S}of)?{_S}(?P<year>{YEAR})\b|{_S}of{_S}{_YEAR_NEAR}\b)"
_TO = rf"(?:{_S})?[-–](?:{_S})?(?P<to>{DAY})(?!\d)"
_PART = rf"(?:{_S}(?:early{_S}|late{_S})?(?:morning|afternoon|evening|night)\b)?"
_MONTH_AFTER = (
    r"\b(?:(?i:in|since|until|till|from|during|of|through|before|after|between|early|late|mid)"
    rf"(?:{_S}|-)|{MONTH}{_S}(?:and|or|to){_S})"
)
_YEAR_AFTER = (
    r"\b(?i:in|since|until|till|during|early|late|mid|year|summer|winter|spring|autumn|fall)"
    rf"(?:{_S}|-)"
)
_YEAR_IN_NAME = rf"\b(?i:of|from|to|by|after|before|through|between|and|the|its|his|her|their){_S}"
_NO_COUNT = rf"(?!{_S}(?:[a-z]+s|people|men|women|children)\b)"
_YEAR_ALONE = rf"(?P<date>{YEAR})(?![\d%]|[.,]\d|{_S}?[-–/]|[-–/])"
_NAMED_DAY = "".join(
    rf"(?<!\b{name} )" for name in ("Black", "Super", "Good", "Bloody", "Ash", "Palm", "Cyber")
)
_NEWSPAPER = rf"(?!{_S}(?:Times|Mirror|Telegraph|Mail|Express|Herald|Post)\b)"

RULES: tuple[tuple[re.Pattern[str], Resolve], ...] = tuple(
    (re.compile(pattern), resolve)
    for pattern, resolve in (
        (
            rf"(?<![\d-])(?P<date>(?P<year>{YEAR})-(?P<month>\d\d)-(?P<day>\d\d))(?![\d-])",
            _absolute,
        ),
        (
            (
                r"(?<![\d/.])(?P<date>(?P<a>\d\d?)(?P<gap>[/.])(?P<b>\d\d?)(?P=gap)"
                rf"(?P<year>{YEAR}))(?![\d/])"
            ),
            _numeric,
        ),
        (
            (
                rf"\b(?P<date>(?:{WEEKDAY},?{_S})?(?P<month>{MONTH}){_S}(?P<day>{DAY})(?![\d%]|[.,:]\d)"
                rf"(?:{_TO})?{_OF_YEAR}?)"
            ),
            _day_of_month,
        ),
        (
            (
                rf"(?<![\d.,:$])\b(?P<date>(?:{WEEKDAY},?{_S})?(?P<day>{DAY})(?:{_TO})?{_S}(?:of{_S})?"
                rf"(?P<month>{MONTH})(?!\w){_OF_YEAR}?)"
            ),
            _day_of_month,
        ),
        (rf"\b(?P<date>(?P<month>{MONTH})(?:,|{_S}of)?{_S}(?P<year>{YEAR})\b)", _month),
        (rf"\b(?P<date>(?P<month>{MONTH}){_S}(?P<of>of){_S}{_YEAR_NEAR}\b)", _month),
        (rf"\b(?P<date>{_NEAR}(?P<month>{MONTH})(?!\w|{_S}\d))", _month),
        (rf"{_MONTH_AFTER}(?P<date>(?P<month>{MONTH})(?![\w’]))", _month),
        (rf"\b(?P<date>{_WEEK}{_S}on{_S}(?P<weekday>{WEEKDAY})\b{_PART})", _weekday),
        (rf"\b(?P<date>(?P<weekday>{WEEKDAY}){_PART}{_S}{_WEEK}\b)", _weekday),
        (
            rf"{_NAMED_DAY}\b(?P<date>(?:{_NEAR})?(?P<weekday>{WEEKDAY})\b{_PART}){_NEWSPAPER}",
            _weekday,
        ),
        (rf"\b(?P<date>(?i:this{_S}(?:morning|afternoon|evening)|tonight)\b)", _beside_today(0)),
        (r"(?<!USA )\b(?P<date>[Tt]oday\b)", _beside_today(0)),
        (rf"\b(?P<date>(?i:yesterday\b{_PART}|last{_S}night\b))", _beside_today(-1)),
        (rf"\b(?P<date>(?i:tomorrow)\b{_PART})", _beside_today(1)),
        (rf"\b(?P<date>{_NEAR}(?P<unit>week|weekend|month|year)\b)", _unit),
        (
            (
                rf"\b(?P<date>(?P<count>(?i:\d{{1,3}}|an?|{'|'.join(_COUNTED)})){_S}"
                rf"(?P<unit>day|week|month|year)s?{_S}(?P<way>ago|earlier|later)\b)"
            ),
            _distance,
        ),
        (rf"\b(?P<date>(?i:the{_S}(?P<near>same|previous|following|next)){_S}day\b)", _anchored),
        (rf"\b(?P<date>(?P<near>[Tt]hat){_S}day\b)", _anchored),
        (_YEAR_AFTER + _YEAR_ALONE, _bare_year),
        (rf"\((?P<date>{YEAR})\)", _bare_year),
        (_YEAR_IN_NAME + _YEAR_ALONE + _NO_COUNT, _bare_year),
    )
)
