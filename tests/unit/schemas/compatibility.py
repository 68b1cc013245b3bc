"""Would a consumer that knows the released JSON Schema still read what we write today?

The released schemas in `released/` are never regenerated: they are what consumers were built on.
"""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]


def breaks(released: Schema, today: Schema) -> list[str]:
    """Name every place where an event valid today may be refused by the released schema."""
    return list(_breaks(released, released, today, today, "$"))


def _breaks(old: Schema, old_root: Schema, new: Schema, new_root: Schema, at: str) -> Iterator[str]:
    old, new = _resolve(old, old_root), _resolve(new, new_root)
    if "anyOf" in old or "anyOf" in new:
        yield from _alternatives(old, old_root, new, new_root, at)
        return
    if old.get("type") != new.get("type"):
        yield f"{at}: type {new.get('type')} was {old.get('type')}"
        return
    yield from _values(old, new, at)
    for name in set(old.get("required", [])) - set(new.get("required", [])):
        if name not in new.get("properties", {}) or "default" not in new["properties"][name]:
            yield f"{at}.{name}: may be missing, consumers require it"
    for name, schema in old.get("properties", {}).items():
        if name in new.get("properties", {}):
            yield from _breaks(schema, old_root, new["properties"][name], new_root, f"{at}.{name}")
    if "items" in old and "items" in new:
        yield from _breaks(old["items"], old_root, new["items"], new_root, f"{at}[]")


def _alternatives(
    old: Schema, old_root: Schema, new: Schema, new_root: Schema, at: str
) -> Iterator[str]:
    accepted = old.get("anyOf", [old])
    for option in new.get("anyOf", [new]):
        if all(list(_breaks(known, old_root, option, new_root, at)) for known in accepted):
            yield f"{at}: an alternative that consumers do not know: {option}"


def _values(old: Schema, new: Schema, at: str) -> Iterator[str]:
    if "enum" in old and not set(new.get("enum", [new.get("const", "anything")])) <= set(
        old["enum"]
    ):
        yield f"{at}: values that consumers do not know"
    for bound in ("const", "pattern"):
        if bound in old and old[bound] != new.get(bound):
            yield f"{at}: {bound} {new.get(bound)!r} was {old[bound]!r}"
    for bound, tighter in (("minimum", 1), ("maximum", -1), ("minItems", 1), ("minLength", 1)):
        if bound in old and (bound not in new or (new[bound] - old[bound]) * tighter < 0):
            yield f"{at}: {bound} {new.get(bound)} was {old[bound]}"


def _resolve(schema: Schema, root: Schema) -> Schema:
    reference = schema.get("$ref")
    return root["$defs"][reference.rsplit("/", 1)[-1]] if reference else schema
