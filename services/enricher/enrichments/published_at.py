"""When the article was published, and how that is known."""

import re
from collections import deque
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Literal

from schemas.enriched_article import Precision, PublicationDate
from services.enricher.calendars.words import MONTH_NUMBERS, real_date
from services.enricher.draft import Draft
from services.enricher.layout.boilerplate import LONGEST_JUNK, lines
from services.enricher.layout.datelines import (
    Dateline,
    at_the_lead,
    contradicts,
    line_with_date,
    stated,
)
from services.enricher.layout.metadata import publication_date

EARLIEST = date(1990, 1, 1)
"""News was not on the web before: an older date is a default such as 1970-01-01."""
CLOCK_SKEW = timedelta(hours=24)
DIFFERENT_DAY = timedelta(days=1)
"""Time zones make neighbours of the same day."""
NEAR_THE_TITLE = 6
"""Lines; a date further down is something the article tells."""
LONGEST_STATEMENT = 150
"""Characters of a line that says when the article was published, and nothing else."""
AT_THE_END = 4
"""Lines in which an article may say when it was published."""

_IN_URL = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:(?P<gap>[-_]?)(?P<month>\d\d)(?P=gap)(?P<day>\d\d)(?!\d)"
    r"|/(?P<month2>\d\d?|[a-z]{3})(?:/(?P<day2>\d\d?))?(?=[/?#]|$|-[a-z]))",
    re.IGNORECASE,
)
Evidence = Literal["metadata", "dateline", "url"]

_ZONE = re.compile(r"[Z+-]")
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day", 16: "minute"}


def published_at(draft: Draft) -> PublicationDate | None:
    """Take the word of the source or its page, else a dateline, else the URL.

    A date above the title is no dateline: pages print there the day on which they were rendered.
    """
    told = draft.raw.published_at or _in_page(draft)
    if told:
        printed = _dateline(draft)
        apart = printed is not None and _is_apart(told, printed.day)
        return _publication_date(draft, told, "metadata", suspect=apart)
    in_url = _in_url(draft.raw.source.url or "")
    if printed := _dateline(draft):
        apart = printed.is_misnamed or (in_url is not None and _is_apart(in_url, printed.day))
        return _publication_date(draft, printed.day.isoformat(), "dateline", suspect=apart)
    return _publication_date(draft, in_url, "url", suspect=False) if in_url else None


def _publication_date(
    draft: Draft, value: str, evidence: Evidence, *, suspect: bool
) -> PublicationDate:
    day = _start(value)
    doubtful = suspect or _implausible(day, draft.raw.fetched_at)
    return PublicationDate(
        value=value,
        precision=_precision(value),
        evidence=evidence,
        suspect=doubtful or (len(value) >= 10 and _is_contradicted(draft, day)),
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


def _is_apart(value: str, day: date) -> bool:
    return len(value) >= 10 and abs(_start(value) - day) > DIFFERENT_DAY


def _implausible(day: date, fetched_at: datetime) -> bool:
    return day < EARLIEST or datetime.combine(day, time(), UTC) > fetched_at + CLOCK_SKEW


def _is_contradicted(draft: Draft, day: date) -> bool:
    return any(contradicts(draft.text[start:end], day) for start, end in draft.zones())


def _dateline(draft: Draft) -> Dateline | None:
    """Find the date that the article states as its own, at its head or its end."""
    title_end = draft.title.end if draft.title else None
    below_title = (line.text for line in lines(draft.text) if line.start >= (title_end or 0))
    for place, text in enumerate(islice(below_title, NEAR_THE_TITLE)):
        if found := _said(text) or at_the_lead(text[:LONGEST_JUNK]):
            return found
        if title_end is not None or place == 0:
            found = line_with_date(text[:LONGEST_JUNK])
            # Without a title to stand below, a time of day tells when the page was rendered.
            if found and not (found.has_clock and title_end is None):
                return found
    return next(filter(None, (_said(text) for text in deque(below_title, AT_THE_END))), None)


def _said(text: str) -> Dateline | None:
    return stated(text) if len(text) <= LONGEST_STATEMENT else None


def _in_url(url: str) -> str | None:
    for found in _IN_URL.finditer(url):
        month = (found["month"] or found["month2"]).lower()
        number = int(month) if month.isdigit() else MONTH_NUMBERS.get(month, 0)
        day = found["day"] or found["day2"]
        if real := real_date(int(found["year"]), number, int(day or 1)):
            return real.isoformat() if day else real.isoformat()[:7]
    return None
