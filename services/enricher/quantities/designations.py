"""Numerals that name or number a thing rather than count any."""

from services.enricher.quantities.calendar_dates import (
    ORDINAL_ENDINGS,
    continues,
    is_measured,
    read_sign_before,
)
from services.enricher.quantities.lexicon import (
    MONEY_SUFFIXES,
    SMALL,
    VAGUE,
)
from services.enricher.quantities.tables import read_currency, read_unit
from services.enricher.quantities.tokens import Tokens, is_digits
from services.enricher.quantities.words import (
    FUNCTION_WORDS,
    MONTHS,
    SENTENCE_STARTS,
    WEEKDAYS,
    is_plural,
    word_set,
)

_DESIGNATORS = word_set(
    "number phase chapter article section round part page step flight route highway "
    "interstate channel room gate platform stage level type grade tier group season episode "
    "volume version title proposition amendment bill rule paragraph clause line lane track "
    "terminal block zone district ward sector region division pier runway apartment figure "
    "table match question item act scene verse psalm apollo falcon soyuz covid game day "
    "week point appendix annex protocol schedule exhibit count war operation pope king queen "
    "motorway unit class formula resolution agenda area lap set map note footnote"
)


_SUFFIX_LETTERS = frozenset((*MONEY_SUFFIXES, *ORDINAL_ENDINGS))


def is_glued_to_a_name(tokens: Tokens, at: int) -> bool:
    """Tell whether digits are part of a word: K2, COVID-19, G7, 707s, 5G."""
    words, raw = tokens.words, tokens.raw
    left = words[at - 1]
    if tokens.glued(at - 1):
        if left.isalpha() and not read_sign_before(tokens, at):
            return not _is_a_power(tokens, at)
        if left in ("-", "–") and tokens.glued(at - 2) and raw[at - 2].isalpha():
            # "magnitude-7.1", "230-to-197"
            joins = words[at - 2] == "magnitude" or words[at - 2] in FUNCTION_WORDS
            return not joins and (left == "-" or raw[at - 2].isupper())
        inches = left == "'" and is_digits(words[at - 2])
        if left in "#§№_@\\'" and left and not inches:
            return True
    if not tokens.glued(at) or not raw[at + 1].isalpha() or words[at + 1] in _SUFFIX_LETTERS:
        return False
    if words[at + 1] == "s" and is_decade_of_life(words, at):
        return False
    unit = read_unit(tokens, at + 1, digits=True) or read_currency(tokens, at + 1)
    return unit is None


def is_decade_of_life(words: list[str], at: int) -> bool:
    """Tell "in his 70s", "in her early 30s" from "in the 70s"."""
    while words[at - 1] in ("and", "or"):  # "in their 20s and 30s"
        at -= 3 if words[at - 2] == "s" else 2
        if not is_digits(words[at]):
            return False
    begin = at - 2 if words[at - 1] in ("early", "mid", "late") else at - 1
    return words[begin] in ("his", "her", "their", "my", "our") and words[begin - 1] == "in"


def _is_a_power(tokens: Tokens, at: int) -> bool:
    """Tell the 2 of "415 km2"."""
    unit = read_unit(tokens, at - 1, digits=True)
    return is_digits(tokens.words[at - 2]) and unit is not None and unit.end == at + 1


def is_a_bullet(tokens: Tokens, at: int) -> bool:
    """Tell list numbering and references from quantities: "1. Results", "[2]"."""
    words = tokens.words
    if words[at - 1] == "[" and words[at + 1] == "]":
        return True
    if words[at - 1] in ("\n", "") and words[at + 1] in (".", ")") and len(words[at]) <= 2:
        return words[at + 2] not in ("\n", "")
    listed = words[at + 1] == ")" and words[at - 1] in ("and", ",", ";", ":", "or")
    if listed and "(" not in words[at - 6 : at]:
        return True
    return words[at - 1] in ("§", "#", "№")


def is_designated(tokens: Tokens, at: int) -> bool:
    """Tell whether a numeral only says which one is meant: "phase 3", "Article 50", "No. 1"."""
    words = tokens.words
    left = words[at - 1]
    if (
        left == "."
        and not tokens.raw[at][0].isupper()
        and words[at - 2] in ("no", "nos", "art", "sec", "fig", "vol", "ch", "pp", "p")
    ):
        return True
    if (left == "no" and is_digits(words[at])) or (words[at - 2] == "&" and left.isalpha()):
        return True  # "No 10", "S&P 500"
    singular = left.removesuffix("s")
    if left not in _DESIGNATORS and singular not in _DESIGNATORS:
        return False
    if tokens.starts[at] == tokens.ends[at - 1] or is_measured(tokens, at):
        return False
    if left != singular and words[at + 1] not in ("and", ",", "to", "–", "-", "through"):
        return False
    # "a group five miles away", "last week 20 people died"
    return not is_plural(words[at + 1]) and not (words[at + 1] == "-" and tokens.glued(at))


def is_an_address(tokens: Tokens, at: int) -> bool:
    """Tell house numbers: "10 Downing Street"."""
    near = range(at + 1, at + 4)
    street = next((i for i in near if tokens.words[i] in STREETS), None)
    return street is not None and all(
        tokens.raw[i][:1].isupper() for i in range(at + 1, street + 1)
    )


STREETS = word_set("avenue ave street road boulevard lane drive square st")


def is_dialled(words: list[str], at: int) -> bool:
    """Tell emergency numbers: "called 911"."""
    return words[at] in ("911", "999", "112", "000", "111", "101") and (
        words[at - 1].startswith(("call", "dial", "phon", "rang", "ring"))
    )


def follows_a_name(tokens: Tokens, at: int) -> bool:
    """Tell whether digits end a name that is not known as one: "Falcon 9", "Boeing 737"."""
    words, raw, left = tokens.words, tokens.raw, tokens.raw[at - 1]
    capital = len(left) > 1 and left.isalpha() and not left.islower()
    if not capital or "," in raw[at] or _is_a_result(tokens, at):
        return False
    if words[at - 1] in FUNCTION_WORDS or words[at - 1] in _NEVER_NAMES or _is_decimal(raw[at]):
        return False
    # "HR 6819" is a name wherever it stands; "Nearly 50" is none
    begins_sentence = words[at - 2] in SENTENCE_STARTS and left[1:].islower()
    if begins_sentence or is_measured(tokens, at):
        return False
    right = words[at + 1]
    return not (is_plural(right) and raw[at + 1].islower()) and right not in (
        "to",
        "or",
        "–",
        "out",
    )


def _is_decimal(raw: str) -> bool:
    """Tell the decimal of a measure from a version: "Society 1.0"."""
    return "." in raw and not raw.endswith(".0")


def _is_a_result(tokens: Tokens, at: int) -> bool:
    """Tell the score of "beat Chelsea 4-0" from a type number."""
    words = tokens.words
    pair = words[at + 1] in ("-", "–") and continues(tokens, at)
    return pair and len(words[at]) <= 2 and len(words[at + 2]) <= 2


_NEVER_NAMES = (
    WEEKDAYS | MONTHS | {"magnitude", "mw", "ml", "mb", "category", "aged", "age", *SMALL, *VAGUE}
)


def is_bare(tokens: Tokens, at: int) -> bool:
    """Tell whether digits that were a name before are meant as that name again: "the 707"."""
    left, right = tokens.words[at - 1], tokens.words[at + 1]
    if right in ORDINAL_ENDINGS and tokens.glued(at):
        return False
    if left == right == '"':
        return True
    return left in ("the", "a", "any", "and") and not (is_plural(right) or is_measured(tokens, at))


def is_capitalised(tokens: Tokens, at: int) -> bool:
    """Tell a number word at the end of a name: "Tropical Depression Three"."""
    left = tokens.raw[at - 1]
    capitals = tokens.raw[at][0].isupper() and left[:1].isupper() and left.isalpha()
    return capitals and tokens.words[at - 1] not in FUNCTION_WORDS


def list_of_names(tokens: Tokens, at: int, skipped: set[int]) -> None:
    """Skip on in "Articles 5 and 6", "Boeing 737-800"."""
    words = tokens.words
    if words[at + 1] == "-" and continues(tokens, at):
        skipped.add(at + 2)
    elif words[at - 1].endswith("s") and words[at + 1] in ("and", ",", "to", "–", "through"):
        while is_digits(words[at + 2]) and words[at + 1] in ("and", ",", "to", "–", "through"):
            skipped.add(at + 2)
            at += 2
