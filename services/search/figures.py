"""Numbers as a person reads them: 2.4 billion EUR, over 10,000 troops, −30 degrees celsius."""

from collections.abc import Iterable
from itertools import zip_longest

from services.search.results import Figure

_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_QUALIFIERS = {
    "approximately": "about ",
    "at_least": "at least ",
    "more_than": "over ",
    "at_most": "at most ",
    "less_than": "under ",
    "up_to": "up to ",
}
# What tells most about an event comes first; the other kinds (ordinals, ages, scores, …) tell
# little when they stand alone.
_NOTABLE = ("money", "count", "percent", "magnitude", "power", "length", "area", "mass", "speed")
_PLURALS = {"foot": "feet", "inch": "inches", "hertz": "hertz", "celsius": "celsius"}


def notable(figures: Iterable[Figure], limit: int = 3) -> tuple[Figure, ...]:
    """Choose the largest figures of the telling kinds, one of each kind in turn.

    A count says something only with what it counts.
    """
    kinds: dict[str, dict[str, Figure]] = {kind: {} for kind in _NOTABLE}
    for figure in sorted(figures, key=lambda figure: -abs(figure.value)):
        if figure.kind in kinds and (figure.kind != "count" or figure.of):
            kinds[figure.kind].setdefault(readable(figure), figure)
    rounds = zip_longest(*(same.values() for same in kinds.values()))
    return tuple(figure for row in rounds for figure in row if figure)[:limit]


def readable(figure: Figure) -> str:
    """Write a number with its qualifier and unit, and a count with what it counts."""
    low = figure.value if figure.low is None else figure.low
    amount = _amount(low)
    if figure.high is not None and figure.high != low:
        amount = _span(amount, _amount(figure.high))
    counted = figure.of if figure.kind == "count" else None
    unit = "" if figure.unit == "%" else _unit(figure, low)
    words = (f"{amount}%" if figure.unit == "%" else amount, unit, counted)
    return _QUALIFIERS.get(figure.qualifier, "") + " ".join(word for word in words if word)


def _span(low: str, high: str) -> str:
    """Say a scale that both ends share once."""
    number, _, scale = low.partition(" ")
    return f"{number}–{high}" if scale and high.endswith(scale) else f"{low}–{high}"


def _amount(value: float) -> str:
    for size, scale in _SCALES:
        if abs(value) >= size:
            return f"{_decimal(value / size)} {scale}"
    return _decimal(value)


def _decimal(value: float) -> str:
    digits = f"{value:,.2f}".rstrip("0").rstrip(".")
    # What rounds to nothing is not nothing.
    return f"{value:g}" if digits in {"0", "-0"} and value else digits


def _unit(figure: Figure, value: float) -> str:
    if not figure.unit:
        return ""
    if figure.kind == "money" or (abs(value) == 1 and figure.high is None):
        return figure.unit.replace("_", " ")
    first, *rest = figure.unit.split("_")
    return " ".join([_plural(first), *rest])


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return _PLURALS.get(noun, noun + "s")
