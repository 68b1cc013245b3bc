"""Every compiled pattern of the project, wherever a module keeps it."""

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

import schemas
import services


def patterns() -> dict[str, re.Pattern[str]]:
    """Return each pattern once, by where it is kept first."""
    found: dict[re.Pattern[str], str] = {}
    for module in _modules():
        for name, value in vars(module).items():
            for path, pattern in _within(value, f"{module.__name__}.{name}"):
                found.setdefault(pattern, path)
    return {path: pattern for pattern, path in found.items()}


def _modules() -> Iterator[ModuleType]:
    for package in (schemas, services):
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                yield import_module(found.name)


def _within(value: Any, path: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the patterns that a value is or holds: in a tuple, a table, or an object of ours."""
    match value:
        case re.Pattern():
            yield path, value
        case tuple() | list():
            for index, item in enumerate(value):
                yield from _within(item, f"{path}[{index}]")
        case dict():
            for key, item in value.items():
                yield from _within(item, f"{path}[{key!r}]")
        case type() | ModuleType():
            return
        case _ if type(value).__module__.startswith(("services.", "schemas.")):
            for name, item in getattr(value, "__dict__", {}).items():
                yield from _within(item, f"{path}.{name}")
