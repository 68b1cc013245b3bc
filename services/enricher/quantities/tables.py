"""How a written unit or currency is looked up in the tables of services/measures."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from schemas.enriched_article import NumberKind
from services.enricher.quantities.lexicon import MONEY_SUFFIXES, SCALES
from services.enricher.quantities.tokens import Tokens, split
from services.measures.rates import rate_kind
from services.measures.tables import currency_rows, unit_rows


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to write a unit or a currency; `factor` is what one of it is worth in `unit`."""

    form: tuple[str, ...]
    unit: str
    kind: NumberKind
    factor: float = 1.0


Spaced = Callable[[int], bool]
"""Tells whether a token stands apart from the next one."""


class Table:
    """Written forms by their first token, the longest first."""

    def __init__(self, entries: list[Entry]) -> None:
        self._entries: dict[str, list[Entry]] = {}
        for entry in sorted(entries, key=lambda entry: -len(entry.form)):
            self._entries.setdefault(entry.form[0], []).append(entry)

    def first_words(self) -> AbstractSet[str]:
        """Give the tokens that the forms begin with."""
        return self._entries.keys()

    def units(self) -> set[str]:
        """Give all units that are written here."""
        return {entry.unit for entries in self._entries.values() for entry in entries}

    def find(self, words: list[str], at: int, spaced: Spaced = lambda _: False) -> Entry | None:
        """Find the longest form that begins at a token; a power must not be `spaced` off it."""
        for entry in self._entries.get(words[at], ()):
            size = len(entry.form)
            if words[at : at + size] == list(entry.form) and not (
                entry.form[-1].isdecimal() and spaced(at + size - 2)
            ):
                return entry
        return None


def _forms(written: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [tuple(split(form)) for form in written]


@cache
def units() -> tuple[Table, Table]:
    """Read the unit names (lower case) and the unit symbols (as written)."""
    names, symbols = [], []
    for row in unit_rows():
        names += [Entry(form, row.name, row.kind) for form in _forms(row.names)]
        symbols += [Entry(form, row.name, row.kind) for form in _forms(row.symbols)]
    return Table(names), Table(symbols)


@cache
def currencies() -> tuple[Table, Table]:
    """Read what stands before an amount (signs and codes) and what stands after it (names)."""
    before, after = [], []
    for row in currency_rows():
        before += [Entry(form, row.code, "money") for form in {*_forms(row.signs), (row.code,)}]
        after += [Entry(form, row.code, "money") for form in _forms(row.names)]
        after += [Entry(form, row.code, "money", 0.01) for form in _forms(row.hundredths)]
    return Table(before), Table(after)


class Unit(NamedTuple):
    """A unit that was read and the token after it."""

    name: str
    kind: NumberKind
    end: int
    factor: float = 1.0


_POWERS: dict[str, tuple[str, NumberKind]] = {
    "square": ("square_", "area"),
    "sq": ("square_", "area"),
    "cubic": ("cubic_", "volume"),
}


def read_unit(tokens: Tokens, at: int, *, digits: bool) -> Unit | None:
    """Read the unit of measure that begins at a token; symbols count after digits only."""
    if tokens.words[at] == "-" and tokens.glued(at - 1) and tokens.glued(at):
        at += 1
    base = _simple(tokens, at, digits=digits)
    return _per(tokens, base, digits=digits) if base else None


def _simple(tokens: Tokens, at: int, *, digits: bool) -> Unit | None:
    names, symbols = units()
    power = _POWERS.get(tokens.words[at])
    if power:
        skip = at + 2 if tokens.words[at + 1] in (".", "-") else at + 1
        length = names.find(tokens.words, skip) or symbols.find(tokens.raw, skip)
        if length and length.kind == "length":
            return Unit(power[0] + length.unit, power[1], skip + len(length.form))
        return None
    entry = names.find(tokens.words, at)
    if entry is None and digits:
        entry = symbols.find(tokens.raw, at, lambda i: not tokens.glued(i))
        if entry and entry.unit in _GLUED_ONLY and not _stands_alone(tokens, at):
            return None
    return Unit(entry.unit, entry.kind, at + len(entry.form)) if entry else None


_GLUED_ONLY = {"inch", "second", "astronomical_unit", "tonne", "hour", "litre", "bar", "minute"}
"""Units whose symbol is a word of its own, or too short to be sure of."""


def _stands_alone(tokens: Tokens, at: int) -> bool:
    if tokens.raw[at] == "s":
        return tokens.starts[at] > tokens.ends[at - 1] or "." in tokens.raw[at - 1]
    if tokens.raw[at] == "in":
        return tokens.glued(at - 1) or tokens.words[at + 1] in (")", ",", ".", "")
    return True


def _per(tokens: Tokens, base: Unit, *, digits: bool) -> Unit:
    """Read "per hour", "/h", "an hour" after a unit: speeds, rates, concentrations."""
    words, at = tokens.words, base.end
    if words[at] not in ("per", "/", "a", "an") or base.kind in ("duration", "temperature"):
        return base
    if words[at] in ("a", "an") and base.kind != "length":
        return base
    if base.kind == "percent":
        return base
    below = _simple(tokens, at + 1, digits=digits)
    if words[at] == "/" and tokens.raw[at + 1] in ("s", "h"):
        below = Unit({"s": "second", "h": "hour"}[tokens.raw[at + 1]], "duration", at + 2)
    if below is None or (words[at] in ("a", "an") and below.name not in ("hour", "second")):
        return base
    kind = rate_kind(base.kind, below.kind)
    return Unit(f"{base.name}_per_{below.name}", kind, below.end)


def read_sign(tokens: Tokens, at: int) -> Unit | None:
    """Read the currency sign or code that begins at a token."""
    entry = currencies()[0].find(tokens.raw, at)
    if entry is None or (entry.form == ("N",) and not _is_naira(tokens, at)):
        return None
    return Unit(entry.unit, "money", at + len(entry.form))


def _is_naira(tokens: Tokens, at: int) -> bool:
    """Tell the naira of "N1,650", "N4.5bn" from N95 masks and 40 degrees N."""
    amount, scale = tokens.raw[at + 1], tokens.words[at + 2]
    scaled = scale in SCALES or (scale in MONEY_SUFFIXES and tokens.glued(at + 1))
    return tokens.glued(at) and amount[:1].isdecimal() and ("," in amount or scaled)


def read_currency(tokens: Tokens, at: int) -> Unit | None:
    """Read the currency name, sign or code after an amount; cents have a factor of 0.01."""
    if tokens.words[at] == "-" and tokens.glued(at - 1) and tokens.glued(at):
        at += 1
    before, after = currencies()
    entry = after.find(tokens.words, at)
    if entry is None:
        entry = before.find(tokens.raw, at)
        if entry and len(entry.form[0]) < 3 and entry.form[0].isalpha():
            return None
        if entry and tokens.words[at + len(entry.form)][:1].isdigit():
            return None  # the sign of the next amount
    return Unit(entry.unit, "money", at + len(entry.form), entry.factor) if entry else None
