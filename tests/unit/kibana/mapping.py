"""The fields of the mapping, and what Kibana can do with each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Object = dict[str, Any]

NUMERIC = {"long", "integer", "short", "byte", "double", "float"}
AGGREGATABLE = NUMERIC | {"keyword", "date", "boolean", "ip"}
ORDERED = NUMERIC | {"date"}


@dataclass(frozen=True)
class Field:
    """A field of the mapping."""

    type: str
    nested: bool


Mapping = dict[str, Field]


@dataclass(frozen=True)
class View:
    """What is known of a data view: its time field, and the mapping of the index behind it."""

    time: str | None
    mapping: Mapping


Views = dict[str, View]
"""By the data view's id."""
NOTHING = View(None, {})
"""A data view that there is not."""


def fields(properties: Object, prefix: str = "", *, nested: bool = False) -> Mapping:
    """Flatten a mapping's properties; sub-fields and the inside of objects get dotted names."""
    found: Mapping = {}
    for name, spec in properties.items():
        path = prefix + name
        inside = nested or spec.get("type") == "nested"
        if "type" in spec:
            found[path] = Field(spec["type"], inside)
        for children in (spec.get("properties", {}), spec.get("fields", {})):
            found |= fields(children, f"{path}.", nested=inside)
    return found


def exists(name: str, mapping: Mapping) -> Iterator[str]:
    """Ask only that there be such a field."""
    if name not in mapping:
        yield f"there is no field {name}"


def fit(name: str, types: set[str], mapping: Mapping) -> Iterator[str]:
    """Ask that the field be of one of the types, and outside nested ones."""
    field = mapping.get(name)
    if field is None:
        yield f"there is no field {name}"
    elif field.nested:
        yield f"{name} is nested: Kibana would show nothing"
    elif field.type not in types:
        yield f"{name} is of type {field.type}, which does not do here"
