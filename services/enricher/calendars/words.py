"""The English names of months and weekdays, as patterns and as numbers."""

from datetime import date

_MONTHS = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTH_NUMBERS = {name: i for i, names in enumerate(_MONTHS, start=1) for name in names}
WEEKDAY_NUMBERS = {name: i for i, name in enumerate(_WEEKDAYS)}
"""As `date.weekday()` counts them: Monday is 0."""

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:1[6-9]|20)\d\d"


def month_number(name: str) -> int:
    """Return 1 for `January`, `Jan` and `Jan.`."""
    return MONTH_NUMBERS[name.rstrip(".").lower()]


def day_number(day: str) -> int:
    """Return 3 for `3`, `03` and `3rd`."""
    return int(day.rstrip("sthndr"))


def real_date(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
