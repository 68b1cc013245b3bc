"""The reviewed tables of units and currencies, row by row."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import get_args

from schemas.enriched_article import NumberKind

_KINDS: dict[str, NumberKind] = {kind: kind for kind in get_args(NumberKind)}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit, how it is written, and what a value of it is in its base unit."""

    name: str
    kind: NumberKind
    names: tuple[str, ...]
    """In any case."""
    symbols: tuple[str, ...]
    """Case matters."""
    base: str | None
    """None: nothing to convert it to, such as a degree that does not say of which scale."""
    worth: float = 1.0
    zero: float = 0.0


@dataclass(frozen=True, slots=True)
class CurrencyRow:
    """A currency by its ISO 4217 code, and how it and its hundredth are written."""

    code: str
    signs: tuple[str, ...]
    names: tuple[str, ...]
    hundredths: tuple[str, ...]


@cache
def unit_rows() -> tuple[UnitRow, ...]:
    """Read units.tsv; at the first call only."""
    return tuple(
        UnitRow(
            name,
            _KINDS[kind],
            _forms(names),
            _forms(symbols),
            None if base == "-" else base,
            float(worth or 1),
            float(zero or 0),
        )
        for name, kind, names, symbols, base, worth, zero in _rows("units.tsv", 7)
    )


@cache
def currency_rows() -> tuple[CurrencyRow, ...]:
    """Read currencies.tsv; at the first call only."""
    return tuple(
        CurrencyRow(code, _forms(signs), _forms(names), _forms(hundredths))
        for code, signs, names, hundredths in _rows("currencies.tsv", 4)
    )


def _rows(name: str, columns: int) -> Iterator[list[str]]:
    for line in files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            cells = line.split("\t")
            yield cells + [""] * (columns - len(cells))


def _forms(cell: str) -> tuple[str, ...]:
    return tuple(form for form in cell.split("|") if form)
