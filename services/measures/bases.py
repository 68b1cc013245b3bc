"""One unit for each kind of quantity, so that miles and kilometres can be compared.

Metre, kilogram, square_metre, cubic_metre, degree_celsius, metre_per_second, joule, watt, pascal,
byte and second; rates are made of these ("kilogram_per_second"). Ages are in years. Currencies are
not converted: that takes a rate and its date. What can't be converted is its own base.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from schemas.enriched_article import NumberKind
from services.measures.tables import unit_rows

_POWERS = {"square_": 2, "cubic_": 3}
_DIGITS = 12
"""As many as a conversion keeps, so that -22 °F are -30 °C and not a trillionth less."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit in terms of its base: `worth` times the value, plus `zero`."""

    base: str
    worth: float = 1.0
    zero: float = 0.0

    def convert(self, value: float) -> float | None:
        """Return a value in the base unit; None when it is too large for a float."""
        if self.worth == 1 and not self.zero:
            return value
        converted = float(f"{value * self.worth + self.zero:.{_DIGITS}g}")
        return converted if math.isfinite(converted) else None


@lru_cache(maxsize=4096)
def measure(unit: str, kind: NumberKind) -> Measure:
    """Look up what a unit of the contract is in its base unit; an unknown one is its own base."""
    if kind == "money":
        return Measure(unit)
    found = _rate(unit)
    if found is None:
        return Measure(unit)
    if kind == "age" and found.base == "second":
        return Measure("year", found.worth / _UNITS["year"].worth)
    return found


_UNITS = {row.name: Measure(row.base, row.worth, row.zero) for row in unit_rows() if row.base}
_WITHOUT_BASE = {row.name for row in unit_rows() if row.base is None}


def _rate(unit: str) -> Measure | None:
    """Look up "foot", "cubic_foot" and "cubic_foot_per_minute"."""
    whole = _powered(unit)
    if whole or unit in _WITHOUT_BASE:
        return whole
    above, per, below = unit.partition("_per_")
    over, under = _powered(above), _powered(below)
    if not (per and over and under):
        return None
    return Measure(f"{over.base}_per_{under.base}", over.worth / under.worth)


def _powered(unit: str) -> Measure | None:
    for prefix, power in _POWERS.items():
        length = _UNITS.get(unit.removeprefix(prefix))
        if unit.startswith(prefix) and unit not in _UNITS and length and length.base == "metre":
            return Measure(f"{prefix}metre", length.worth**power)
    return _UNITS.get(unit)
