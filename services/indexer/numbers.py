"""The numbers of an article as its document keeps them.

Each as a nested part, in its own unit and in the base unit of its kind; and the telling ones flat,
since Kibana's charts and maps can't use nested parts.
"""

from collections.abc import Iterable

from schemas.enriched_article import Number, NumberKind
from services.indexer.limits import distinct
from services.measures.bases import measure
from services.measures.casualties import Fate, fate

CURRENCIES = ("USD", "EUR", "GBP", "JPY", "CNY", "INR", "RUB", "UAH", "AUD", "CAD")
"""Those with a field of their own: amounts are never converted into one another."""

_QUALIFIERS = {
    "approximately": "about ",
    "at_least": "at least ",
    "more_than": "over ",
    "at_most": "at most ",
    "less_than": "under ",
    "up_to": "up to ",
}


def numbers(found: tuple[Number, ...]) -> dict[str, object]:
    """Write the fields that tell of numbers."""

    def values(kind: NumberKind, currency: str | None = None) -> list[float]:
        return distinct(n.value for n in found if n.kind == kind and currency in (None, n.unit))

    return {
        "number_kinds": distinct(number.kind for number in found),
        "money_currencies": distinct(n.unit for n in found if n.kind == "money"),
        "number_units": distinct(n.unit for n in found if n.kind != "money"),
        "counted": distinct(number.of for number in found),
        "money_amounts": values("money"),
        "counts": values("count"),
        "percentages": values("percent"),
        "number_count": len(found),
        "numbers": [nested(number) for number in found],
        "killed": _casualties(found, "killed"),
        "injured": _casualties(found, "injured"),
        "figures": distinct(figure(number) for number in found),
    } | {f"money_{code.lower()}": values("money", code) for code in CURRENCIES}


def nested(number: Number) -> dict[str, object]:
    """Add a number's value and bounds in its base unit; a count's value is its own."""
    fields = number.model_dump()
    if number.unit is None:
        return fields | {
            "value_base": number.value,
            "low_base": number.low,
            "high_base": number.high,
        }
    unit = measure(number.unit, number.kind)
    bounds = {
        f"{end}_base": unit.convert(value)
        for end, value in (("value", number.value), ("low", number.low), ("high", number.high))
        if value is not None
    }
    return fields | bounds | {"unit_base": unit.base}


def figure(number: Number) -> str | None:
    """Write a count with what it counts, as a person says it: "over 10,000 troops"."""
    if number.kind != "count" or not number.of:
        return None
    low = number.value if number.low is None else number.low
    amount = _amount(low)
    if number.high is not None and number.high != low:
        amount = f"{amount}–{_amount(number.high)}"
    return f"{_QUALIFIERS.get(number.qualifier, '')}{amount} {number.of}"


def _amount(value: float) -> str:
    return f"{value:,.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:,g}"


def _casualties(found: Iterable[Number], wanted: Fate) -> list[float]:
    return distinct(n.value for n in found if n.kind == "count" and fate(n.of) == wanted)
