"""What the address of a search page asks for, and the addresses of the searches next to it."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, get_args
from urllib.parse import urlencode

from schemas.enriched_article import NumberKind
from services.search.criteria import Criteria, NumberRange, period
from services.search.phrases import in_base_unit
from services.search.query import Sort

PARAMETERS = {
    "person": "people",
    "organization": "organizations",
    "place": "places",
    "group": "groups",
    "country": "countries",
    "source": "sources",
    "language": "language",
    "number_kind": "number_kinds",
    "currency": "money_currencies",
}
"""What a page narrows by, as in `newsreel search`, and the field it is in."""
KINDS: tuple[NumberKind, ...] = get_args(NumberKind)

SIZE = 10
"""Hits on a page."""
LAST_PAGE = 10_000 // SIZE
"""Elasticsearch counts no further (`index.max_result_window`)."""
# Each name is a clause for the server, and case is folded by an automaton of the name's length.
MOST_NAMES, LONGEST = 20, 300


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as the address has it; the empty text is not given."""

    q: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    """Parameter and value, in the order they were chosen."""
    since: str = ""
    until: str = ""
    kind: str = ""
    over: str = ""
    under: str = ""
    unit: str = ""
    of: str = ""
    sort: str = ""
    page: int = 1

    @property
    def order(self) -> Sort:
        """By relevance if there are words and nothing else is said."""
        if self.sort in get_args(Sort):
            return "date" if self.sort == "date" else "relevance"
        return "relevance" if self.q else "date"

    @property
    def detailed(self) -> bool:
        """Whether more than words and names is asked for."""
        return any((self.since, self.until, self.kind, self.over, self.under, self.unit, self.of))


_TEXTS = tuple(field.name for field in fields(Asked) if field.name not in {"chosen", "page"})


def read(pairs: Iterable[tuple[str, str]]) -> Asked:
    """Read the parameters of an address; what is unknown or too long is left out or cut."""
    given = [(name, value.strip()[:LONGEST]) for name, value in pairs if value.strip()]
    texts: dict[str, Any] = {name: value for name, value in given if name in _TEXTS}
    chosen = tuple(dict.fromkeys(pair for pair in given if pair[0] in PARAMETERS))[:MOST_NAMES]
    return Asked(chosen=chosen, page=_page(dict(given).get("page", "1")), **texts)


def criteria(asked: Asked) -> Criteria:
    """Say what an article must meet. Raises ValueError, whose text is for the one who asked."""
    names: dict[str, tuple[str, ...]] = {}
    for parameter, value in asked.chosen:
        field = PARAMETERS[parameter]
        names[field] = (*names.get(field, ()), value)
    since = period(asked.since)[0] if asked.since else None
    before = period(asked.until)[1] if asked.until else None
    if since and before and before <= since:
        raise ValueError(f"{asked.until} is before {asked.since}")
    return Criteria(
        words=asked.q, names=names, numbers=tuple(_numbers(asked)), since=since, before=before
    )


def link(asked: Asked, **changes: Any) -> str:
    """Write the address of this search with some changes; without a page it is the first."""
    wanted = replace(asked, **({"page": 1} | changes))
    pairs = [(name, getattr(wanted, name)) for name in _TEXTS]
    pairs = [(name, value) for name, value in pairs if value] + list(wanted.chosen)
    if wanted.page > 1:
        pairs.append(("page", str(wanted.page)))
    # A lone surrogate has no UTF-8.
    return f"/?{urlencode(pairs, errors='replace')}" if pairs else "/"


def narrowed(asked: Asked, parameter: str, value: str) -> str:
    """Write the address of this search with one more name."""
    return link(asked, chosen=(*asked.chosen, (parameter, value)))


def widened(asked: Asked, parameter: str, value: str) -> str:
    """Write the address of this search without one of its names."""
    return link(asked, chosen=tuple(pair for pair in asked.chosen if pair != (parameter, value)))


def _page(text: str) -> int:
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() else 1


def _numbers(asked: Asked) -> Iterator[NumberRange]:
    """Read the one number that is asked for, in whatever unit it is given.

    A unit without a bound may be one that the tables lack: it leads to other numbers of that unit.
    """
    if not any((asked.kind, asked.over, asked.under, asked.unit, asked.of)):
        return
    kind = next((kind for kind in KINDS if kind == asked.kind), None)
    if kind is None and not (asked.unit or asked.of):
        raise ValueError("say which kind of number is meant, its unit, or what it is of")
    over, under = _amount(asked.over), _amount(asked.under)
    wanted = NumberRange(kind, over, under, of=asked.of or None)
    bounded = over is not None or under is not None
    try:
        yield in_base_unit(wanted, asked.unit) if asked.unit or bounded else wanted
    except ValueError:
        if bounded or kind is None:
            raise
        yield replace(wanted, unit=asked.unit)


def _amount(text: str) -> float | None:
    if not text:
        return None
    try:
        amount = float(text.replace(",", "").replace("−", "-"))
    except ValueError:
        amount = math.nan
    if not math.isfinite(amount):
        raise ValueError(f"{text!r} is no number; write 1000, 1,000 or 1e9")
    return amount
