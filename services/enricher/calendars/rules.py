"""How English says dates: a pattern for each form of words, and the function that resolves it."""

import re
from collections.abc import Iterator

from services.enricher.calendars.resolving import (
    COUNTED,
    Resolve,
    absolute,
    anchored,
    bare_year,
    beside_today,
    day_of_month,
    distance,
    month,
    numeric,
    unit,
    weekday,
)
from services.enricher.calendars.words import DAY, MONTH, WEEKDAY, YEAR

LONGEST_WORD_BEFORE = 20
"""Characters read before a date to see whether it is one."""


class Rule:
    """A form of words whose group `date` is a date expression, and what it means."""

    def __init__(
        self, pattern: str, resolve: Resolve, after: re.Pattern[str] | None = None
    ) -> None:
        self.resolve = resolve
        self._pattern = re.compile(pattern)
        self._after = after

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Find the rule's expressions, in order; `after` must stand before each, if given."""
        for match in self._pattern.finditer(text):
            start = match.start("date")
            before = text[max(0, start - LONGEST_WORD_BEFORE) : start]
            if self._after is None or self._after.search(before):
                yield match


_S = r"[^\S\n]{1,3}"
_NEAR = rf"(?P<near>(?i:this{_S}past|this|that|last|next|past|previous|coming)){_S}"
_WEEK = rf"(?P<week>(?i:last|this|next)){_S}week"
_YEAR_NEAR = rf"(?P<near>this|last|next){_S}year"
_OF_YEAR = rf"(?:(?:,|,?{_S}of)?{_S}(?P<year>{YEAR})\b|(?:,|{_S}of)?{_S}{_YEAR_NEAR}\b)"
_TO = rf"(?:{_S})?[-–](?:{_S})?(?P<to>{DAY})(?!\d)"
_PART = rf"(?:{_S}(?:early{_S}|late{_S})?(?:morning|afternoon|evening|night)\b)?"
_NO_COUNT = rf"(?!{_S}(?:[a-z]+s|people|men|women|children)\b)"
_YEAR_ALONE = rf"\b(?P<date>{YEAR})(?![\d%]|[.,]\d|{_S}?[-–/]|[-–/])"
_NAMED_DAY = (
    r"(?<!Black Friday)(?<!Good Friday)(?<!Super Tuesday)(?<!Ash Wednesday)(?<!Cyber Monday)"
    r"(?<!Bloody Sunday)(?<!Palm Sunday)"
)
_NEWSPAPER = rf"(?!{_S}(?:Times|Mirror|Telegraph|Mail|Express|Herald|Post)\b)"

_AFTER_MONTH_OR_PREPOSITION = re.compile(
    r"(?:\b(?i:in|since|until|till|from|during|of|through|before|after|between|early|late|mid)"
    rf"|{MONTH}{_S}(?:and|or|to))(?:{_S}|-)$"
)
_AFTER_TEMPORAL_WORD = re.compile(
    r"(?:\b(?i:in|since|until|till|during|early|late|mid|year|summer|winter|spring|autumn|fall)"
    rf"(?:{_S}|-))$"
)
_AFTER_PREPOSITION_OR_ARTICLE = re.compile(
    rf"\b(?i:of|from|to|by|after|before|through|between|and|the|its|his|her|their){_S}$"
)

RULES = (
    Rule(rf"(?<![\d-])(?P<date>(?P<year>{YEAR})-(?P<month>\d\d)-(?P<day>\d\d))(?![\d-])", absolute),
    Rule(
        r"(?<![\d/.])(?P<date>(?P<a>\d\d?)(?P<gap>[/.])(?P<b>\d\d?)(?P=gap)"
        rf"(?P<year>{YEAR}))(?![\d/])",
        numeric,
    ),
    Rule(
        rf"\b(?P<date>(?:{WEEKDAY},?{_S})?(?P<month>{MONTH}){_S}(?P<day>{DAY})(?![\d%]|[.,:]\d)"
        rf"(?:{_TO})?{_OF_YEAR}?)",
        day_of_month,
    ),
    Rule(
        rf"(?<![\d.,:$])\b(?P<date>(?:{WEEKDAY},?{_S})?(?P<day>{DAY})(?:{_TO})?{_S}(?:of{_S})?"
        rf"(?P<month>{MONTH})(?!\w){_OF_YEAR}?)",
        day_of_month,
    ),
    Rule(rf"\b(?P<date>(?P<month>{MONTH})(?:,|{_S}of)?{_S}(?P<year>{YEAR})\b)", month),
    Rule(rf"\b(?P<date>(?P<month>{MONTH}){_S}(?P<of>of){_S}{_YEAR_NEAR}\b)", month),
    Rule(rf"\b(?P<date>{_NEAR}(?P<month>{MONTH})(?!\w|{_S}\d))", month),
    Rule(rf"\b(?P<date>(?P<month>{MONTH})(?![\w’]))", month, _AFTER_MONTH_OR_PREPOSITION),
    Rule(rf"\b(?P<date>{_WEEK}{_S}on{_S}(?P<weekday>{WEEKDAY})\b{_PART})", weekday),
    Rule(rf"\b(?P<date>(?P<weekday>{WEEKDAY}){_PART}{_S}{_WEEK}\b)", weekday),
    Rule(
        rf"\b(?P<date>(?:{_NEAR})?(?P<weekday>{WEEKDAY})\b{_NAMED_DAY}{_PART}){_NEWSPAPER}",
        weekday,
    ),
    Rule(rf"\b(?P<date>[Tt]his{_S}(?:morning|afternoon|evening)\b|[Tt]onight\b)", beside_today(0)),
    Rule(r"(?<!USA )\b(?P<date>[Tt]oday\b)", beside_today(0)),
    Rule(rf"\b(?P<date>[Yy]esterday\b{_PART}|[Ll]ast{_S}night\b)", beside_today(-1)),
    Rule(rf"\b(?P<date>[Tt]omorrow\b{_PART})", beside_today(1)),
    Rule(rf"\b(?P<date>{_NEAR}(?P<unit>week|weekend|month|year)\b)", unit),
    Rule(
        rf"\b(?P<date>(?P<count>\d{{1,3}}|(?i:an?|{'|'.join(COUNTED)})){_S}"
        rf"(?P<unit>day|week|month|year)s?{_S}(?P<way>ago|earlier|later)\b)",
        distance,
    ),
    Rule(rf"\b(?P<date>[Tt]he{_S}(?P<near>same|previous|following|next){_S}day\b)", anchored),
    Rule(rf"\b(?P<date>(?P<near>[Tt]hat){_S}day\b)", anchored),
    Rule(_YEAR_ALONE, bare_year, _AFTER_TEMPORAL_WORD),
    Rule(_YEAR_ALONE + _NO_COUNT, bare_year, _AFTER_PREPOSITION_OR_ARTICLE),
    Rule(rf"\((?P<date>{YEAR})\)", bare_year),
)
"""Where two match the same words, the earlier one is right."""
