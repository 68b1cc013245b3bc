"""Dates, years and clock times, told from quantities."""

from services.enricher.quantities.lexicon import (
    MONEY_SUFFIXES,
    MULTIPLIERS,
    ORDINALS,
    SCALES,
)
from services.enricher.quantities.tables import read_currency, read_sign, read_unit
from services.enricher.quantities.tokens import Tokens, is_digits
from services.enricher.quantities.words import (
    ADVERBS,
    FUNCTION_WORDS,
    MONTHS,
    PEOPLE,
    WEEKDAYS,
    is_plural,
    word_set,
)

_ZONES = word_set(
    "utc gmt est edt cst cdt mst mdt pst pdt ast bst cet cest ist jst aest msk eet eest hst "
    "akst akdt zulu"
)


_YEAR_PREPOSITIONS = word_set(
    "in since until till from during early late mid of year before after circa fiscal around "
    "by through to spring summer autumn fall winter and or"
)


_LOOSE = word_set("about around over than least nearly almost some roughly approximately")


ORDINAL_ENDINGS = frozenset(("st", "nd", "rd", "th"))


def month(tokens: Tokens, at: int, skipped: set[int]) -> None:
    """Skip the days and the year around the name of a month."""
    if not tokens.raw[at][0].isupper():
        return
    _days_before(tokens, at, skipped)
    after = at + 2 if tokens.words[at + 1] == "." else at + 1
    end = _days_after(tokens, after, skipped)
    comma = tokens.words[end] in (",", "of")
    year = _year_value(tokens, end + comma)
    if year and (end > after or not comma or (year >= 1900 and year <= 2100)):
        skipped.add(end + comma)


_DAY_LINKS = ("-", "–", "and", "to", "or", "/")


def _days_before(tokens: Tokens, at: int, skipped: set[int]) -> None:
    """Skip the days of "3 and 5 May", "6th May", "the sixth of May"."""
    words = tokens.words
    before = at - 2 if words[at - 1] == "of" else at - 1
    if words[before] in ORDINALS and before < at - 1:
        skipped.add(before)
    before -= words[before] in ORDINAL_ENDINGS
    while _is_day(tokens, before):
        skipped.add(before)
        if words[before - 1] not in _DAY_LINKS:
            break
        before -= 2


def _days_after(tokens: Tokens, at: int, skipped: set[int]) -> int:
    """Skip the days of "May 3 and 14", "May the sixth"; say where to go on."""
    words = tokens.words
    at += words[at] == "the"
    if words[at] in ORDINALS:
        skipped.add(at)
        return at + 1
    while _is_day(tokens, at) and words[at + 1] not in MULTIPLIERS:
        skipped.add(at)
        at += 2 if words[at + 1] in ORDINAL_ENDINGS else 1
        # "on May 3 and 14 people died": the second numeral counts
        following = words[at + 2]
        counts = words[at] == "and" and following.isalpha() and following not in _NOT_COUNTED
        if words[at] not in _DAY_LINKS or counts or not _is_day(tokens, at + 1):
            break
        at += 1
    return at


_NOT_COUNTED = FUNCTION_WORDS | ADVERBS


def _is_day(tokens: Tokens, at: int) -> bool:
    word = tokens.words[at]
    return word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31


def _year_value(tokens: Tokens, at: int) -> int:
    raw = tokens.raw[at]
    if len(raw) != 4 or not (raw.isascii() and raw.isdecimal()):
        return 0
    return int(raw) if 1000 <= int(raw) <= 2199 else 0


def continues(tokens: Tokens, at: int) -> bool:
    """Tell whether digits, a sign and digits are written in one piece."""
    return is_digits(tokens.words[at + 2]) and tokens.glued(at) and tokens.glued(at + 1)


def chain(tokens: Tokens, at: int, skipped: set[int]) -> int:
    """Skip clock times, dates in digits, versions; keep small fractions and running times."""
    words, end = tokens.words, at + 2
    while words[end + 1] == words[at + 1] and continues(tokens, end):
        end += 2
    if words[at + 1] == "/" and end == at + 2 and _is_small_fraction(words[at], words[end]):
        return end + 1
    if words[at + 1] == ":" and end == at + 4 and not _is_clock(tokens, at, end):
        return end + 1
    skipped.update(range(at, end + 1))
    return end + 1


def _is_small_fraction(top: str, bottom: str) -> bool:
    return bottom in ("2", "3", "4", "5", "8", "10") and top.isdecimal() and int(top) < int(bottom)


def _is_clock(tokens: Tokens, at: int, end: int) -> bool:
    return tokens.words[at - 1] == "at" or is_a_time(tokens, end)


def is_a_time(tokens: Tokens, at: int) -> bool:
    """Tell clock times by what follows them: "am", "p.m.", "UTC", "o'clock"."""
    words = tokens.words
    following = words[at + 1]
    if following in ("am", "pm") or following in _ZONES:
        return True
    if following in ("a", "p") and words[at + 2] == "." and words[at + 3] == "m":
        return True
    if following == "o" and words[at + 2 : at + 4] == ["'", "clock"]:
        return True
    return (
        len(words[at]) == 4
        and words[at][0] in "012"
        and (following in WEEKDAYS or (following == "local" and words[at + 2] == "time"))
    )


def read_sign_before(tokens: Tokens, at: int) -> bool:
    """Tell whether a currency sign or code ends right before a token."""
    return any(
        (sign := read_sign(tokens, begin)) is not None
        and sign.end == at
        and not (
            tokens.raw[begin] == "R" and len(tokens.raw[at]) < 2 and not _is_scaled(tokens, at)
        )
        for begin in range(at - 1, at - 4, -1)
        if tokens.raw[begin]
    )


def _is_scaled(tokens: Tokens, at: int) -> bool:
    """Tell the rand of "R5 million", "R1bn" from the R0 of an epidemic."""
    return tokens.words[at + 1] in SCALES or (
        tokens.words[at + 1] in MONEY_SUFFIXES and tokens.glued(at)
    )


def is_a_year(tokens: Tokens, at: int) -> bool:
    """Tell a year from a count of as many: "in 1885", "1885 aftershocks"."""
    value = _year_value(tokens, at)
    if not value or is_measured(tokens, at):
        return False
    words = tokens.words
    left, right = words[at - 1], words[at + 1]
    counted = right.isalpha() and right not in FUNCTION_WORDS and right not in MONTHS
    if left in _LOOSE and counted:
        return False
    if value >= 1900:
        return right not in PEOPLE or left in _YEAR_PREPOSITIONS
    if left in _YEAR_PREPOSITIONS:
        return not (counted and is_plural(right))
    return left in ("(", "–") and right in (")", "–", "-")


def is_measured(tokens: Tokens, at: int) -> bool:
    """Tell whether a scale, a unit or a currency stands with digits."""
    following = tokens.words[at + 1]
    if following in MULTIPLIERS or following in ("%", "±"):
        return True
    if read_sign_before(tokens, at):
        return True
    return bool(read_unit(tokens, at + 1, digits=True) or read_currency(tokens, at + 1))
