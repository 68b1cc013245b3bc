"""What may happen to the mapping of a live index: fields are added, and nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Mappings = Mapping[str, Any]

CONTAINERS = ("properties", "fields")
"""Where a field keeps its parts: an object's or a nested field's, and a field's multi-fields."""


@dataclass(frozen=True, slots=True)
class Drift:
    """How a live mapping differs from the one wanted; fields are named by their dotted path."""

    added: tuple[str, ...]
    """Wanted and not there: they can be added."""
    refused: tuple[str, ...]
    """Changed or no longer wanted, each with what differs: Elasticsearch can't undo a field."""


def drift(live: Mappings, wanted: Mappings) -> Drift:
    """Compare two mappings of an index, as Elasticsearch returns them."""
    there, here = dict(fields(live)), dict(fields(wanted))
    added = tuple(path for path in here if path not in there)
    gone = [f"{path} is mapped and no longer wanted" for path in there if path not in here]
    changed = [
        f"{path} is {_shown(there[path])}, wanted {_shown(here[path])}"
        for path in here
        if path in there and there[path] != here[path]
    ]
    if live.get("dynamic") != wanted.get("dynamic"):
        changed.append(f"dynamic is {live.get('dynamic')}, wanted {wanted.get('dynamic')}")
    return Drift(added, tuple(changed + gone))


def fields(mapping: Mappings, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each field, part and multi-field by dotted path, with its own parameters."""
    for container in CONTAINERS:
        for name, definition in mapping.get(container, {}).items():
            own = {key: value for key, value in definition.items() if key not in CONTAINERS}
            yield path + name, {"type": "object"} | own
            yield from fields(definition, f"{path}{name}.")


def _shown(parameters: Mapping[str, Any]) -> str:
    return " ".join(f"{name}={value}" for name, value in sorted(parameters.items()))
