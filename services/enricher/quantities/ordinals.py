"""Ordinals: which one in a row."""

from services.enricher.quantities.amounts import Amount
from services.enricher.quantities.calendar_dates import ORDINAL_ENDINGS
from services.enricher.quantities.designations import STREETS
from services.enricher.quantities.lexicon import ORDINALS, TENS
from services.enricher.quantities.tokens import Tokens, is_digits
from services.enricher.quantities.words import (
    FUNCTION_WORDS,
    SENTENCE_STARTS,
    word_set,
)

_PERIODS = word_set("day days week month year night hour minute")


_SUPERLATIVES = word_set(
    "most ever floor half inning place time year round term generation quarter ranked "
    "leading seeded placed"
)


_SET_PHRASES = word_set(
    "aid lady ladies name names hand class degree hands thoughts nature party world "
    "estate century centuries amendment sight base floor minister foremost responder "
    "responders"
)


def ordinal(tokens: Tokens, at: int, *, title_case: bool) -> Amount | None:
    """Read "first", "116th", "twenty-first", and "sixth day" where days are counted."""
    words = tokens.words
    value, end = _ordinal_value(tokens, at)
    if not value:
        return None
    if _is_a_set_phrase(tokens, at, end) or (not title_case and is_in_a_name(tokens, at, end)):
        return Amount(at, end, 0, "ordinal", form="skip")
    stands_alone = words[end + 1] in FUNCTION_WORDS or not words[end + 1].isalpha()
    if (
        stands_alone
        and words[end] in _PERIODS
        and (
            words[at - 1] in ("its", "their", "his", "her", "a", "into")
            or (
                words[at - 1] == "the"
                and words[at - 2] in ("entered", "into", "enters", "entering")
            )
        )
    ):
        return Amount(at, end + 1, value, "ordinal", words[end].removesuffix("s"), form="ordinal")
    return Amount(at, end, value, "ordinal", form="ordinal")


def _is_a_set_phrase(tokens: Tokens, at: int, end: int) -> bool:
    """Tell "first-hand", "at first", "First, they came" and the second of time from an order."""
    words, following = tokens.words, tokens.words[end]
    if following == "-" and tokens.glued(end - 1):
        behind = words[end + 1]
        if not (behind.endswith("est") or behind in _SUPERLATIVES):
            return True
    begins = words[at - 1] in SENTENCE_STARTS and following == ","
    at_first = words[at - 1] == "at" and words[at] == "first" and following != "sight"
    of_all = following == "of" and words[end + 1] == "all"
    time = words[at] == "second" and _is_time(words, at)
    street = words[at + 1] in ORDINAL_ENDINGS and following in STREETS
    return street or following in _SET_PHRASES or begins or at_first or of_all or time


def _ordinal_value(tokens: Tokens, at: int) -> tuple[float, int]:
    words = tokens.words
    if words[at] in ORDINALS:
        return float(ORDINALS[words[at]]), at + 1
    if words[at] in TENS:
        units = at + 2 if words[at + 1] == "-" else at + 1
        if 0 < ORDINALS.get(words[units], 0) < 10:
            return float(TENS[words[at]] + ORDINALS[words[units]]), units + 1
    if is_digits(words[at]) and tokens.glued(at) and words[at + 1] == _ending(words[at]):
        return float(words[at].replace(",", "")), at + 2
    return 0.0, at


def _ending(digits: str) -> str:
    """Say how an ordinal in digits ends: 1st, but 11th; 14st is a weight."""
    if digits[-2:] in ("11", "12", "13"):
        return "th"
    return {"1": "st", "2": "nd", "3": "rd"}.get(digits[-1], "th")


def _is_time(words: list[str], at: int) -> bool:
    """Tell the second of time from the second of an order."""
    ends = words[at + 1] in FUNCTION_WORDS or not words[at + 1].isalpha()
    return ends and words[at - 1] in ("a", "per", "each", "every", "one", "split", "/")


def is_in_a_name(tokens: Tokens, at: int, end: int) -> bool:
    """Tell "the Seventh Fleet" by its capitals."""
    raw = tokens.raw
    begins = tokens.words[at - 1] in SENTENCE_STARTS
    capital = raw[at][:1].isupper() and not begins
    return capital and raw[end][:1].isupper()
