"""Shares and multiples: "one in five", "seven per 100,000", "twice as many"."""

from services.enricher.quantities.amounts import Amount
from services.enricher.quantities.lexicon import FOLDS, MULTIPLIERS, ONES
from services.enricher.quantities.numerals import Numeral, read_numeral
from services.enricher.quantities.tokens import Tokens, is_digits
from services.enricher.quantities.words import (
    word_set,
)


def proportion(tokens: Tokens, at: int) -> Amount | None:
    """Read "one in five", "nine out of ten" as a ratio."""
    words = tokens.words
    top = _small(words[at])
    if top and words[at + 1] == "per":
        return _rate(tokens, at, top)
    start = _past_link(words, at + 1) if top else None
    numeral = (_every(words, start) or read_numeral(tokens, start)) if start else None
    if start is None or numeral is None or numeral.form not in ("digits", "words"):
        return None
    year = is_digits(words[start]) and len(words[start]) == 4
    of_time = words[numeral.end] in _TIME_WORDS
    if year or of_time or not _is_a_whole(top, numeral.value, words[at + 1]):
        return None
    return Amount(at, numeral.end, top / numeral.value, "ratio", form="ratio")


def _past_link(words: list[str], at: int) -> int | None:
    for link in (["in"], ["-", "in", "-"], ["out", "of"]):
        if words[at : at + len(link)] == link:
            at += len(link)
            return at + (words[at] == "every")
    return None


def _every(words: list[str], at: int) -> Numeral | None:
    """Read the "thousand" of "one out of every thousand"."""
    if words[at - 1] == "every" and words[at] in MULTIPLIERS:
        return Numeral(MULTIPLIERS[words[at]], at + 1, "words")
    return None


def _is_a_whole(part: float, whole: float, link: str) -> bool:
    """Tell "one in 40" and "nine out of ten" from "29 out of 30" and "5 in 30 games"."""
    if whole <= part or (whole > 10 and whole % 10):
        return False
    return part == 1 or whole <= 10 or (link == "out" and whole in (100, 1000, 10_000, 100_000))


def _rate(tokens: Tokens, at: int, top: float) -> Amount | None:
    """Read "seven per 100,000" as a ratio."""
    per = read_numeral(tokens, at + 2)
    if per is None or per.value not in (100, 1000, 10_000, 100_000, 1_000_000):
        return None
    return Amount(at, per.end, top / per.value, "ratio", form="ratio")


_TIME_WORDS = word_set("seconds minutes hours days weeks months years minute hour")


def _small(word: str) -> float:
    if word in ONES:
        return float(ONES[word])
    return float(word) if word.isdecimal() and len(word) <= 2 else 0.0


_MULTIPLES = {"double": 2.0, "triple": 3.0, "quadruple": 4.0, "twice": 2.0}


_COMPARED = word_set("as the that what its their his her our last more")


def multiple(tokens: Tokens, at: int, numeral: Numeral | None) -> Amount | None:
    """Read "double the number", "twice as many", "three times higher", "tenfold".

    `numeral` is that at the token, if it is digits or a word below one hundred.
    """
    words = tokens.words
    if words[at] in _MULTIPLES:
        compares = words[at + 1] in _COMPARED or (
            words[at - 1] in ("than", "nearly", "almost", "about") and words[at] != "twice"
        )
        if compares:
            return Amount(at, at + 1, _MULTIPLES[words[at]], "ratio", form="words")
        return None
    return _fold(tokens, at) or _times(tokens, at, numeral)


def _times(tokens: Tokens, at: int, numeral: Numeral | None) -> Amount | None:
    """Read "three times higher", "1.7 times its radius"; "four times" alone counts."""
    words = tokens.words
    if numeral is None or words[numeral.end] != "times":
        return None
    following, after = words[numeral.end + 1], words[numeral.end + 2]
    if following == "as":
        compares = after in _DEGREES or words[numeral.end + 3] == "as"
    else:
        compares = numeral.value % 1 > 0 or following in _COMPARED or following.endswith("er")
    if compares:
        return Amount(at, numeral.end + 1, numeral.value, "ratio", form="words")
    return None


def _fold(tokens: Tokens, at: int) -> Amount | None:
    """Read "fivefold", "ten-fold", "20-fold"."""
    words = tokens.words
    if words[at] in FOLDS:
        return Amount(at, at + 1, FOLDS[words[at]], "ratio", form="words")
    if words[at + 1] == "-" and words[at + 2] == "fold" and tokens.glued(at):
        numeral = read_numeral(tokens, at)
        if numeral and numeral.end == at + 1:
            return Amount(at, at + 3, numeral.value, "ratio", form="words")
    return None


_DEGREES = word_set("many much high large big great long fast likely often far good strong heavy")
