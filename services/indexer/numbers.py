"""The numbers of an article as its document keeps them.

Each as a nested part, in its own unit and in the base unit of its kind; and the telling ones flat,
since Kibana's charts and maps can't use nested parts.
"""

from collections.abc import Sequence

from schemas.enriched_article import Number
from services.indexer.limits import distinct
from services.measures.bases import Measure, measure
from services.measures.casualties import fate

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

_NO_UNIT = Measure("")
_ENDS = (("value", "value_base"), ("low", "low_base"), ("high", "high_base"))


def numbers(found: tuple[Number, ...]) -> dict[str, object]:
    """Write the fields that tell of numbers."""
    if not found:
        return {"number_count": 0}
    money = [number for number in found if number.kind == "money"]
    counts = [number for number in found if number.kind == "count"]
    fates = [(fate(number.of), number.value) for number in counts]
    return {
        "number_kinds": distinct([number.kind for number in found]),
        "money_currencies": distinct([number.unit for number in money]),
        "number_units": distinct([number.unit for number in found if number.kind != "money"]),
        "counted": distinct([number.of for number in found]),
        "money_amounts": distinct([number.value for number in money]),
        "counts": distinct([number.value for number in counts]),
        "percentages": distinct([number.value for number in found if number.kind == "percent"]),
        "number_count": len(found),
        "numbers": [nested(number) for number in found],
        "killed": distinct([value for told, value in fates if told == "killed"]),
        "injured": distinct([value for told, value in fates if told == "injured"]),
        "figures": distinct([figure(number) for number in counts]),
    } | _by_currency(money)


def _by_currency(money: Sequence[Number]) -> dict[str, object]:
    units = {number.unit for number in money}
    return {
        f"money_{code.lower()}": distinct([one.value for one in money if one.unit == code])
        for code in CURRENCIES
        if code in units
    }


def nested(number: Number) -> dict[str, object]:
    """Add a number's value and bounds in its base unit; a count's value is its own."""
    fields = {name: value for name, value in vars(number).items() if value is not None}
    named = number.unit
    unit = _NO_UNIT if named is None else measure(named, number.kind)
    for end, base in _ENDS:
        if end in fields and (converted := unit.convert(fields[end])) is not None:
            fields[base] = converted
    if named is not None:
        fields["unit_base"] = unit.base
    return fields


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
