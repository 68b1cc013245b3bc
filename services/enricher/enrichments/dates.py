"""Date expressions in title and body, as ISO 8601 with the precision they state."""

import re
from collections.abc import Iterator
from datetime import date

from schemas.enriched_article import DateMention
from services.enricher.calendars.resolving import Context, Resolve
from services.enricher.calendars.rules import RULES
from services.enricher.calendars.tense import looks_ahead
from services.enricher.draft import Draft

FAR_FUTURE = 9000
"""A year from which counting on would leave the calendar."""

NEARBY = 200
"""Characters in which "a year later" is after the year that was named last."""


def dates(draft: Draft) -> tuple[DateMention, ...]:
    """Find the date expressions; what the article leaves open ("Tuesday", undated) is null.

    Relative expressions count from the day of publication, and "the same day", "two years
    earlier" from what was spoken of last. A weekday or a day without a year is the latest one,
    unless the sentence looks ahead.
    """
    found: list[DateMention] = []
    today = _day_of_publication(draft)
    previous: date | None = None
    year_at, with_year = 0, ""
    people = _people(draft)
    for match, start, end, resolve in _expressions(draft):
        if people[start]:
            continue
        named = with_year if start - year_at <= NEARBY else None
        ahead = looks_ahead(draft.text, start, end)
        value = resolve(match, Context(today, previous, named, ahead))
        if value and len(value) == 10:
            previous = date.fromisoformat(value)
        if value and value[:4] in match["date"]:
            year_at, with_year = end, value
        found.append(DateMention(start=start, end=end, text=draft.text[start:end], value=value))
    return tuple(found)


def _people(draft: Draft) -> bytearray:
    """Mark the characters that are part of a person's name: April, May."""
    marked = bytearray(len(draft.text))
    for entity in draft.entities:
        for mention in entity.mentions if entity.type == "PERSON" else ():
            marked[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    return marked


def _day_of_publication(draft: Draft) -> date | None:
    known = draft.published_at
    if known is None or known.suspect or len(known.value) < 10:
        return None
    day = date.fromisoformat(known.value[:10])
    return day if day.year < FAR_FUTURE else None


def _expressions(draft: Draft) -> Iterator[tuple[re.Match[str], int, int, Resolve]]:
    """Yield matches in order; where two overlap, the rule that stands first wins."""
    for tokens in draft.tokens():
        taken = bytearray(len(tokens.text))
        found = []
        for rule, match in RULES.find(tokens):
            start, end = match.span("date")
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.append((match, tokens.offset + start, tokens.offset + end, rule.resolve))
        yield from sorted(found, key=lambda item: item[1])
