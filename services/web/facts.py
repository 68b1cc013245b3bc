"""What is said of a name or a number of an article, and the search for others like it."""

from collections.abc import Mapping
from typing import Any

from services.search.figures import readable
from services.search.results import Figure, printable
from services.web.asked import Asked, link

Part = Mapping[str, Any]

KINDS_OF_NAMES = {
    "PERSON": ("person", "People"),
    "ORG": ("organization", "Organisations"),
    "GPE": ("place", "Places"),
    "LOC": ("place", "Places"),
    "NORP": ("group", "Groups"),
    "FAC": (None, "Facilities"),
    "PRODUCT": (None, "Products"),
    "EVENT": (None, "Events"),
}
"""By type of entity: the parameter that narrows by it, and what its list is called."""


def name_link(entity: Part) -> str:
    """Search by the name; what has no facet of its own is searched as words."""
    parameter, _ = KINDS_OF_NAMES.get(entity["type"], (None, ""))
    if parameter:
        return link(Asked(chosen=((parameter, entity["name"]),)))
    return link(Asked(q='"{}"'.format(entity["name"].replace('"', " "))))


def number_link(number: Part) -> str:
    """Search numbers of the same kind and unit, and of the same thing."""
    return link(
        Asked(kind=number["kind"], unit=number.get("unit") or "", of=number.get("of") or "")
    )


def of_name(entity: Part) -> str:
    """Say the canonical name, the type, and the country where it is known."""
    country = f", {entity['country']}" if entity.get("country") else ""
    return printable(f"{entity['name']} ({entity['type']}{country})")


def of_number(number: Part) -> str:
    """Say the kind, the value as a person reads it and in full, unit, qualifier and noun."""
    says = figure(number)
    value = _plain(says.value)
    if says.high is not None:
        value = f"{_plain(says.value if says.low is None else says.low)} to {_plain(says.high)}"
    facts = (
        f"{says.kind}: {readable(says)}",
        f"value {value}",
        f"unit {says.unit}" if says.unit else "",
        says.qualifier.replace("_", " "),
        f"of {says.of}" if says.of else "",
    )
    return printable(" · ".join(fact for fact in facts if fact))


def figure(number: Part) -> Figure:
    """Read a number of a document."""
    return Figure(**{name: number[name] for name in Figure.__slots__ if name in number})


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value % 1 == 0 and abs(value) < 1e15 else f"{value:g}"
