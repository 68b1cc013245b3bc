"""Date expressions in title and body, as ISO 8601 with the precision they state."""

import re
from collections.abc import Iterator
from datetime import date

from schemas.enriched_article import DateMention
from services.enricher.calendars.resolving import Context, Resolve
from services.enricher.calendars.rules import RULES
from services.enricher.draft import Draft

FAR_FUTURE = 9000
"""A year from which counting on would leave the calendar."""
SENTENCE = 120
"""Characters read before and after a date for signs that it lies ahead."""


def dates(draft: Draft) -> tuple[DateMention, ...]:
    """Find the date expressions; what the article leaves open ("Tuesday", undated) is null.

    Relative expressions count from the day of publication, and "the same day", "two days
    earlier" from the day spoken of last. A weekday or a day without a year is the latest one,
    unless the sentence looks ahead.
    """
    found = []
    today = _day_of_publication(draft)
    previous = None
    people = (mention for e in draft.entities if e.type == "PERSON" for mention in e.mentions)
    named = bytearray(len(draft.text))
    for mention in people:
        named[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    for match, start, end, resolve in _expressions(draft):
        if named[start]:
            continue
        value = resolve(match, Context(today, previous, _looks_ahead(draft.text, start, end)))
        previous = date.fromisoformat(value) if value and len(value) == 10 else previous
        found.append(DateMention(start=start, end=end, text=draft.text[start:end], value=value))
    return tuple(found)


def _day_of_publication(draft: Draft) -> date | None:
    known = draft.published_at
    if known is None or known.suspect or len(known.value) < 10:
        return None
    day = date.fromisoformat(known.value[:10])
    return day if day.year < FAR_FUTURE else None


def _expressions(draft: Draft) -> Iterator[tuple[re.Match[str], int, int, Resolve]]:
    """Yield matches in order; where two overlap, the rule that stands first wins."""
    for zone_start, zone_end in draft.zones():
        zone = draft.text[zone_start:zone_end]
        taken = bytearray(len(zone))
        found = []
        for rule in RULES:
            for match in rule.find(zone):
                start, end = match.span("date")
                if not any(taken[start:end]):
                    taken[start:end] = b"\x01" * (end - start)
                    found.append((match, zone_start + start, zone_start + end, rule.resolve))
        yield from sorted(found, key=lambda item: item[1])


_AHEAD = re.compile(
    r"\b(?:will|shall|won['’]t|upcoming|plans?|due (?:on|in|for|back|out)"
    r"|rescheduled|postponed|deferred"
    r"|(?<!was )(?<!were )(?:scheduled|expected|planned|set to|going to))\b"
)
_REPORTED = re.compile(r"\b(?:said|told|announced|reported|stated|warned|added)\b[^,;]{0,20}$")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s|\n")


def _looks_ahead(text: str, start: int, end: int) -> bool:
    """Whether the date's sentence has a word of the future that governs the date."""
    before = _SENTENCE_END.split(text[max(0, start - SENTENCE) : start])[-1]
    if _REPORTED.search(before):
        return False
    if len(before.split()) > 1:
        return bool(_AHEAD.search(before))
    return bool(_AHEAD.search(_SENTENCE_END.split(text[end : end + SENTENCE])[0]))
