"""Scores and votes: two numbers that stand against each other."""

from services.enricher.quantities.amounts import Amount
from services.enricher.quantities.lexicon import SMALL
from services.enricher.quantities.numerals import Numeral, read_numeral
from services.enricher.quantities.tokens import Tokens, is_digits
from services.enricher.quantities.words import (
    is_plural,
    word_set,
)


def points(tokens: Tokens, at: int, ours: Numeral | None) -> Amount | None:
    """Read "232 to 197", "45 points to 24", "by 51 votes to 49" where a contest is told of.

    `ours` is the numeral at the token, if it is digits or a word below one hundred.
    """
    words = tokens.words
    if ours is None or ours.scale > 1 or words[at - 1] == "from":
        return None
    link = ours.end + (words[ours.end] in ("points", "votes", "runs", "goals", "seats"))
    if words[link : link + 3] == ["-", "to", "-"]:
        link += 1
    theirs_at = link + 1 + (words[link + 1] == "-")
    if words[link] != "to" or not (is_digits(words[theirs_at]) or words[theirs_at] in SMALL):
        return None
    theirs = read_numeral(tokens, theirs_at)
    if theirs is None or theirs.scale > 1:
        return None
    if words[ours.end] != "votes" and not _is_contested(words, at, theirs.end):
        return None
    alone = ours.value > theirs.value or link > ours.end
    follows = words[theirs.end]
    if not alone or is_plural(follows) or follows in ("%", "percent", "per"):
        return None
    return _versus(Amount(at, theirs.end, ours.value, "score"), ours.value, theirs.value)


_CONTEST = word_set(
    "drawn ended win won wins winning beat beats beating "
    "defeat defeated defeats defeating lost lose loss "
    "vote voted votes voting score scored scores drew draw tie tied victory lead led leads "
    "leading ahead trailed trailing passed approved approve ruling ruled decision upheld "
    "rejected margin majority scoreline triumph triumphed shootout penalties ballot result "
    "aggregate split"
)


def score(tokens: Tokens, at: int) -> Amount | None:
    """Read "3–1", "232-197": two numbers of a contest or a vote, the first one as the value."""
    words = tokens.words
    if not _plain(words[at]) or words[at + 1] not in ("-", "–") or not _plain(words[at + 2]):
        return None
    if words[at + 3] in ("-", "–") and tokens.glued(at + 2) and _plain(words[at + 4]):
        return Amount(at, at + 5, 0, "score", form="skip")
    low, high = float(words[at]), float(words[at + 2])
    if low <= high and not _is_contested(words, at, at + 3):
        return None
    if low <= high and (words[at + 3] in ("%", "percent", "years", "-") or high > 999):
        return None
    if low > high and len(words[at]) == 4:
        return Amount(at, at + 3, 0, "score", form="skip")
    return _versus(Amount(at, at + 3, low, "score"), low, high)


def _plain(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) <= 4


def _versus(amount: Amount, ours: float, theirs: float) -> Amount:
    return amount._replace(
        value=ours, kind="score", low=min(ours, theirs), high=max(ours, theirs), unit=None
    )


def _is_contested(words: list[str], first: int, end: int) -> bool:
    return any(word in _CONTEST for word in (*words[first - 14 : first], *words[end : end + 3]))


def score_of(tokens: Tokens, span: Amount) -> Amount | None:
    """Turn the range "48 to 52" into a score where a contest is told of."""
    if span.kind != "count" or span.scale != 1 or span.low is None or span.high is None:
        return None
    words = tokens.words
    if (
        not _is_contested(words, span.first, span.end)
        or "between" in words[span.first - 3 : span.first]
    ):
        return None
    if is_plural(words[span.end]):
        return None
    return _versus(span, span.low, span.high)
