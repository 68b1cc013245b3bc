"""What only looks like a quantity: articles, pronouns, set phrases."""

from collections.abc import Callable

from services.enricher.quantities.amounts import Amount
from services.enricher.quantities.lexicon import SCALES, SMALL
from services.enricher.quantities.ordinals import is_in_a_name
from services.enricher.quantities.tables import read_currency
from services.enricher.quantities.tokens import Tokens, is_digits
from services.enricher.quantities.words import (
    FUNCTION_WORDS,
    is_plural,
    word_set,
)

_SPANS_A_TIME = word_set(
    "for in within after take takes took taking about over than nearly almost lasting last "
    "lasted spent under only least around roughly just"
)


_TELLS_A_TIME = word_set("later ago after before earlier away from long old prior in")


_BEYOND_ANY_QUANTITY = 1e30
"""Such a value is no quantity but a run of digits or of scales."""


def is_a_quantity(tokens: Tokens, amount: Amount, *, title_case: bool) -> bool:
    """Refuse articles, pronouns and set phrases that only look like numbers."""
    word = tokens.words[amount.first]
    if amount.value > _BEYOND_ANY_QUANTITY:
        return False
    if tokens.words[amount.end] == "-" and tokens.words[amount.end + 1] in ("figure", "figures"):
        return False  # a six-figure sum
    if tokens.words[amount.first - 4 : amount.first] == ["best", "-", "of", "-"]:
        return False
    if _is_a_model(tokens, amount):
        return False
    check = _CHECKS.get(word)
    if check and not check(tokens, amount):
        return False
    in_a_name = word in SMALL and not title_case
    return not (in_a_name and is_in_a_name(tokens, amount.first, amount.end))


def _is_a_model(tokens: Tokens, amount: Amount) -> bool:
    """Tell the type number of "the 737-800" from a range."""
    words = tokens.words
    joined = words[amount.first + 1] == "-" and amount.end == amount.first + 3
    big = amount.low is not None and amount.low >= 100 and amount.unit is None
    led = words[amount.first - 1] in ("a", "an", "the")
    return joined and big and led and amount.kind == "count" and not is_plural(words[amount.end])


def _is_an_amount(tokens: Tokens, amount: Amount) -> bool:
    """Tell the "a year" that is one year from the one that only says per year or some year."""
    words, first = tokens.words, amount.first
    if words[first - 1 - (words[first - 1] == "-")] == "and" and amount.form == "fraction":
        return False  # the tail of "the past year and a half"
    if amount.unit is None or amount.end != first + 2 or words[first + 1] in ("half", "quarter"):
        return True
    if words[amount.end] not in ("earlier", "later", "ago") and _is_paid(tokens, first):
        return False  # "$15 an hour"
    return words[first - 1] in _SPANS_A_TIME or words[amount.end] in _TELLS_A_TIME


def _is_paid(tokens: Tokens, at: int) -> bool:
    """Tell whether an amount of something stands right before a token."""
    before = tokens.words[at - 1]
    return is_digits(before) or before in SCALES or bool(read_currency(tokens, at - 1))


def _is_more_than_tens(tokens: Tokens, amount: Amount) -> bool:
    del tokens
    return amount.value > 10


def _is_a_zero(tokens: Tokens, amount: Amount) -> bool:
    left = tokens.words[amount.first - 1]
    if amount.unit and left in ("from", "to"):
        return True  # "down to zero percent"
    return left not in ("ground", "net", "patient", "absolute", "-", "from", "to")


_HALVED = word_set("of the a an all its their his her that what our those these as to")


_OTHER_HALVES = word_set("first second third fourth final other latter last better the each")


def _is_a_half(tokens: Tokens, amount: Amount) -> bool:
    left, right = tokens.words[amount.first - 1], tokens.words[amount.end]
    if amount.form != "fraction":
        return True
    if left in _OTHER_HALVES or left == "-":
        return False
    return bool(amount.unit) or (right != "-" and (right in _HALVED or left in _HALVING))


_HALVING = word_set("by in about nearly almost over than least roughly only just")
_NEVER_ONE = word_set("no any every some this that each which the another other next last not by")
_AFTER_NO_ONE = word_set("of another day way who whose thing , . ; : ? ! )")
_AFTER_A_COUNT = word_set(
    "least only just than killed killing injured wounded including but leaving left kills injures "
    "injuring wounding"
)
_STATES = word_set("dead killed injured wounded missing arrested death injury")
_HYPHENED = word_set("on off by way sided to party size another")


def _is_a_counted_one(tokens: Tokens, amount: Amount) -> bool:
    """Tell the number one from the pronoun and from "one of the"."""
    words, at = tokens.words, amount.first
    left, right = words[at - 1], words[at + 1]
    if amount.end > at + 1 or right in _STATES:
        return True
    the_only_one = left == "only" and words[at - 2] in ("the", "not", "'")
    joined = left == "-" and tokens.glued(at - 1)
    assumes = is_plural(right)  # "if one assumes"
    if left in _NEVER_ONE or the_only_one or joined or assumes:
        return False
    if right == "-":
        return words[at + 2] not in _HYPHENED
    if right in _AFTER_NO_ONE or right in FUNCTION_WORDS:
        return left in _AFTER_A_COUNT and right != "of"
    return right.isalpha()


_CHECKS: dict[str, Callable[[Tokens, Amount], bool]] = {
    "a": _is_an_amount,
    "an": _is_an_amount,
    "tens": _is_more_than_tens,
    "half": _is_a_half,
    "zero": _is_a_zero,
    "one": _is_a_counted_one,
}
