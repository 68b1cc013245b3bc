"""Ages: of people, and of what is so many years old."""

from services.enricher.quantities.amounts import Amount
from services.enricher.quantities.tokens import Tokens, is_digits
from services.enricher.quantities.words import FUNCTION_WORDS, PERSONS, word_set

_AGE_UNITS = ("year", "month", "week", "day")


def age(
    tokens: Tokens, amount: Amount, names: dict[int, str | None], previous: Amount | None
) -> Amount | None:
    """Read an amount as an age where its unit, a word or the person before it says so."""
    words, end = tokens.words, amount.end
    if amount.unit in _AGE_UNITS:
        if words[end] == "-" and words[end + 1] in ("old", "olds"):
            return amount._replace(end=end + 2, kind="age")
        if words[end] in ("old", "olds"):
            return amount._replace(end=end + 1, kind="age")
        if words[end : end + 2] == ["of", "age"]:
            return amount._replace(end=end + 2, kind="age")
    bare = amount.kind == "count" and amount.unit is None and amount.form in ("digits", "words")
    possible = bare and 0 < amount.value <= 125 and amount.scale == 1
    if possible and (
        _is_said_to_be_an_age(tokens, amount)
        or _stands_after_a_person(tokens, amount, names)
        or _goes_on_with_ages(tokens, amount, previous)
    ):
        return amount._replace(kind="age", unit="year")
    return None


def _goes_on_with_ages(tokens: Tokens, amount: Amount, previous: Amount | None) -> bool:
    """Recognise the rest of "aged nine, ten and 49"."""
    if previous is None or previous.kind != "age" or amount.first - previous.end > 2:
        return False
    between = tokens.words[previous.end : amount.first]
    return (
        bool(between)
        and set(between) <= {",", "and"}
        and (tokens.words[amount.end] in _AFTER_AN_AGE)
    )


_DYING = frozenset(["dies", "died", "dead", "die", "death", "dying", "passed"])
_AFTER_AN_AGE = frozenset((",", ".", ")", "\n", "", ";", "and", "who", "in", "from", "on", "after"))
_AFTER_BEING_SO_OLD = _AFTER_AN_AGE | {"when", "at", "or"}


_AGED_GROUPS = word_set(
    "those people children adults anyone everyone girls boys women men residents citizens players "
    "persons aged minors youths voters workers someone"
)


def _is_said_to_be_an_age(tokens: Tokens, amount: Amount) -> bool:
    words, left = tokens.words, amount.first - 1
    while words[left] in (
        "about",
        "around",
        "of",
        "between",
        "just",
        "only",
        "over",
        "under",
        "above",
        "below",
    ):
        left -= 1
    of_age = words[amount.end] in ("and", "or") and words[amount.end + 1] in ("older", "younger")
    if of_age or words[left] in ("aged", "age", "ages"):
        return True
    if words[left + 1] in ("under", "over", "above", "below", "between") and (
        words[left] in _AGED_GROUPS
    ):
        follows = words[amount.end]
        return follows in FUNCTION_WORDS or not follows.isalpha()
    return _is_told_as_an_age(tokens, amount, left)


def _is_told_as_an_age(tokens: Tokens, amount: Amount, left: int) -> bool:
    """Recognise "the average age was 43", "he was 95", "died at 97", "turned 80"."""
    words = tokens.words
    if words[left] in ("was", "is", "be") and "age" in words[left - 4 : left]:
        return True
    is_so_old = words[left] in ("was", "is", "am") and words[left - 1] in ("he", "she", "i")
    if is_so_old and words[amount.end] in _AFTER_BEING_SO_OLD:
        return True
    if words[left] == "was" and words[amount.end] in (".", "\n", "") and amount.value >= 16:
        return not _DYING.isdisjoint(words[max(left - 60, 0) : left])
    if words[left] == "at" and words[amount.end] in _AFTER_AN_AGE:
        return not _DYING.isdisjoint(words[left - 6 : left])
    return words[left] in ("turned", "turning") and words[amount.end] in _AFTER_AN_AGE


def _stands_after_a_person(tokens: Tokens, amount: Amount, names: dict[int, str | None]) -> bool:
    """Recognise "Jane Roe, 45," and "Jane Roe (45)"."""
    words, left, right = tokens.words, amount.first - 1, tokens.words[amount.end]
    left -= words[left] == "now"
    if not is_digits(words[amount.first]) or amount.end != amount.first + 1 or amount.value < 1:
        return False
    if "." in words[amount.first]:
        return False
    enclosed = words[left] == "(" and right == ")"
    if not enclosed and not (words[left] == "," and right in _AFTER_AN_AGE):
        return False
    name, end = tokens.raw[left - 1], tokens.ends[left - 1]
    if names.get(end):
        return True
    several = name in _SEVERAL_PERSONS and right == "and" and is_digits(words[amount.end + 1])
    if name in PERSONS or several:
        return True
    return (
        not enclosed
        and name[:1].isupper()
        and len(name) > 1
        and (right == "," or (right == "and" and words[amount.end + 2] == ","))
    )


_SEVERAL_PERSONS = {f"{word}s" for word in PERSONS} | {"men", "women", "children"}
