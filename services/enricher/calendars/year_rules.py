"""How English says years, decades, centuries and eras: the rules for dates without a month."""

from services.enricher.calendars import starts
from services.enricher.calendars.fragments import (
    AFTER_A_YEAR,
    AFTER_ERA_WORD,
    AFTER_PREPOSITION_OR_ARTICLE,
    AFTER_TEMPORAL_WORD,
    EARLY_YEAR_ALONE,
    NO_COUNT,
    NO_PEOPLE,
    YEAR_ALONE,
    S,
)
from services.enricher.calendars.periods import SEASON, era, without_date, year_pair
from services.enricher.calendars.resolving import bare_year
from services.enricher.calendars.rule import Rule
from services.enricher.calendars.words import DAY_IN_WORDS, YEAR

RULES_OF_YEARS = (
    Rule(
        starts.SEASONS,
        rf"\b(?P<date>{SEASON}(?:,|{S}of)?{S}(?P<year>{YEAR}))\b{NO_PEOPLE}",
        bare_year,
    ),
    Rule(
        {"first", "second", "third", "fourth", "last", "final", "q", "h"},
        r"\b(?P<date>(?:(?:first|second|third|fourth|last|final)[ -](?:quarter|half)"
        rf"{S}of|[QH][1-4]){S}(?P<year>{YEAR}))\b",
        bare_year,
    ),
    Rule(
        starts.YEARS,
        rf"(?<![\w/.–-])(?P<date>(?P<year>{YEAR})(?P<gap>[-–/])(?P<other>\d\d))(?![\w/–-]|[.,]\d)",
        year_pair,
    ),
    Rule(
        starts.YEARS | starts.ABBREVIATED,
        r"(?<![\w$£€])(?P<date>(?:1[5-9]|20)\d0['’]?s|['‘’][1-9]0s)\b",
        without_date,
    ),
    Rule(
        starts.DIGITS | starts.DAYS_IN_WORDS,
        rf"\b(?P<date>(?:\d{{1,2}}(?:st|nd|rd|th)|{DAY_IN_WORDS})(?:{S}|-)century)\b",
        without_date,
        needs={"century"},
    ),
    Rule(
        starts.YEARS | starts.DIGITS | {"ad"},
        rf"(?<!\d)(?P<date>AD{S}(?P<ad>\d{{1,4}})|(?P<year_ad>\d{{1,4}}){S}(?:AD|CE)"
        rf"|(?!(?:19|20)\d\d{S}BC\b)\d{{1,5}}{S}BCE?)(?!\w)",
        era,
        AFTER_ERA_WORD,
        needs={"ad", "ce", "bc", "bce"},
    ),
    Rule(starts.YEARS, YEAR_ALONE, bare_year, AFTER_TEMPORAL_WORD),
    Rule(starts.YEARS, EARLY_YEAR_ALONE + NO_COUNT, bare_year, AFTER_TEMPORAL_WORD),
    Rule(starts.YEARS, YEAR_ALONE + NO_COUNT, bare_year, AFTER_PREPOSITION_OR_ARTICLE),
    Rule(starts.YEARS, YEAR_ALONE + NO_COUNT, bare_year, AFTER_A_YEAR),
    Rule(
        starts.YEARS,
        rf"(?<![\w.,/–-])(?P<date>(?P<year>{YEAR}))(?=[-–]{YEAR}(?![\w/–-]){NO_COUNT})",
        bare_year,
    ),
    Rule({"("}, rf"\((?P<date>(?P<year>{YEAR}))\)", bare_year),
)
