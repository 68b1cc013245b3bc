"""The factors of units.tsv are held against pint's, so that nobody has to take them on trust."""

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.measures.bases import Measure, measure
from services.measures.tables import UnitRow, unit_rows

ROWS = {row.name: row for row in unit_rows()}

WITHOUT_BASE = {
    "degree",  # of which scale the text does not say
    "night",  # how long it was is not what is meant
    "megapixel",  # a count
    "decibel",  # a logarithm
}
PERCENT = {"%": "%", "percentage_point": "percentage_point", "basis_point": "percentage_point"}
"""A share is no difference of shares."""

NOT_PINTS = (
    "mach = 340.29 * metre / second",  # at sea level and 15 °C
    "solar_mass = 1.98847e30 * kilogram",
    "light_second = speed_of_light * second",
    "part_per_million = 1e-6",
    "part_per_billion = 1e-9",
    "ten_years = 10 * year",
)
ALSO_KNOWN_AS = {
    "barrel": "oil_barrel",
    "decade": "ten_years",  # pint's is a factor of ten
    "degree_celsius": "degree_Celsius",
    "degree_fahrenheit": "degree_Fahrenheit",
    "gigatonne": "gigametric_ton",
    "kilotonne": "kilometric_ton",
    "megatonne": "megametric_ton",
    "pound_per_square_inch": "psi",
    "ton": "short_ton",
    **{f"{prefix}ton_tnt": f"{prefix}ton_TNT" for prefix in ("", "kilo", "mega")},
    **{f"{prefix}electronvolt": f"{prefix}electron_volt" for prefix in ("", "giga", "tera")},
    **{f"{prefix}watt_hour": f"{prefix}watt * hour" for prefix in ("", "kilo", "mega", "giga")},
    "terawatt_hour": "terawatt * hour",
}


@pytest.fixture(scope="module")
def pints() -> pint.UnitRegistry:
    registry = pint.UnitRegistry()
    for definition in NOT_PINTS:
        registry.define(definition)
    return registry


def spelled(unit: str) -> str:
    """Spell a name of ours as pint reads it."""
    if unit in ALSO_KNOWN_AS:
        return ALSO_KNOWN_AS[unit]
    if unit.startswith("part_per"):
        return unit
    above, _, below = unit.partition("_per_")
    if below:
        return f"{spelled(above)} / ({spelled(below)})"
    for prefix, power in (("square_", 2), ("cubic_", 3)):
        if unit.startswith(prefix):
            return f"{spelled(unit.removeprefix(prefix))} ** {power}"
    return unit


def test_every_unit_has_a_base_or_is_known_to_have_none() -> None:
    assert {row.name for row in ROWS.values() if row.base is None} == WITHOUT_BASE


def test_a_base_unit_is_worth_one_of_itself() -> None:
    for base in {row.base for row in ROWS.values() if row.base} - {"byte_per_second"}:
        assert (ROWS[base].worth, ROWS[base].zero) == (1, 0) or base == "degree_celsius"


def test_a_kind_has_one_base_unit() -> None:
    bases: dict[str, set[str]] = {}
    for row in ROWS.values():
        if row.base and row.kind not in {"other", "percent"}:
            bases.setdefault(row.kind, set()).add(row.base)
    assert bases.pop("data") == {"byte", "byte_per_second"}
    assert {kind for kind, units in bases.items() if len(units) > 1} == set()


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: row.name)
def test_what_a_unit_is_worth_is_what_pint_says(pints: pint.UnitRegistry, row: UnitRow) -> None:
    if row.base is None or row.kind == "percent":
        assert (row.name, row.base) in {*PERCENT.items(), *((name, None) for name in WITHOUT_BASE)}
        return
    for value in (0.0, 1.0, 250.0):
        told = pints.Quantity(value, spelled(row.name)).to(spelled(row.base)).magnitude
        assert value * row.worth + row.zero == pytest.approx(told, rel=1e-12, abs=1e-9)


@pytest.mark.parametrize(
    "unit",
    ["cubic_foot", "square_yard", "foot_per_minute", "barrel_per_day", "gram_per_cubic_metre"],
)
def test_a_power_or_rate_is_worth_what_pint_says(pints: pint.UnitRegistry, unit: str) -> None:
    made = measure(unit, "other")
    told = pints.Quantity(3.0, spelled(unit)).to(spelled(made.base)).magnitude
    assert made.convert(3.0) == pytest.approx(told, rel=1e-11)


@pytest.mark.parametrize(
    ("value", "unit", "base", "converted"),
    [
        (-22, "degree_fahrenheit", "degree_celsius", -30),
        (0, "kelvin", "degree_celsius", -273.15),
        (36, "kilometre_per_hour", "metre_per_second", 10),
        (1, "mile", "metre", 1609.344),
        (30, "centimetre", "metre", 0.3),
        (1, "barrel_per_day", "cubic_metre_per_second", 1.84013072833e-06),
        (25, "basis_point", "percentage_point", 0.25),
        (3, "night", "night", 3),
        (3, "furlong_per_unicorn", "furlong_per_unicorn", 3),
        (3, "night_per_night_per_night", "night_per_night_per_night", 3),
    ],
)
def test_a_value_is_converted_to_the_digit(
    value: float, unit: str, base: str, converted: float
) -> None:
    made = measure(unit, "other")
    assert (made.base, made.convert(value)) == (base, converted)


def test_ages_are_in_years_and_money_stays_what_it_is() -> None:
    assert measure("month", "age").convert(6) == 0.5
    assert measure("month", "age").base == measure("year", "age").base == "year"
    assert measure("year", "duration").base == "second"
    assert measure("pound", "money") == Measure("pound")


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(sorted(ROWS)))
def test_a_converted_value_is_a_number_or_none(value: float, unit: str) -> None:
    converted = measure(unit, ROWS[unit].kind).convert(value)
    assert converted is None or abs(converted) < float("inf")


@given(
    st.floats(-1e12, 1e12),
    st.floats(-1e12, 1e12),
    st.sampled_from(sorted(set(ROWS) - WITHOUT_BASE)),
)
def test_no_conversion_turns_two_values_round(one: float, other: float, unit: str) -> None:
    made = measure(unit, ROWS[unit].kind)
    low, high = made.convert(min(one, other)), made.convert(max(one, other))
    assert low is not None
    assert high is not None
    assert low <= high
