"""Seasons, feasts, decades and eras: what is dated without the name of a month."""

import re

from services.enricher.calendars.resolving import Context, Resolve, nearest_year
from services.enricher.calendars.words import real_date

SEASON = r"(?:(?i:spring|summer|autumn|winter)|[Ff]all(?! (?:in|of|by|to|for)\b))"
_FIRST_MONTHS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}
"""A winter is of two years."""

FEASTS = {
    r"New Year['’]s Day": (1, 1),
    r"Valentine['’]s Day": (2, 14),
    r"St\.? Patrick['’]s Day": (3, 17),
    r"Bastille Day": (7, 14),
    r"Halloween": (10, 31),
    r"Christmas Eve": (12, 24),
    r"Christmas Day": (12, 25),
    r"Boxing Day": (12, 26),
    r"New Year['’]s Eve": (12, 31),
}


def season(match: re.Match[str], context: Context) -> str | None:
    """Resolve "last summer" to its year, the best that ISO 8601 has for it."""
    first, today = _FIRST_MONTHS.get(match["season"].lower()), context.today
    if first is None or today is None:
        return None
    years = {
        "last": -1 if today.month < first + 3 else 0,
        "this": 0,
        "next": 1 if today.month >= first else 0,
    }
    return f"{today.year + years[match['near'].lower()]:04}"


def every_year_on(month: int, day: int) -> Resolve:
    """Resolve a feast that has the same day each year."""

    def feast(match: re.Match[str], context: Context) -> str | None:
        year = int(match["year"]) if match["year"] else nearest_year(month, day, context)
        found = real_date(year, month, day) if year else None
        return found.isoformat() if found else None

    return feast


def without_date(_match: re.Match[str], _context: Context) -> None:
    """Leave open what ISO 8601 can't say in years, months or days: a decade, a century."""


def year_pair(match: re.Match[str], _: Context) -> str | None:
    """Read 2018-05 as a month; 2018-19 and 2018/19 are two years."""
    other = int(match["other"])
    follows = other == (int(match["year"]) + 1) % 100
    is_month = match["gap"] == "-" and 1 <= other <= 12 and not follows
    return f"{match['year']}-{other:02}" if is_month else None


def era(match: re.Match[str], _: Context) -> str | None:
    """Read "AD 79"; years before Christ have no reduced form."""
    year = match["ad"] or match["year_ad"]
    return f"{int(year):04}" if year and int(year) else None
