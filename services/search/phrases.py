"""Numbers asked for in words: "temperature below -30 °C", "killed at least 100"."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

from schemas.enriched_article import NumberKind
from services.measures.bases import measure
from services.measures.tables import unit_rows
from services.measures.written import WrittenUnit, known_units, read_currency, read_unit
from services.search.amounts import TypedAmount, read_amount
from services.search.criteria import NumberRange

EXAMPLE = 'write it as "temperature below -30 °C" or "killed at least 100"'

_COMPARISON = re.compile(
    r"(?P<at_least>>=|≥|(?<!\w)(?:at least|(?:no|not) (?:less|fewer) than)(?!\w))"
    r"|(?P<at_most><=|≤|(?<!\w)(?:at most|up to|(?:no|not) more than)(?!\w))"
    r"|(?P<over>>|(?<!\w)(?:over|above|more than|beyond)(?!\w))"
    r"|(?P<under><|(?<!\w)(?:under|below|(?:less|fewer) than)(?!\w))"
    r"|(?P<between>(?<!\w)between(?!\w))"
    r"|(?P<exactly>=|(?<!\w)exactly(?!\w))",
    re.IGNORECASE,
)
_AND = re.compile(r"\band\b", re.IGNORECASE)

_KINDS: Mapping[str, NumberKind] = {kind: kind for kind in get_args(NumberKind)} | {
    "weight": "mass",
    "distance": "length",
    "percentage": "percent",
    "aged": "age",
    "caliber": "calibre",
}
"""Words that name a kind, in the singular."""
_MEASURED_AS: Mapping[NumberKind, NumberKind] = {"age": "duration", "calibre": "length"}
_MEASURED: frozenset[NumberKind | None] = frozenset(row.kind for row in unit_rows()) - {
    "percent",
    "other",
} | {"calibre"}
_ASSUMED: Mapping[NumberKind, WrittenUnit] = {
    "age": WrittenUnit("year", "duration"),
    "percent": WrittenUnit("%", "percent"),
}
"""What is meant where no unit is given."""


def number_range(phrase: str) -> NumberRange:
    """Read what a number must meet, with its bounds in base units.

    That is what is counted or measured, if it matters, a comparison, a number, and its unit or
    currency. Raises ValueError; of an unknown unit it says which are known.
    """
    compared = _COMPARISON.search(phrase)
    if compared is None:
        raise ValueError(f"{phrase!r} compares nothing; {EXAMPLE}")
    asked = _subject(phrase[: compared.start()])
    side = compared.lastgroup or ""
    *lower, upper = _amounts(phrase[compared.end() :], between=side == "between")
    unit, asked = _unit(upper.rest, asked)
    high = _in_base(upper.value, unit, asked)
    match side:
        case "over":
            return replace(asked, over=high)
        case "under":
            return replace(asked, under=high)
        case "at_least":
            return replace(asked, at_least=high)
        case "at_most":
            return replace(asked, at_most=high)
    lowest = _lower(lower[0], upper, unit, asked) if lower else high
    return replace(asked, at_least=lowest, at_most=high)


def in_base_unit(asked: NumberRange, unit: str) -> NumberRange:
    """Complete a number by its unit as a person writes it, and convert its open bounds.

    Raises ValueError where a bound needs a unit, or this is none of its kind's.
    """
    written, completed = _unit(unit, asked)
    over, under = (
        bound if bound is None else _in_base(bound, written, completed)
        for bound in (asked.over, asked.under)
    )
    return replace(completed, over=over, under=under)


def _lower(
    low: TypedAmount, high: TypedAmount, unit: WrittenUnit | None, asked: NumberRange
) -> float:
    """Convert the lower bound, which may have a unit of its own: between 900 m and 2 km."""
    if low.rest != high.rest:
        unit, same = _unit(low.rest, asked)
        if same != asked:
            raise ValueError(f"{low.rest!r} and {high.rest!r} are of different kinds")
    return _in_base(low.value, unit, asked)


def _subject(text: str) -> NumberRange:
    """Tell the kind that the last word names from the words for what is counted or measured."""
    words = text.split()
    last = words[-1].lower() if words else ""
    kind = _KINDS.get(last) or _KINDS.get(last.removesuffix("s"))
    return NumberRange(kind, of=" ".join(words[:-1] if kind else words) or None)


def _amounts(text: str, *, between: bool) -> list[TypedAmount]:
    """Read one amount, or the two of "between 1 and 2 billion EUR", which share what one lacks."""
    if not between:
        return [read_amount(text)]
    low, *high = _AND.split(text)
    if len(high) != 1:
        raise ValueError(f"'between{text}' needs two bounds; write between 10 and 20 km")
    first, last = read_amount(low), read_amount(high[0])
    scale = first.scale if first.scale or first.rest else last.scale
    return [TypedAmount(first.number, scale, first.rest or last.rest), last]


def _unit(text: str, asked: NumberRange) -> tuple[WrittenUnit | None, NumberRange]:
    """Read the unit and complete what is asked by what it tells; counts have none."""
    kind = asked.kind
    if not text:
        unit = _ASSUMED.get(kind) if kind else None
        if unit is None and kind in _MEASURED:
            raise ValueError(f"{kind} needs a unit; {_known(kind)}")
        return unit, _completed(asked, unit)
    unit = read_currency(text) if kind == "money" else read_unit(text)
    if unit is None and kind is None:
        unit = read_currency(text)
    if unit is None and kind in (None, "count") and asked.of is None:
        return None, NumberRange("count", of=text)  # "more than 100 people killed"
    if unit is None or (kind and unit.kind not in (kind, _MEASURED_AS.get(kind))):
        raise ValueError(f"{text!r} is no unit of {kind or 'anything'}; {_known(kind)}")
    return unit, _completed(asked, unit)


def _completed(asked: NumberRange, unit: WrittenUnit | None) -> NumberRange:
    if unit is None:
        return replace(asked, kind=asked.kind or "count")
    if unit.kind == "money":
        return replace(asked, kind="money", unit=unit.name)
    return replace(asked, unit_base=measure(unit.name, asked.kind or unit.kind).base)


def _in_base(amount: float, unit: WrittenUnit | None, asked: NumberRange) -> float:
    if unit is None:
        return amount
    value = measure(unit.name, asked.kind or unit.kind).convert(amount * unit.factor)
    if value is None:
        raise ValueError(f"{amount:g} {unit.name} is too much")
    return value


def _known(kind: NumberKind | None) -> str:
    """Say which units there are of a kind; of no kind, which kinds have units."""
    if kind is None:
        kinds = ", ".join(sorted(filter(None, _MEASURED)))
        return f"name the kind to see its units, as in 'speed over 1': {kinds}"
    units = known_units(_MEASURED_AS.get(kind, kind))
    return f"known are: {', '.join(units)}" if units else "it has none"
