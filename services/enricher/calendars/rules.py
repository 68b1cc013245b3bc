"""How English says dates: a pattern for each form of words, and the function that resolves it."""

import re

from services.enricher.calendars.counting import COUNTED, anchored, beside_today, distance, unit
from services.enricher.calendars.periods import (
    FEASTS,
    SEASON,
    era,
    every_year_on,
    season,
    without_date,
    year_pair,
)
from services.enricher.calendars.resolving import (
    absolute,
    always,
    bare_year,
    day_of_month,
    month,
    numeric,
    weekday,
)
from services.enricher.calendars.rule import Rule
from services.enricher.calendars.words import (
    ANY_YEAR,
    DAY,
    DAY_IN_WORDS,
    EARLY_YEAR,
    MONTH,
    WEEKDAY,
    WEEKDAY_BEFORE_DATE,
    YEAR,
)

_S = r"[^\S\n]{1,3}"
_NEAR = rf"(?P<near>(?i:this{_S}past|this|that|last|next|past|previous|coming)){_S}"
_WEEK = rf"(?P<week>(?i:last|this|next)){_S}week"
_YEAR_NEAR = rf"(?P<near>this|last|next){_S}year"
_NO_PEOPLE = rf"(?!{_S}(?:people|men|women|children|GMT|UTC|hours|local)\b)"
_SINGULAR = r"(?!(?:was|is|has|does|its|his|as|this|us|always|perhaps|versus|across|towards)\b)"
_MEASURED = r"(?:(?:kilo)?met(?:re|er)|foot|mile|km|kg|pound|dollar|euro|strong)"
_NO_COUNT = rf"{_NO_PEOPLE}(?!{_S}{_MEASURED}\b)(?!{_S}{_SINGULAR}[a-z]{{1,20}}s\b)"
_OF_YEAR = (
    rf"(?:(?:,|,?{_S}of)?{_S}(?P<year>{ANY_YEAR})\b{_NO_PEOPLE}|(?:,|{_S}of)?{_S}{_YEAR_NEAR}\b)"
)
_WEEKDAY_BEFORE = rf"(?:{WEEKDAY_BEFORE_DATE},?{_S}(?:the{_S})?)?"
_UNTIL = rf"(?:(?:{_S})?[-–](?:{_S})?|{_S}(?:to|and|or|through|until){_S})"
_THEN_WITH_YEAR = (
    rf"(?={_UNTIL}{_WEEKDAY_BEFORE}(?:{DAY}{_S})?(?P<later_month>{MONTH})(?:{_S}{DAY})?"
    rf"(?:,|{_S}of)?{_S}(?P<later>{YEAR})\b)"
)
_NO_MORE = rf"(?=[.,;:)\n]|$|{_S}(?:in|at|for|with|but|when|as|by|of|on|near|last|this|next)\b)"
_TO = (
    rf"(?:(?:{_S})?[-–](?:{_S})?|(?P<word>{_S}(?:to|and|or|through|until){_S}))(?P<to>{DAY})"
    rf"(?!\d|%|[.,:]\d|{_S}{MONTH})(?(word){_NO_MORE})"
)
_PART = rf"(?:{_S}(?:early{_S}|late{_S})?(?:morning|afternoon|evening|night)\b)?"
_YEAR_ALONE = (
    rf"\b(?P<date>(?P<year>{YEAR}))"
    rf"(?![\w%]|[.,]\d|[-–/](?!{YEAR}\b)|{_S}[-–/]{_S}\d|{_S}(?:GMT|UTC|hours|local)\b)"
)
_EARLY_YEAR_ALONE = _YEAR_ALONE.replace(YEAR, EARLY_YEAR, 1)
_NO_NAME = "".join(
    rf"(?<!{word} )"
    for word in (
        *("Black", "Good", "Super", "Ash", "Cyber", "Bloody", "Palm", "Easter", "Giving", "Shrove"),
        *("Maundy", "Sheffield", "Every", "every", "Each", "each"),
    )
)
"""A day that is named otherwise, a club, and what is not one day."""
_NEWSPAPER = rf"(?!{_S}(?:Times|Mirror|Telegraph|Mail|Express|Herald|Post|Independent|Night)\b)"

_AFTER_MONTH_OR_PREPOSITION = re.compile(
    r"(?:\b(?i:in|since|until|till|from|during|of|through|before|after|between|early|late|mid)"
    rf"(?:{_S}|-)|{MONTH}(?:,{_S}|,?{_S}(?:and|or|to){_S}|[-–]))$"
)
_AFTER_TEMPORAL_WORD = re.compile(
    r"(?:\b(?i:in|since|until|till|during|early|late|mid|year|summer|winter|spring|autumn|fall)"
    rf"(?:{_S}|-))$"
)
_AFTER_PREPOSITION_OR_ARTICLE = re.compile(
    rf"\b(?i:of|from|to|by|after|before|through|between|and|both|an?|the|its|his|her|their){_S}$"
)
_AFTER_A_YEAR = re.compile(rf"\b{YEAR}(?:,{_S}|,?{_S}(?:and|or|to){_S}|[-–/])$")
_AFTER_ERA_WORD = re.compile(
    rf"\b(?i:in|since|until|from|around|about|circa|before|after|by|to|of|and){_S}$"
)

RULES = (
    Rule(
        rf"\b(?P<date>Sept(?:\.|ember)?{_S}11(?:th)?)(?={_S}(?:terror\w{{0,4}}{_S})?attack)",
        always("2001-09-11"),
    ),
    Rule(r"(?<![\d/])(?P<date>9/11)(?![\d/])", always("2001-09-11")),
    Rule(
        rf"(?<![\d/-])(?P<date>(?P<year>{YEAR})(?P<gap>[/-])(?P<month>\d\d)(?P=gap)(?P<day>\d\d))"
        r"(?![\d/-])",
        absolute,
    ),
    Rule(
        r"(?<![\d/.-])(?P<date>(?P<a>\d\d?)(?P<gap>[/.-])(?P<b>\d\d?)(?P=gap)"
        rf"(?P<year>{YEAR}))(?![\d/-])",
        numeric,
    ),
    Rule(rf"\b(?P<date>(?P<day>{DAY})-(?P<month>{MONTH})-(?P<year>{YEAR}))(?![\w-])", day_of_month),
    Rule(
        rf"\b(?P<date>{_WEEKDAY_BEFORE}(?P<month>{MONTH}){_S}(?P<day>{DAY})(?![\d%]|[.,:]\d)"
        rf"(?:{_TO})?(?:{_OF_YEAR}|{_THEN_WITH_YEAR})?)",
        day_of_month,
    ),
    Rule(
        rf"(?<![\d.,:$])\b(?P<date>{_WEEKDAY_BEFORE}(?P<day>{DAY})(?:{_UNTIL}(?P<to>{DAY}))?{_S}"
        rf"(?:of{_S})?(?P<month>{MONTH})(?!\w)(?:{_OF_YEAR}|{_THEN_WITH_YEAR})?)",
        day_of_month,
    ),
    Rule(
        rf"\b(?P<date>{_WEEKDAY_BEFORE}(?P<day>{DAY_IN_WORDS}){_S}of{_S}(?P<month>{MONTH})(?!\w)"
        rf"{_OF_YEAR}?)",
        day_of_month,
    ),
    Rule(rf"\b(?P<date>(?P<month>{MONTH})(?:,|{_S}of)?{_S}(?P<year>{YEAR})\b{_NO_PEOPLE})", month),
    Rule(rf"\b(?P<date>(?P<month>{MONTH})(?P<of>(?:,?{_S}of)?{_S}){_YEAR_NEAR}\b)", month),
    Rule(rf"\b(?P<date>{_NEAR}(?P<month>{MONTH})(?!\w|{_S}\d))", month),
    Rule(
        rf"\b(?P<date>(?P<month>{MONTH})(?![\w’])(?:{_THEN_WITH_YEAR})?)",
        month,
        _AFTER_MONTH_OR_PREPOSITION,
    ),
    Rule(
        rf"\b(?:by|for){_S}(?P<date>(?P<month>(?!May\b){MONTH})(?!['’\w]|{_S}[A-Z0-9]))",
        month,
    ),
    *(
        Rule(rf"\b(?P<date>{name}(?:,?{_S}(?P<year>{YEAR})\b)?)(?!{_S}[A-Z])", every_year_on(*day))
        for name, day in FEASTS.items()
    ),
    Rule(rf"\b(?P<date>{_WEEK}{_S}on{_S}(?P<weekday>{WEEKDAY})\b{_PART})", weekday),
    Rule(rf"\b(?P<date>(?P<weekday>{WEEKDAY}){_PART}{_S}{_WEEK}\b)", weekday),
    Rule(
        rf"\b(?P<date>(?:{_NEAR})?{_NO_NAME}(?P<weekday>{WEEKDAY})\b{_PART}){_NEWSPAPER}", weekday
    ),
    Rule(rf"\b(?P<date>[Tt]his{_S}(?:morning|afternoon|evening)\b|[Tt]onight\b)", beside_today(0)),
    Rule(r"(?<!USA )\b(?P<date>[Tt]oday\b)", beside_today(0)),
    Rule(rf"\b(?P<date>day{_S}before{_S}yesterday)\b", beside_today(-2)),
    Rule(rf"\b(?P<date>[Yy]esterday\b{_PART}|[Ll]ast{_S}night\b)", beside_today(-1)),
    Rule(rf"\b(?P<date>day{_S}after{_S}tomorrow)\b", beside_today(2)),
    Rule(rf"\b(?P<date>[Tt]omorrow\b{_PART})", beside_today(1)),
    Rule(
        rf"\b(?P<date>(?P<near>(?i:this{_S}past|this|last|next|past|coming)){_S}"
        r"(?P<unit>week|weekend|month|year)\b)",
        unit,
    ),
    Rule(
        rf"(?<![\d,.-])\b(?P<date>(?P<count>\d{{1,3}}|(?i:{'|'.join(COUNTED)})){_S}"
        rf"(?P<unit>day|week|month|year|decade)s?{_S}(?P<way>ago|earlier|later)\b)",
        distance,
    ),
    Rule(rf"\b(?P<date>[Tt]he{_S}(?P<near>next){_S}(?P<unit>day)\b)", anchored),
    Rule(
        rf"\b(?P<date>[Tt]he{_S}(?P<near>same|previous|following){_S}(?P<unit>day|month|year)\b)",
        anchored,
    ),
    Rule(rf"\b(?P<date>(?P<near>[Tt]hat){_S}(?P<unit>day|month|year)\b)", anchored),
    Rule(rf"\b(?P<date>(?P<near>(?i:last|this|next)){_S}(?P<season>{SEASON}))\b", season),
    Rule(rf"\b(?P<date>{SEASON}(?:,|{_S}of)?{_S}(?P<year>{YEAR}))\b{_NO_PEOPLE}", bare_year),
    Rule(
        r"\b(?P<date>(?:(?:first|second|third|fourth|last|final)[ -](?:quarter|half)"
        rf"{_S}of|[QH][1-4]){_S}(?P<year>{YEAR}))\b",
        bare_year,
    ),
    Rule(
        rf"(?<![\w/.–-])(?P<date>(?P<year>{YEAR})(?P<gap>[-–/])(?P<other>\d\d))(?![\w/–-]|[.,]\d)",
        year_pair,
    ),
    Rule(r"(?<![\w$£€])(?P<date>(?:1[5-9]|20)\d0['’]?s|['‘’][1-9]0s)\b", without_date),
    Rule(
        rf"\b(?P<date>(?:\d{{1,2}}(?:st|nd|rd|th)|{DAY_IN_WORDS})(?:{_S}|-)century)\b", without_date
    ),
    Rule(
        rf"(?<!\d)(?P<date>AD{_S}(?P<ad>\d{{1,4}})|(?P<year_ad>\d{{1,4}}){_S}(?:AD|CE)"
        rf"|(?!(?:19|20)\d\d{_S}BC\b)\d{{1,5}}{_S}BCE?)(?!\w)",
        era,
        _AFTER_ERA_WORD,
    ),
    Rule(_YEAR_ALONE, bare_year, _AFTER_TEMPORAL_WORD),
    Rule(_EARLY_YEAR_ALONE + _NO_COUNT, bare_year, _AFTER_TEMPORAL_WORD),
    Rule(_YEAR_ALONE + _NO_COUNT, bare_year, _AFTER_PREPOSITION_OR_ARTICLE),
    Rule(_YEAR_ALONE + _NO_COUNT, bare_year, _AFTER_A_YEAR),
    Rule(
        rf"(?<![\w.,/–-])(?P<date>(?P<year>{YEAR}))(?=[-–]{YEAR}(?![\w/–-]){_NO_COUNT})", bare_year
    ),
    Rule(rf"\((?P<date>(?P<year>{YEAR}))\)", bare_year),
)
"""Where two match the same words, the earlier one is right."""
