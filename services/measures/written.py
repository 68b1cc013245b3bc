"""Units and currencies as a person writes them after a number: "°C", "mph", "square miles"."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from schemas.enriched_article import NumberKind
from services.measures.rates import rate_kind
from services.measures.tables import currency_rows, unit_rows


@dataclass(frozen=True, slots=True)
class WrittenUnit:
    """A unit by its name in the contract; `factor` is what one as written is worth in it."""

    name: str
    kind: NumberKind
    factor: float = 1.0


_LINKS = re.compile(r"[\s_-]+")
_PER = re.compile(r"/|\s(?:per|an?)\s")
_POWER = re.compile(r"(square|sq|cubic|cu)\b[.\s_-]*(?=[a-zA-Z])", re.IGNORECASE)
_POWERS: Mapping[str, tuple[str, NumberKind]] = {
    "sq": ("square_", "area"),
    "cu": ("cubic_", "volume"),
}


def read_unit(text: str) -> WrittenUnit | None:
    """Read a unit of measure: its name in the contract, a symbol, or a power or rate of some."""
    whole = _simple(text)
    parts = _PER.split(text.strip().replace("_per_", " per "), maxsplit=1)
    if whole or len(parts) == 1:
        return whole
    above, below = map(_simple, parts)
    if above is None or below is None or above.kind == "temperature":
        return None
    return WrittenUnit(f"{above.name}_per_{below.name}", rate_kind(above.kind, below.kind))


def read_currency(text: str) -> WrittenUnit | None:
    """Read a currency's sign, code or name; "cents" are hundredths of one."""
    return _currencies().get(text.strip()) or _currencies().get(_joined(text).lower())


def known_units(kind: NumberKind) -> list[str]:
    """List a kind's units by name; of currencies the codes."""
    if kind == "money":
        return [row.code for row in currency_rows()]
    return [row.name.replace("_", " ") for row in unit_rows() if row.kind == kind]


def _simple(text: str) -> WrittenUnit | None:
    found = _units().get(_joined(text)) or _units().get(_joined(text).lower())
    power = _POWER.match(text.strip())
    if found or power is None:
        return found
    prefix, kind = _POWERS[power[1][:2].lower()]
    length = _simple(text.strip()[power.end() :])
    return WrittenUnit(prefix + length.name, kind) if length and length.kind == "length" else None


def _joined(text: str) -> str:
    """Let "light-year", "light year" and "light_year" be one."""
    return _LINKS.sub("", text)


@cache
def _units() -> Mapping[str, WrittenUnit]:
    """Each way to write a unit; a symbol in other letters where only one unit can be meant."""
    loose: dict[str, set[WrittenUnit]] = {}
    exact: dict[str, WrittenUnit] = {}
    for row in unit_rows():
        unit = WrittenUnit(row.name, row.kind)
        for symbol in map(_joined, row.symbols):
            loose.setdefault(symbol.lower(), set()).add(unit)
            exact.setdefault(symbol, unit)
        exact |= {_joined(name).lower(): unit for name in (*row.names, row.name)}
    return {form: one for form, (one, *more) in loose.items() if not more} | exact


@cache
def _currencies() -> Mapping[str, WrittenUnit]:
    forms: dict[str, WrittenUnit] = {"pound": _STERLING, "pounds": _STERLING}
    for row in currency_rows():
        one, hundredth = (WrittenUnit(row.code, "money", factor) for factor in (1.0, 0.01))
        forms |= _spellings((*row.names, row.code), one) | _spellings(row.hundredths, hundredth)
        forms |= dict.fromkeys(row.signs, one)
    return forms


_STERLING = WrittenUnit("GBP", "money")


def _spellings(names: Iterable[str], unit: WrittenUnit) -> dict[str, WrittenUnit]:
    return {_joined(name).lower(): unit for name in names}
