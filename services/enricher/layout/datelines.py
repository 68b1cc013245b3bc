"""How pages print the day on which an article was published."""

import re
from datetime import date

from services.enricher.calendars.words import (
    DAY,
    MONTH,
    WEEKDAY,
    WEEKDAY_BEFORE_DATE,
    WEEKDAY_NUMBERS,
    YEAR,
    day_number,
    month_number,
    real_date,
)

_DATE = (
    rf"(?:(?P<month>{MONTH})\s(?P<day>{DAY}),?\s(?P<year>{YEAR})"
    rf"|(?P<day2>{DAY})\s(?P<month2>{MONTH}),?\s(?P<year2>{YEAR})"
    rf"|(?P<year3>{YEAR})(?P<gap3>[-/.])(?P<month3>\d\d)(?P=gap3)(?P<day3>\d\d)(?!\d)"
    rf"|(?P<a>\d\d?)(?P<gap>[-/.])(?P<b>\d\d?)(?P=gap)(?P<year4>{YEAR})(?!\d))"
)
_NAMED = rf"(?:(?P<weekday>{WEEKDAY_BEFORE_DATE}),?\s)?{_DATE}"
_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\b\.?)?(?:\s?\(?[A-Z]{1,4}\)?)?"
_LABEL = (
    r"(?:(?:release\s|publication\s)?date|(?:first\s|originally\s)?(?:published|posted)|issued)"
    r"(?:\son|\sat)?\s?:?\s"
)
_NAME = r"[^\W\d][^\d|•·,]{1,60}"
_BEFORE = (
    rf"(?:{_LABEL}|By\s[^\d]{{2,60}}?[\s,|•·–—-]|{_NAME}\s[|•·]\s)?"
    rf"(?P<clock>{_CLOCK},?\s(?:on\s)?)?"
)
_AFTER = (
    rf"(?P<clock_after>(?:T|[\s,|/–—-]{{1,3}}(?:at\s)?){_CLOCK})?\.?"
    r"(?:\s?[|•·/–—,-]?\s?(?:updated|modified|by|in|\d+\smin)\b.{0,80}|\s[|•·]\s.{1,60})?"
)
_LINE = re.compile(rf"\(?{_BEFORE}{_NAMED}\)?{_AFTER}", re.IGNORECASE)
_STATED = re.compile(
    r"(?:(?:last\s)?(?:updated|modified)\b.{3,60}?[\s|;,])?"
    rf"(?:this\s(?:article|story)\swas\s)?{_LABEL}(?:{_CLOCK},?\s(?:on\s)?)?{_NAMED}"
    r"(?=\.?$|T\d|\s?[|;·•(/–—-]|,?\s(?:\d|(?:at|by|in|on|updated|modified|last)\b))",
    re.IGNORECASE,
)
_AT_THE_LEAD = re.compile(
    rf"(?!{WEEKDAY}|(?:In|On|At|By|From|Since|The|It|A)\s)"
    r"[A-Z][^\W\d_](?:[^\W\d_]|[ .'’/-]){0,40}"
    rf"(?:,\s[A-Z](?:[^\W\d_]|[ .]){{1,30}})?(?:,\s|\s?[–—-]\s|\s\(){_NAMED}\)?"
    r"\s?(?:\([^()]{2,40}\)|/[^/]{2,40}/)?\s?[-–—:]"
)
# All of the text is searched: to look for the first letter first halves the time.
_DAY_OF_THE_BODY = re.compile(
    rf"(?=[FMSTW])\b(?P<weekday>{WEEKDAY}),?\s(?:(?P<month>{MONTH})\s(?P<day>{DAY})"
    rf"|(?:the\s)?(?P<day2>{DAY})\s(?:of\s)?(?P<month2>{MONTH}))\b(?!,?\s?(?:of\s)?{YEAR})"
)


class Dateline:
    """A date that a page prints, and how."""

    def __init__(self, found: re.Match[str], day: date) -> None:
        parts = found.groupdict()
        self.day = day
        self.has_clock = bool(parts.get("clock") or parts.get("clock_after"))
        weekday = (parts.get("weekday") or "").lower().rstrip(".")
        numbers = [n for name, n in WEEKDAY_NUMBERS.items() if weekday and name.startswith(weekday)]
        self.is_misnamed = bool(numbers) and day.weekday() not in numbers
        """Whether the date does not fall on the weekday that is printed with it."""


def line_with_date(text: str) -> Dateline | None:
    """Read a line that is a date, perhaps with a time, a label, an author or a section."""
    return _dateline(_LINE.fullmatch(text))


def stated(text: str) -> Dateline | None:
    """Read "Published on …" at the head of a line."""
    return _dateline(_STATED.match(text))


def at_the_lead(text: str) -> Dateline | None:
    """Read "LONDON, Jan. 30, 2019 (Reuters) -" at the head of a paragraph."""
    return _dateline(_AT_THE_LEAD.match(text))


def contradicts(text: str, published: date) -> bool:
    """Whether a "Tuesday, November 29" of the text was no Tuesday about the time of publication."""
    for found in _DAY_OF_THE_BODY.finditer(text):
        parts = found.groupdict()
        month = month_number(parts["month"] or parts["month2"])
        day = day_number(parts["day"] or parts["day2"])
        years = (published.year - 1, published.year, published.year + 1)
        days = [each for year in years if (each := real_date(year, month, day))]
        nearest = min(days, key=lambda each: abs(each - published), default=published)
        if WEEKDAY_NUMBERS[parts["weekday"].lower()] != nearest.weekday():
            return True
    return False


def _dateline(found: re.Match[str] | None) -> Dateline | None:
    day = _date(found.groupdict()) if found else None
    return Dateline(found, day) if found and day else None


def _date(parts: dict[str, str]) -> date | None:
    if parts["year3"]:
        return real_date(int(parts["year3"]), int(parts["month3"]), int(parts["day3"]))
    if parts["year4"]:
        return _numeric(int(parts["a"]), int(parts["b"]), int(parts["year4"]))
    month = month_number(parts["month"] or parts["month2"])
    day = day_number(parts["day"] or parts["day2"])
    return real_date(int(parts["year"] or parts["year2"]), month, day)


def _numeric(a: int, b: int, year: int) -> date | None:
    """Read 30/01/2019 and 01/30/2019; 03/05/2019 may be March or May."""
    if a != b and max(a, b) <= 12:
        return None
    return real_date(year, min(a, b), max(a, b))
