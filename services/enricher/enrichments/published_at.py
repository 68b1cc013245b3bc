"""When the article was published, and how that is known."""

import re
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from schemas.enriched_article import Precision, PublicationDate
from services.enricher.calendars.words import (
    DAY,
    MONTH,
    MONTH_NUMBERS,
    WEEKDAY,
    WEEKDAY_NUMBERS,
    YEAR,
    day_number,
    month_number,
    real_date,
)
from services.enricher.draft import Draft
from services.enricher.layout.boilerplate import LONGEST_JUNK, lines
from services.enricher.layout.metadata import publication_date

EARLIEST = date(1990, 1, 1)
"""News was not on the web before: an older date is a default such as 1970-01-01."""
CLOCK_SKEW = timedelta(hours=24)
DIFFERENT_DAY = timedelta(days=1)
"""Time zones make neighbours of the same day."""
NEAR_THE_TITLE = 6
"""Lines; a date further down is something the article tells."""

_DATE = (
    rf"(?:(?P<month>{MONTH})\s(?P<day>{DAY}),?\s(?P<year>{YEAR})"
    rf"|(?P<day2>{DAY})\s(?P<month2>{MONTH}),?\s(?P<year2>{YEAR})"
    rf"|(?P<iso>{YEAR}-\d\d-\d\d))"
)
_CLOCK = r"(?:(?:T|[\s,|–—-]+(?:at\s)?)(?P<clock>\d{1,2}[:.]\d\d\b.{0,20}))?"
_AUTHOR = r"(?:By\s[^\d]{2,60}?\s?[,|•·–—-]\s)?"
_DATELINE = re.compile(rf"{_AUTHOR}(?:(?P<weekday>{WEEKDAY}),?\s)?{_DATE}{_CLOCK}", re.IGNORECASE)
_STATED = re.compile(
    rf"(?:first\s)?(?:published|posted)\s?(?:on|at)?\s?:?\s(?:(?P<weekday>{WEEKDAY}),?\s)?{_DATE}",
    re.IGNORECASE,
)
_AT_THE_LEAD = re.compile(
    rf"(?!{WEEKDAY})[A-Z][A-Za-z .'-]{{1,40}},(?:\s[A-Z][A-Za-z .]{{1,30}},)?\s{_DATE}"
    r"\s?(?:\([^()]{2,40}\))?\s?[-–—:]"
)
_IN_URL = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<gap>[-/_]?)(?P<month>\d\d|[a-z]{3})(?P=gap)(?P<day>\d\d)(?!\d)",
    re.IGNORECASE,
)
_ZONE = re.compile(r"[Z+-]")
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day", 16: "minute"}


def published_at(draft: Draft) -> PublicationDate | None:
    """Take the word of the source or its page, else a dateline, else the URL.

    A date above the title is no dateline: pages print there the day on which they were rendered.
    """
    stated, misnamed = _dateline(draft)
    told = draft.raw.published_at or _in_page(draft)
    if told:
        known = _start(told)
        apart = stated is not None and abs(known - stated) > DIFFERENT_DAY and len(told) >= 10
        return PublicationDate(
            value=told,
            precision=_precision(told),
            evidence="metadata",
            suspect=apart or _implausible(known, draft.raw.fetched_at),
        )
    day = stated or _in_url(draft.raw.source.url or "")
    if day is None:
        return None
    return PublicationDate(
        value=day.isoformat(),
        precision="day",
        evidence="dateline" if stated else "url",
        suspect=misnamed or _implausible(day, draft.raw.fetched_at),
    )


def _in_page(draft: Draft) -> str | None:
    """Return what the page's own metadata say."""
    return publication_date(draft.raw.text) if draft.raw.content_type == "text/html" else None


def _precision(value: str) -> Precision:
    if "T" not in value:
        return _PRECISIONS[len(value)]
    clock = _ZONE.split(value.partition("T")[2])[0]
    return "minute" if len(clock) == len("13:26") else "second"


def _start(value: str) -> date:
    """Return the first day that a date of reduced precision may mean."""
    if "T" in value:
        return datetime.fromisoformat(value).date()
    return date.fromisoformat((value + "-01-01")[:10])


def _implausible(day: date, fetched_at: datetime) -> bool:
    return day < EARLIEST or datetime.combine(day, time(), UTC) > fetched_at + CLOCK_SKEW


def _dateline(draft: Draft) -> tuple[date | None, bool]:
    """Return the date that the article states as its own, and whether its weekday is wrong."""
    title_end = draft.title.end if draft.title else None
    below_title = (line for line in lines(draft.text) if line.start >= (title_end or 0))
    for place, line in enumerate(islice(below_title, NEAR_THE_TITLE)):
        text = line.text[:LONGEST_JUNK]
        found = _STATED.match(text) or _AT_THE_LEAD.match(text)
        if not found and (title_end is not None or place == 0):
            found = _DATELINE.fullmatch(text)
            # Without a title to stand below, a time of day tells when the page was rendered.
            found = None if found and found["clock"] and title_end is None else found
        if found and (day := _date(found)):
            return day, _misnamed(found, day)
    return None, False


def _misnamed(found: re.Match[str], day: date) -> bool:
    weekday = found.groupdict().get("weekday")
    return weekday is not None and WEEKDAY_NUMBERS[weekday.lower()] != day.weekday()


def _date(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    if parts["iso"]:
        year, month, day = (int(part) for part in parts["iso"].split("-"))
        return real_date(year, month, day)
    month = month_number(parts["month"] or parts["month2"])
    day = day_number((parts["day"] or parts["day2"]).lower())
    return real_date(int(parts["year"] or parts["year2"]), month, day)


def _in_url(url: str) -> date | None:
    for found in _IN_URL.finditer(url):
        month = found["month"].lower()
        number = int(month) if month.isdigit() else MONTH_NUMBERS.get(month, 0)
        if day := real_date(int(found["year"]), number, int(found["day"])):
            return day
    return None
