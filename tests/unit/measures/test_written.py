import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.measures.tables import currency_rows, unit_rows
from services.measures.written import known_units, read_currency, read_unit


@pytest.mark.parametrize(
    ("text", "unit", "kind"),
    [
        ("°C", "degree_celsius", "temperature"),
        ("degrees Fahrenheit", "degree_fahrenheit", "temperature"),
        ("mph", "mile_per_hour", "speed"),
        ("MPH", "mile_per_hour", "speed"),
        ("km/h", "kilometre_per_hour", "speed"),
        ("feet per second", "foot_per_second", "speed"),
        ("square miles", "square_mile", "area"),
        ("sq. km", "square_kilometre", "area"),
        ("cu ft", "cubic_foot", "volume"),
        ("m3/s", "cubic_metre_per_second", "volume"),
        ("tonnes a year", "tonne_per_year", "mass"),
        ("light-years", "light_year", "length"),
        ("acre-feet", "acre_foot", "volume"),
        ("MW", "megawatt", "power"),
        ("mb", "millibar", "pressure"),
        ("MB", "megabyte", "data"),
        ("%", "%", "percent"),
    ],
)
def test_a_unit_is_read_as_people_write_it(text: str, unit: str, kind: str) -> None:
    read = read_unit(text)
    assert read
    assert (read.name, read.kind) == (unit, kind)


@pytest.mark.parametrize("text", ["", "square", "people", "km/", "/h", "°C per hour", "sq sq km"])
def test_what_is_no_unit_is_none(text: str) -> None:
    assert read_unit(text) is None


def test_every_unit_is_read_by_its_names_and_symbols() -> None:
    for row in unit_rows():
        for form in (row.name, row.name.replace("_", " "), *row.names, *row.symbols):
            read = read_unit(form)
            assert read, form
            assert read.name == row.name


def test_every_unit_that_is_listed_is_read() -> None:
    for kind in {row.kind for row in unit_rows()}:
        assert all(read_unit(name) for name in known_units(kind))


def test_every_currency_is_read_by_its_code_and_name() -> None:
    for row in currency_rows():
        for form in (row.code, row.code.lower(), *row.names[:1]):
            read = read_currency(form)
            assert read, form
            assert read.name == row.code


@pytest.mark.parametrize(
    ("text", "code", "factor"),
    [("€", "EUR", 1), ("US dollars", "USD", 1), ("pounds", "GBP", 1), ("pence", "GBP", 0.01)],
)
def test_money_is_read_by_sign_and_name(text: str, code: str, factor: float) -> None:
    read = read_currency(text)
    assert read
    assert (read.name, read.factor) == (code, factor)


@given(st.text())
def test_no_text_is_too_much(text: str) -> None:
    assert read_unit(text) is None or read_unit(text) == read_unit(text)
    assert read_currency(text) is None or len(text) < 40
