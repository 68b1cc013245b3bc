"""How English says dates: a pattern for each form of words, and the function that resolves it."""

from services.enricher.calendars import starts
from services.enricher.calendars.counting import COUNTED, anchored, beside_today, distance, unit
from services.enricher.calendars.fragments import (
    AFTER_MONTH_OR_PREPOSITION,
    NEAR,
    NEWSPAPER,
    NO_NAME,
    NO_PEOPLE,
    OF_YEAR,
    PART,
    THEN_WITH_YEAR,
    TO,
    UNTIL,
    WEEK,
    WEEKDAY_BEFORE,
    YEAR_NEAR,
    S,
)
from services.enricher.calendars.periods import FEASTS, SEASON, every_year_on, season
from services.enricher.calendars.resolving import (
    absolute,
    always,
    day_of_month,
    month,
    numeric,
    weekday,
)
from services.enricher.calendars.rule import Rule, Rules
from services.enricher.calendars.words import DAY, DAY_IN_WORDS, MONTH, WEEKDAY, YEAR
from services.enricher.calendars.year_rules import RULES_OF_YEARS

RULES = Rules(
    Rule(
        {"sept", "september"},
        rf"\b(?P<date>Sept(?:\.|ember)?{S}11(?:th)?)(?={S}(?:terror\w{{0,4}}{S})?attack)",
        always("2001-09-11"),
    ),
    Rule(starts.DIGITS, r"(?<![\d/])(?P<date>9/11)(?![\d/])", always("2001-09-11")),
    Rule(
        starts.YEARS,
        rf"(?<![\d/-])(?P<date>(?P<year>{YEAR})(?P<gap>[/-])(?P<month>\d\d)(?P=gap)(?P<day>\d\d))"
        r"(?![\d/-])",
        absolute,
    ),
    Rule(
        starts.DIGITS,
        r"(?<![\d/.-])(?P<date>(?P<a>\d\d?)(?P<gap>[/.-])(?P<b>\d\d?)(?P=gap)"
        rf"(?P<year>{YEAR}))(?![\d/-])",
        numeric,
    ),
    Rule(
        starts.DIGITS,
        rf"\b(?P<date>(?P<day>{DAY})-(?P<month>{MONTH})-(?P<year>{YEAR}))(?![\w-])",
        day_of_month,
    ),
    Rule(
        starts.MONTHS | starts.WEEKDAYS_BEFORE_DATE,
        rf"\b(?P<date>{WEEKDAY_BEFORE}(?P<month>{MONTH}){S}(?P<day>{DAY})(?![\d%]|[.,:]\d)"
        rf"(?:{TO})?(?:{OF_YEAR}|{THEN_WITH_YEAR})?)",
        day_of_month,
    ),
    Rule(
        starts.DIGITS | starts.WEEKDAYS_BEFORE_DATE,
        rf"(?<![\d.,:$])\b(?P<date>{WEEKDAY_BEFORE}(?P<day>{DAY})(?:{UNTIL}(?P<to>{DAY}))?{S}"
        rf"(?:of{S})?(?P<month>{MONTH})(?!\w)(?:{OF_YEAR}|{THEN_WITH_YEAR})?)",
        day_of_month,
    ),
    Rule(
        starts.DAYS_IN_WORDS | starts.WEEKDAYS_BEFORE_DATE,
        rf"\b(?P<date>{WEEKDAY_BEFORE}(?P<day>{DAY_IN_WORDS}){S}of{S}(?P<month>{MONTH})(?!\w)"
        rf"{OF_YEAR}?)",
        day_of_month,
    ),
    Rule(
        starts.MONTHS,
        rf"\b(?P<date>(?P<month>{MONTH})(?:,|{S}of)?{S}(?P<year>{YEAR})\b{NO_PEOPLE})",
        month,
    ),
    Rule(
        starts.MONTHS,
        rf"\b(?P<date>(?P<month>{MONTH})(?P<of>(?:,?{S}of)?{S}){YEAR_NEAR}\b)",
        month,
    ),
    Rule(starts.NEAR, rf"\b(?P<date>{NEAR}(?P<month>{MONTH})(?!\w|{S}\d))", month),
    Rule(
        starts.MONTHS,
        rf"\b(?P<date>(?P<month>{MONTH})(?![\w’])(?:{THEN_WITH_YEAR})?)",
        month,
        AFTER_MONTH_OR_PREPOSITION,
    ),
    Rule(
        {"by", "for"},
        rf"\b(?:by|for){S}(?P<date>(?P<month>(?!May\b){MONTH})(?!['’\w]|{S}[A-Z0-9]))",
        month,
    ),
    *(
        Rule(
            starts.first_words([name]),
            rf"\b(?P<date>{name}(?:,?{S}(?P<year>{YEAR})\b)?)(?!{S}[A-Z])",
            every_year_on(*day),
        )
        for name, day in FEASTS.items()
    ),
    Rule(
        {"last", "this", "next"},
        rf"\b(?P<date>{WEEK}{S}on{S}(?P<weekday>{WEEKDAY})\b{PART})",
        weekday,
    ),
    Rule(starts.WEEKDAYS, rf"\b(?P<date>(?P<weekday>{WEEKDAY}){PART}{S}{WEEK}\b)", weekday),
    Rule(
        starts.NEAR | starts.WEEKDAYS,
        rf"\b(?P<date>(?:{NEAR})?{NO_NAME}(?P<weekday>{WEEKDAY})\b{PART}){NEWSPAPER}",
        weekday,
    ),
    Rule(
        {"this", "tonight"},
        rf"\b(?P<date>[Tt]his{S}(?:morning|afternoon|evening)\b|[Tt]onight\b)",
        beside_today(0),
    ),
    Rule({"today"}, r"(?<!USA )\b(?P<date>[Tt]oday\b)", beside_today(0)),
    Rule({"day"}, rf"\b(?P<date>day{S}before{S}yesterday)\b", beside_today(-2)),
    Rule(
        {"yesterday", "last"},
        rf"\b(?P<date>[Yy]esterday\b{PART}|[Ll]ast{S}night\b)",
        beside_today(-1),
    ),
    Rule({"day"}, rf"\b(?P<date>day{S}after{S}tomorrow)\b", beside_today(2)),
    Rule({"tomorrow"}, rf"\b(?P<date>[Tt]omorrow\b{PART})", beside_today(1)),
    Rule(
        starts.NEAR,
        rf"\b(?P<date>(?P<near>(?i:this{S}past|this|last|next|past|coming)){S}"
        r"(?P<unit>week|weekend|month|year)\b)",
        unit,
    ),
    Rule(
        starts.DIGITS | starts.COUNTS,
        rf"(?<![\d,.-])\b(?P<date>(?P<count>\d{{1,3}}|(?i:{'|'.join(COUNTED)})){S}"
        rf"(?P<unit>day|week|month|year|decade)s?{S}(?P<way>ago|earlier|later)\b)",
        distance,
        needs={"ago", "earlier", "later"},
    ),
    Rule(
        {"the"}, rf"\b(?P<date>[Tt]he{S}(?P<near>next){S}(?P<unit>day)\b)", anchored, needs={"next"}
    ),
    Rule(
        {"the"},
        rf"\b(?P<date>[Tt]he{S}(?P<near>same|previous|following){S}(?P<unit>day|month|year)\b)",
        anchored,
        needs={"same", "previous", "following"},
    ),
    Rule({"that"}, rf"\b(?P<date>(?P<near>[Tt]hat){S}(?P<unit>day|month|year)\b)", anchored),
    Rule(
        {"last", "this", "next"},
        rf"\b(?P<date>(?P<near>(?i:last|this|next)){S}(?P<season>{SEASON}))\b",
        season,
    ),
    *RULES_OF_YEARS,
)
"""Where two match the same words, the earlier one is right."""
