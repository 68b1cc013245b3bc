"""The part of a request that asks for a number of an article."""

from collections.abc import Iterable
from typing import Any, Literal

from services.measures.casualties import WORDS, fate
from services.search.criteria import NumberRange

Clause = dict[str, Any]
Side = Literal["gt", "lt"]


def number_clause(wanted: NumberRange, name: str) -> Clause:
    """Match an article by one of its numbers, and return the numbers that met it.

    A range in the text ("two to four billion") meets a bound that any part of it meets.
    """
    terms = {"kind": wanted.kind, "unit": wanted.unit, "unit_base": wanted.unit_base}
    clauses: list[Clause] = [
        {"term": {f"numbers.{part}": value}} for part, value in terms.items() if value
    ]
    if wanted.of:
        clauses.append({"match": {"numbers.of": _counted(wanted.of)}})
    return {
        "nested": {
            "path": "numbers",
            "query": {"bool": {"filter": clauses + list(_bounds(wanted))}},
            "inner_hits": {"name": name, "size": 3},
        }
    }


def _counted(of: str) -> dict[str, str]:
    """Match all words; a word for the killed or the injured stands for the others too."""
    told = fate(of) if len(of.split()) == 1 else None
    if told:
        return {"query": " ".join(WORDS[told]), "operator": "or"}
    return {"query": of, "operator": "and"}


def _bounds(wanted: NumberRange) -> Iterable[Clause]:
    base = "_base" if wanted.unit_base else ""
    if wanted.over is not None:
        yield _beyond("gt", wanted.over, base)
    if wanted.under is not None:
        yield _beyond("lt", wanted.under, base)
    if wanted.at_least is not None:
        yield _reaching("gt", wanted.at_least, base)
    if wanted.at_most is not None:
        yield _reaching("lt", wanted.at_most, base)


_FAR_END = {"gt": "high", "lt": "low"}
_BEYOND = {"gt": "more_than", "lt": "less_than"}


def _beyond(side: Side, bound: float, base: str) -> Clause:
    """Match a value past the bound, or at it where the text says "more than" or "less than"."""
    value, end = f"numbers.value{base}", f"numbers.{_FAR_END[side]}{base}"
    at_it = [{"term": {"numbers.qualifier": _BEYOND[side]}}, {"term": {value: bound}}]
    return any_of(
        [
            {"range": {value: {side: bound}}},
            {"range": {end: {side: bound}}},
            {"bool": {"filter": at_it}},
        ]
    )


def _reaching(side: Side, bound: float, base: str) -> Clause:
    """Match a value past or at the bound, unless the text says "less than" of it or "more than"."""
    value, end = f"numbers.value{base}", f"numbers.{_FAR_END[side]}{base}"
    short = _BEYOND["lt" if side == "gt" else "gt"]
    not_quite = [{"term": {"numbers.qualifier": short}}, {"term": {value: bound}}]
    met = any_of([{"range": {value: {f"{side}e": bound}}}, {"range": {end: {f"{side}e": bound}}}])
    met["bool"]["must_not"] = [{"bool": {"filter": not_quite}}]
    return met


def any_of(clauses: list[Clause]) -> Clause:
    """Match what meets one of the clauses."""
    return {"bool": {"should": clauses, "minimum_should_match": 1}}
