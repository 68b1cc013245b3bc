"""Numerals that are no quantities: dates, times, names, references, telephone numbers."""

import re
from collections.abc import Iterable

from services.enricher.quantities.lexicon import (
    MONEY_SUFFIXES,
    MULTIPLIERS,
    ORDINALS,
    SMALL,
    VAGUE,
)
from services.enricher.quantities.numerals import is_digits
from services.enricher.quantities.tables import read_currency, read_sign, read_unit
from services.enricher.quantities.tokens import Tokens
from services.enricher.quantities.words import (
    FUNCTION_WORDS,
    MONTHS,
    PEOPLE,
    SENTENCE_STARTS,
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
_DESIGNATORS = word_set(
    "number phase chapter article section round part page step flight route highway "
    "interstate channel room gate platform stage level type grade tier group season episode "
    "volume version title proposition amendment bill rule paragraph clause line lane track "
    "terminal block zone district ward sector region division pier runway apartment figure "
    "table match heat question item act scene verse psalm apollo falcon soyuz covid game day "
    "week point appendix annex protocol schedule exhibit count war operation pope king queen "
    "motorway unit class formula resolution agenda area lap set map note footnote"
)
_ORDINAL_ENDINGS = frozenset(("st", "nd", "rd", "th"))
_SUFFIX_LETTERS = frozenset((*MONEY_SUFFIXES, *_ORDINAL_ENDINGS))
_PHONE = re.compile(
    r"(?<![\w.,$€£])(?:\([0-9]{2,4}\)[ .-]?|[0-9]{1,4}[.-][0-9]{2,4}[.-])"
    r"[0-9]{3,4}(?:[ .-][0-9]{3,4}){0,2}(?![\w%])"
    r"|\+[0-9]{1,3}(?:[ .-][0-9]{2,4}){2,5}(?![\w%])"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)[^\s@]+@\S+|[@#]\w+")


def passed_over(
    tokens: Tokens, names: Iterable[tuple[int, int]], zone: tuple[int, str], *, title_case: bool
) -> set[int]:
    """Find the tokens that no quantity may use.

    `names` are the spans of entities; `zone` is the offset of the zone and its plain text.
    """
    skipped: set[int] = set()
    _cover(tokens, names, skipped)
    offset, text = zone
    for pattern in (_ADDRESS, _PHONE):
        spans = ((offset + m.start(), offset + m.end()) for m in pattern.finditer(text))
        _cover(tokens, spans, skipped)
    named: set[str] = {tokens.words[i] for i in skipped if is_digits(tokens.words[i])}
    resume = 0
    for at in tokens.indices():
        word = tokens.words[at]
        if word in MONTHS:
            _month(tokens, at, skipped)
        elif at in skipped or at < resume:
            continue
        elif is_digits(word):
            resume = _digits(tokens, at, skipped, named, title_case=title_case)
        elif word in SMALL and (
            _is_designated(tokens, at) or (not title_case and _is_capitalised(tokens, at))
        ):
            skipped.add(at)
    return skipped


def _cover(tokens: Tokens, spans: Iterable[tuple[int, int]], skipped: set[int]) -> None:
    """Add the tokens that overlap any of the spans."""
    at = tokens.indices().start
    for start, end in sorted(spans):
        while at < tokens.indices().stop and tokens.ends[at] <= start:
            at += 1
        inside = at
        while inside < tokens.indices().stop and tokens.starts[inside] < end:
            skipped.add(inside)
            inside += 1


def _month(tokens: Tokens, at: int, skipped: set[int]) -> None:
    """Skip the days and the year around the name of a month."""
    if not tokens.raw[at][0].isupper():
        return
    before = at - 2 if tokens.words[at - 1] == "of" else at - 1
    if tokens.words[before] in ORDINALS and before < at - 1:
        skipped.add(before)
    if tokens.words[before] in _ORDINAL_ENDINGS:
        before -= 1
    while _is_day(tokens, before):
        skipped.add(before)
        if tokens.words[before - 1] not in ("-", "–", "and", "to", "or", "/"):
            break
        before -= 2
    after = at + 2 if tokens.words[at + 1] == "." else at + 1
    after = after + 1 if tokens.words[after] == "the" else after
    if tokens.words[after] in ORDINALS:
        skipped.add(after)
        after += 1
    while _is_day(tokens, after) and tokens.words[after + 1] not in MULTIPLIERS:
        skipped.add(after)
        after += 1
        if tokens.words[after] in _ORDINAL_ENDINGS:
            after += 1
        if tokens.words[after] not in ("-", "–", "and", "to", "or", "/"):
            break
        if tokens.words[after] == "and" and tokens.words[after + 2].isalpha():
            break
        after += 1
    if tokens.words[after] in (",", "of"):
        after += 1
    if _year_value(tokens, after):
        skipped.add(after)


def _is_day(tokens: Tokens, at: int) -> bool:
    word = tokens.words[at]
    return word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31


def _year_value(tokens: Tokens, at: int) -> int:
    raw = tokens.raw[at]
    if len(raw) != 4 or not (raw.isascii() and raw.isdecimal()):
        return 0
    return int(raw) if 1000 <= int(raw) <= 2199 else 0


def _digits(
    tokens: Tokens, at: int, skipped: set[int], named: set[str], *, title_case: bool
) -> int:
    """Decide about one token in digits and what hangs together with it; say where to go on."""
    words = tokens.words
    after_a_name = words[at - 1] == "-" and at - 2 in skipped and tokens.glued(at - 1)
    if after_a_name or _is_glued_to_a_name(tokens, at) or _is_a_bullet(tokens, at):
        skipped.add(at)
        named.add(words[at])
    elif words[at + 1] in (":", ".", "/") and _continues(tokens, at):
        return _chain(tokens, at, skipped)
    elif _is_a_time(tokens, at):
        skipped.add(at)
    elif _is_a_year(tokens, at):
        skipped.add(at)
        while words[at + 1] in ("-", "–", "/") and _continues(tokens, at):
            if len(words[at + 2]) > 2:
                break
            skipped.add(at + 2)
            at += 2
    elif (
        _is_designated(tokens, at)
        or _is_dialled(words, at)
        or (not title_case and _follows_a_name(tokens, at))
        or (words[at] in named and _is_bare(tokens, at))
    ):
        skipped.add(at)
        named.add(words[at])
        _list_of_names(tokens, at, skipped)
    return at + 1


def _continues(tokens: Tokens, at: int) -> bool:
    """Tell whether digits, a sign and digits are written in one piece."""
    return is_digits(tokens.words[at + 2]) and tokens.glued(at) and tokens.glued(at + 1)


def _chain(tokens: Tokens, at: int, skipped: set[int]) -> int:
    """Skip clock times, dates in digits, versions; keep small fractions and running times."""
    words, end = tokens.words, at + 2
    while words[end + 1] == words[at + 1] and _continues(tokens, end):
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
    return tokens.words[at - 1] == "at" or _is_a_time(tokens, end)


def _is_a_time(tokens: Tokens, at: int) -> bool:
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


def _is_glued_to_a_name(tokens: Tokens, at: int) -> bool:
    """Tell whether digits are part of a word: K2, COVID-19, G7, 707s, 5G."""
    words, raw = tokens.words, tokens.raw
    left = words[at - 1]
    if tokens.glued(at - 1):
        if left.isalpha() and not read_sign_before(tokens, at):
            return not _is_a_power(tokens, at)
        if left in ("-", "–") and tokens.glued(at - 2) and raw[at - 2].isalpha():
            return left == "-" or raw[at - 2].isupper()
        if left in "#§№_@\\'" and left:
            return True
    if not tokens.glued(at) or not raw[at + 1].isalpha() or words[at + 1] in _SUFFIX_LETTERS:
        return False
    if words[at + 1] == "s" and is_decade_of_life(words, at):
        return False
    unit = read_unit(tokens, at + 1, digits=True) or read_currency(tokens, at + 1)
    return unit is None


def is_decade_of_life(words: list[str], at: int) -> bool:
    """Tell "in his 70s", "in her early 30s" from "in the 70s"."""
    begin = at - 2 if words[at - 1] in ("early", "mid", "late") else at - 1
    return words[begin] in ("his", "her", "their", "my", "our") and words[begin - 1] == "in"


def _is_a_power(tokens: Tokens, at: int) -> bool:
    """Tell the 2 of "415 km2"."""
    unit = read_unit(tokens, at - 1, digits=True)
    return is_digits(tokens.words[at - 2]) and unit is not None and unit.end == at + 1


def read_sign_before(tokens: Tokens, at: int) -> bool:
    """Tell whether a currency sign or code ends right before a token."""
    return any(
        (sign := read_sign(tokens, begin)) is not None and sign.end == at
        for begin in range(at - 1, at - 4, -1)
        if tokens.raw[begin]
    )


def _is_a_bullet(tokens: Tokens, at: int) -> bool:
    """Tell list numbering and references from quantities: "1. Results", "[2]"."""
    words = tokens.words
    if words[at - 1] == "[" and words[at + 1] == "]":
        return True
    if words[at - 1] in ("\n", "") and words[at + 1] in (".", ")") and len(words[at]) <= 2:
        return words[at + 2] not in ("\n", "")
    return words[at - 1] in ("§", "#", "№")


def _is_a_year(tokens: Tokens, at: int) -> bool:
    value = _year_value(tokens, at)
    if not value or _is_measured(tokens, at):
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


def _is_measured(tokens: Tokens, at: int) -> bool:
    """Tell whether a scale, a unit or a currency stands with digits."""
    following = tokens.words[at + 1]
    if following in MULTIPLIERS or following in ("%", "±"):
        return True
    if read_sign_before(tokens, at):
        return True
    return bool(read_unit(tokens, at + 1, digits=True) or read_currency(tokens, at + 1))


def _is_designated(tokens: Tokens, at: int) -> bool:
    """Tell whether a numeral only says which one is meant: "phase 3", "Article 50", "No. 1"."""
    words = tokens.words
    left = words[at - 1]
    if left == "." and words[at - 2] in ("no", "nos", "art", "sec", "fig", "vol", "ch", "pp", "p"):
        return True
    if left == "no" and is_digits(words[at]):
        return True
    singular = left.removesuffix("s")
    if left not in _DESIGNATORS and singular not in _DESIGNATORS:
        return False
    if tokens.starts[at] == tokens.ends[at - 1] or _is_measured(tokens, at):
        return False
    if left != singular and words[at + 1] not in ("and", ",", "to", "–", "-", "through"):
        return False
    # "a group five miles away", "last week 20 people died"
    return not is_plural(words[at + 1]) and not (words[at + 1] == "-" and tokens.glued(at))


def _is_dialled(words: list[str], at: int) -> bool:
    """Tell emergency numbers: "called 911"."""
    return words[at] in ("911", "999", "112", "000", "111", "101") and (
        words[at - 1].startswith(("call", "dial", "phon", "rang", "ring"))
    )


def _follows_a_name(tokens: Tokens, at: int) -> bool:
    """Tell whether digits end a name that is not known as one: "Falcon 9", "Boeing 737"."""
    words, raw, left = tokens.words, tokens.raw, tokens.raw[at - 1]
    if not (left[:1].isupper() and len(left) > 1 and left.isalpha()) or "," in raw[at]:
        return False
    if words[at - 1] in FUNCTION_WORDS or words[at - 1] in _NEVER_NAMES or "." in raw[at]:
        return False
    # "HR 6819" is a name wherever it stands; "Nearly 50" is none
    begins_sentence = words[at - 2] in SENTENCE_STARTS and not left.isupper()
    if begins_sentence or _is_measured(tokens, at):
        return False
    right = words[at + 1]
    return not (is_plural(right) and raw[at + 1].islower()) and right not in ("to", "–", "out")


_NEVER_NAMES = WEEKDAYS | MONTHS | {"magnitude", "category", "aged", "age", *SMALL, *VAGUE}


def _is_bare(tokens: Tokens, at: int) -> bool:
    """Tell whether digits that were a name before are meant as that name again: "the 707"."""
    right = tokens.words[at + 1]
    return tokens.words[at - 1] in ("the", "a", "any", "and") and not (
        is_plural(right) or _is_measured(tokens, at)
    )


def _is_capitalised(tokens: Tokens, at: int) -> bool:
    """Tell a number word at the end of a name: "Tropical Depression Three"."""
    left = tokens.raw[at - 1]
    capitals = tokens.raw[at][0].isupper() and left[:1].isupper() and left.isalpha()
    return capitals and tokens.words[at - 1] not in FUNCTION_WORDS


def _list_of_names(tokens: Tokens, at: int, skipped: set[int]) -> None:
    """Skip on in "Articles 5 and 6", "Boeing 737-800"."""
    words = tokens.words
    if words[at + 1] == "-" and _continues(tokens, at):
        skipped.add(at + 2)
    elif words[at - 1].endswith("s") and words[at + 1] in ("and", ",", "to", "–", "through"):
        while is_digits(words[at + 2]) and words[at + 1] in ("and", ",", "to", "–", "through"):
            skipped.add(at + 2)
            at += 2
