"""Finding the quantities of a zone, from left to right."""

from collections.abc import Iterator
from itertools import compress, count

from services.enricher.quantities.admission import is_a_quantity
from services.enricher.quantities.amounts import Amount, is_mere_article, read_amount
from services.enricher.quantities.contests import points, score, score_of
from services.enricher.quantities.designations import is_decade_of_life
from services.enricher.quantities.lexicon import DECADES, FOLDS, GLYPHS, ORDINALS, SMALL, VAGUE
from services.enricher.quantities.numerals import read_and_a_fraction, read_numeral
from services.enricher.quantities.ordinals import ordinal
from services.enricher.quantities.ranges import read_range
from services.enricher.quantities.shares import multiple, proportion
from services.enricher.quantities.tables import currencies
from services.enricher.quantities.tokens import Tokens, is_digits

_HALVED_TIMES = ("hour", "day", "week", "month", "year", "decade", "century")

_STARTERS = frozenset(
    (
        *SMALL,
        *VAGUE,
        *DECADES,
        *FOLDS,
        *_HALVED_TIMES,
        *GLYPHS,
        *ORDINALS,
        "a",
        "an",
        "half",
        "dozen",
        "several",
        "few",
        "couple",
        "minus",
        "-",
        "double",
        "triple",
        "quadruple",
        "twice",
        "scores",
    )
)


def scan(tokens: Tokens, blocked: set[int], *, title_case: bool) -> Iterator[Amount]:
    """Yield what is a quantity, in order and without overlaps."""
    signs = currencies()[0].first_words()
    words = (at for at in tokens.places(_STARTERS) if not is_mere_article(tokens, at))
    first = {*words, *compress(count(), map(signs.__contains__, tokens.raw))}
    end = 0
    for at in sorted(first - blocked):
        found = _read(tokens, at, blocked, title_case=title_case) if at >= end else None
        if found:
            end = found.end
            if found.form != "skip":
                yield found


def _read(tokens: Tokens, at: int, blocked: set[int], *, title_case: bool) -> Amount | None:
    numeral = read_numeral(tokens, at) if _is_numeral(tokens.words[at]) else None
    found = (
        _running_time(tokens, at)
        or _hours_and_minutes(tokens, at)
        or _time_and_a_half(tokens, at)
        or _feet_and_inches(tokens, at)
        or _decade_of_life(tokens, at)
        or points(tokens, at, numeral)
        or proportion(tokens, at)
        or multiple(tokens, at, numeral)
        or ordinal(tokens, at, title_case=title_case)
        or score(tokens, at)
    )
    if found:
        return None if _touches(found, blocked) else found
    amount = read_amount(tokens, at, numeral)
    if amount is None or _touches(amount, blocked):
        return None
    span = read_range(tokens, amount, blocked)
    if span and not _touches(span, blocked):
        amount = score_of(tokens, span) or span
    else:
        amount = _compound(tokens, amount)
        amount = _tolerance(tokens, amount)
    if not is_a_quantity(tokens, amount, title_case=title_case):
        return amount._replace(form="skip")
    return amount


def _touches(amount: Amount, blocked: set[int]) -> bool:
    return not blocked.isdisjoint(range(amount.first, amount.end))


def _running_time(tokens: Tokens, at: int) -> Amount | None:
    """Read "2:14:04" as seconds; clock times are passed over before."""
    words = tokens.words
    if not (is_digits(words[at]) and words[at + 1] == words[at + 3] == ":"):
        return None
    parts = (words[at], words[at + 2], words[at + 4])
    if not all(is_digits(part) for part in parts) or not tokens.glued(at):
        return None
    hours, minutes, seconds = map(float, (part.replace(",", "") for part in parts))
    value = 3600 * hours + 60 * minutes + seconds
    return Amount(at, at + 5, value, "duration", "second")


def _time_and_a_half(tokens: Tokens, at: int) -> Amount | None:
    """Read "the past year and a half", whose one year has no article."""
    words = tokens.words
    if words[at] not in _HALVED_TIMES or words[at - 1] not in ("past", "last", "next", "first"):
        return None
    extra = read_and_a_fraction(tokens, at + 1)
    if extra is None:
        return None
    return Amount(at, extra.end, 1 + extra.value, "duration", words[at])


def _hours_and_minutes(tokens: Tokens, at: int) -> Amount | None:
    """Read "2h 14m" as minutes; elsewhere `m` is a metre."""
    words = tokens.words
    if not (words[at].isdecimal() and words[at + 1] in ("h", "hr", "hrs") and tokens.glued(at)):
        return None
    if not (words[at + 2].isdecimal() and words[at + 3] in ("m", "min", "mins")):
        return None
    return Amount(at, at + 4, 60 * float(words[at]) + float(words[at + 2]), "duration", "minute")


def _feet_and_inches(tokens: Tokens, at: int) -> Amount | None:
    """Read 6'4" as inches."""
    words = tokens.words
    marked = words[at + 1] == "'" and words[at + 3] in ('"', "'")
    if not (marked and words[at].isdecimal() and words[at + 2].isdecimal()):
        return None
    if not (tokens.glued(at) and tokens.glued(at + 1) and tokens.glued(at + 2)):
        return None
    return Amount(at, at + 4, 12 * float(words[at]) + float(words[at + 2]), "length", "inch")


def _decade_of_life(tokens: Tokens, at: int) -> Amount | None:
    """Read "in his 70s", "in her late thirties" as an age from 70 to 79."""
    words, end = tokens.words, at + 1
    if not is_decade_of_life(words, at):
        return None
    if words[at] in DECADES:
        age = float(DECADES[words[at]])
    elif words[at].isdecimal() and words[at + 1] == "s" and tokens.glued(at):
        age, end = float(words[at]), at + 2
    else:
        return None
    if age > 100 or age % 10:
        return None
    return Amount(at, end, age, "age", "year", age, age + 9)


def _compound(tokens: Tokens, amount: Amount) -> Amount:
    """Read on in "1 hour 59 minutes 40.2 seconds", "6 feet 2 inches"; the smallest unit holds."""
    while amount.unit in _SMALLER and _is_numeral(tokens.words[amount.end]):
        smaller, factor = _SMALLER[amount.unit]
        part = read_amount(tokens, amount.end)
        if part is None or part.unit != smaller:
            break
        value = amount.value * factor + part.value
        amount = amount._replace(end=part.end, value=value, unit=smaller)
    return amount


def _is_numeral(word: str) -> bool:
    return is_digits(word) or word in SMALL


_SMALLER = {"hour": ("minute", 60), "minute": ("second", 60), "foot": ("inch", 12)}

_SMALLER |= {"pound": ("ounce", 16), "stone": ("pound", 14)}


def _tolerance(tokens: Tokens, amount: Amount) -> Amount:
    """Read on in "1010 ± 195 light years"."""
    if tokens.words[amount.end] != "±" or amount.unit is not None:
        return amount
    margin = read_amount(tokens, amount.end + 1)
    if margin is None:
        return amount
    return amount._replace(end=margin.end, unit=margin.unit, kind=margin.kind)
