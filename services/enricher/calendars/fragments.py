"""Parts of the patterns for dates: what may stand before, after and between days and years."""

import re

from services.enricher.calendars.words import (
    ANY_YEAR,
    DAY,
    EARLY_YEAR,
    MONTH,
    WEEKDAY_BEFORE_DATE,
    YEAR,
)

S = r"[^\S\n]{1,3}"
NEAR = rf"(?P<near>(?i:this{S}past|this|that|last|next|past|previous|coming)){S}"
WEEK = rf"(?P<week>(?i:last|this|next)){S}week"
YEAR_NEAR = rf"(?P<near>this|last|next){S}year"
NO_PEOPLE = rf"(?!{S}(?:people|men|women|children|GMT|UTC|hours|local)\b)"
SINGULAR = r"(?!(?:was|is|has|does|its|his|as|this|us|always|perhaps|versus|across|towards)\b)"
MEASURED = r"(?:(?:kilo)?met(?:re|er)|foot|mile|km|kg|pound|dollar|euro|strong)"
NO_COUNT = rf"{NO_PEOPLE}(?!{S}{MEASURED}\b)(?!{S}{SINGULAR}[a-z]{{1,20}}s\b)"
OF_YEAR = rf"(?:(?:,|,?{S}of)?{S}(?P<year>{ANY_YEAR})\b{NO_PEOPLE}|(?:,|{S}of)?{S}{YEAR_NEAR}\b)"
WEEKDAY_BEFORE = rf"(?:{WEEKDAY_BEFORE_DATE},?{S}(?:the{S})?)?"
UNTIL = rf"(?:(?:{S})?[-–](?:{S})?|{S}(?:to|and|or|through|until){S})"
THEN_WITH_YEAR = (
    rf"(?={UNTIL}{WEEKDAY_BEFORE}(?:{DAY}{S})?(?P<later_month>{MONTH})(?:{S}{DAY})?"
    rf"(?:,|{S}of)?{S}(?P<later>{YEAR})\b)"
)
NO_MORE = rf"(?=[.,;:)\n]|$|{S}(?:in|at|for|with|but|when|as|by|of|on|near|last|this|next)\b)"
TO = (
    rf"(?:(?:{S})?[-–](?:{S})?|(?P<word>{S}(?:to|and|or|through|until){S}))(?P<to>{DAY})"
    rf"(?!\d|%|[.,:]\d|{S}{MONTH})(?(word){NO_MORE})"
)
PART = rf"(?:{S}(?:early{S}|late{S})?(?:morning|afternoon|evening|night)\b)?"
YEAR_ALONE = (
    rf"\b(?P<date>(?P<year>{YEAR}))"
    rf"(?![\w%]|[.,]\d|[-–/](?!{YEAR}\b)|{S}[-–/]{S}\d|{S}(?:GMT|UTC|hours|local)\b)"
)
EARLY_YEAR_ALONE = YEAR_ALONE.replace(YEAR, EARLY_YEAR, 1)
NO_NAME = "".join(
    rf"(?<!{word} )"
    for word in (
        *("Black", "Good", "Super", "Ash", "Cyber", "Bloody", "Palm", "Easter", "Giving", "Shrove"),
        *("Maundy", "Sheffield", "Every", "every", "Each", "each"),
    )
)
"""A day that is named otherwise, a club, and what is not one day."""
NEWSPAPER = rf"(?!{S}(?:Times|Mirror|Telegraph|Mail|Express|Herald|Post|Independent|Night)\b)"

AFTER_MONTH_OR_PREPOSITION = re.compile(
    r"(?:\b(?i:in|since|until|till|from|during|of|through|before|after|between|early|late|mid)"
    rf"(?:{S}|-)|{MONTH}(?:,{S}|,?{S}(?:and|or|to){S}|[-–]))$"
)
AFTER_TEMPORAL_WORD = re.compile(
    r"(?:\b(?i:in|since|until|till|during|early|late|mid|year|summer|winter|spring|autumn|fall)"
    rf"(?:{S}|-))$"
)
AFTER_PREPOSITION_OR_ARTICLE = re.compile(
    rf"\b(?i:of|from|to|by|after|before|through|between|and|both|an?|the|its|his|her|their){S}$"
)
AFTER_A_YEAR = re.compile(rf"\b{YEAR}(?:,{S}|,?{S}(?:and|or|to){S}|[-–/])$")
AFTER_ERA_WORD = re.compile(
    rf"\b(?i:in|since|until|from|around|about|circa|before|after|by|to|of|and){S}$"
)
