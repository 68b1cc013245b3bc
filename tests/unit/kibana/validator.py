"""What can be told about Kibana's saved objects without a Kibana.

Kibana takes nearly anything on import, and then shows an empty panel. So: what is referred to is
there, fields are in the mapping and fit what is done with them, charts and their columns agree.
"""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Object = dict[str, Any]

# The newest shape of each type that Kibana 8.19 knows: it refuses newer ones, and updates older.
NEWEST = {"index-pattern": (8, 0, 0), "search": (10, 5, 0), "dashboard": (10, 2, 0)}
NUMERIC = {"long", "integer", "short", "byte", "double", "float"}
AGGREGATABLE = NUMERIC | {"keyword", "date", "boolean", "ip"}
FITS = {
    "terms": AGGREGATABLE,
    "date_histogram": {"date"},
    "unique_count": AGGREGATABLE,
    "count": AGGREGATABLE,
    **dict.fromkeys(["sum", "average", "median", "min", "max", "range"], NUMERIC),
}
RECORDS = "___records___"
GRID_WIDTH = 48


@dataclass(frozen=True)
class Field:
    """A field of the mapping."""

    type: str
    nested: bool


def fields(properties: Object, prefix: str = "", *, nested: bool = False) -> dict[str, Field]:
    """Flatten a mapping's properties; sub-fields and the inside of objects get dotted names."""
    found: dict[str, Field] = {}
    for name, spec in properties.items():
        path = prefix + name
        inside = nested or spec.get("type") == "nested"
        if "type" in spec:
            found[path] = Field(spec["type"], inside)
        for children in (spec.get("properties", {}), spec.get("fields", {})):
            found |= fields(children, f"{path}.", nested=inside)
    return found


def problems(ndjson: str, mapping: dict[str, Field]) -> list[str]:
    """List what is wrong with the saved objects, each with the object's type and id."""
    try:
        objects = [json.loads(line) for line in ndjson.splitlines()]
    except json.JSONDecodeError as error:
        return [f"not NDJSON: {error}"]
    known = [(o["type"], o["id"]) for o in objects]
    found = [
        f"{kind} {key}: twice" for kind, key in sorted(set(known)) if known.count((kind, key)) > 1
    ]
    for o in objects:
        checks = (_versions(o), _references(o, set(known)), CHECKS[o["type"]](o, mapping))
        found += [f"{o['type']} {o['id']}: {why}" for why in itertools.chain(*checks)]
    return found


def _versions(o: Object) -> Iterator[str]:
    version = tuple(map(int, o.get("typeMigrationVersion", "0").split(".")))
    if version > NEWEST[o["type"]]:
        yield f"typeMigrationVersion {o['typeMigrationVersion']} is newer than Kibana 8.19 takes"
    if not {"coreMigrationVersion", "typeMigrationVersion"} <= o.keys():
        yield "no migration versions: Kibana would run each old migration on it"


def _references(o: Object, known: set[tuple[str, str]]) -> Iterator[str]:
    for reference in o["references"]:
        if (reference["type"], reference["id"]) not in known:
            yield f"refers to {reference['type']} {reference['id']}, which is not in the file"
    names = [reference["name"] for reference in o["references"]]
    needed = list(NEEDED[o["type"]](o))
    yield from (f"needs a reference {name}" for name in needed if name not in names)
    yield from (
        f"has a reference {name} that nothing needs" for name in names if name not in needed
    )


def _needed_by_search(o: Object) -> Iterator[str]:
    yield json.loads(o["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])["indexRefName"]


def _needed_by_dashboard(o: Object) -> Iterator[str]:
    for panel in _panels(o):
        if "panelRefName" in panel:
            yield f"{panel['panelIndex']}:{panel['panelRefName']}"
        else:
            chart = panel["embeddableConfig"]["attributes"]
            for layer in chart["state"]["datasourceStates"]["formBased"]["layers"]:
                yield f"{panel['panelIndex']}:indexpattern-datasource-layer-{layer}"
    for key in _controls(o):
        yield f"controlGroup_{key}:optionsListDataView"


def _data_view(o: Object, mapping: dict[str, Field]) -> Iterator[str]:
    attributes = o["attributes"]
    yield from _fit(attributes["timeFieldName"], {"date"}, mapping)
    for part in ("fieldAttrs", "fieldFormatMap"):
        for name in json.loads(attributes[part]):
            yield from _exists(name, mapping)


def _search(o: Object, mapping: dict[str, Field]) -> Iterator[str]:
    for name in o["attributes"]["columns"]:
        yield from _exists(name, mapping)
    for name, _ in o["attributes"]["sort"]:
        yield from _fit(name, AGGREGATABLE, mapping)


def _dashboard(o: Object, mapping: dict[str, Field]) -> Iterator[str]:
    yield from _layout(_panels(o))
    for panel in _panels(o):
        chart = panel["embeddableConfig"].get("attributes")
        if chart:
            where = f"panel {panel['panelIndex']}: "
            yield from (where + why for why in _lens(chart, mapping))
    for key, control in _controls(o).items():
        if control["explicitInput"]["id"] != key:
            yield f"control {key} has another id inside"
        yield from _fit(control["explicitInput"]["fieldName"], AGGREGATABLE, mapping)


def _layout(panels: list[Object]) -> Iterator[str]:
    for panel in panels:
        grid, key = panel["gridData"], panel["panelIndex"]
        if grid["i"] != key:
            yield f"panel {key} is called {grid['i']} in its gridData"
        if grid["x"] + grid["w"] > GRID_WIDTH:
            yield f"panel {key} reaches over the right edge"
    for one, other in itertools.combinations(panels, 2):
        if one["panelIndex"] == other["panelIndex"]:
            yield f"panel {one['panelIndex']} is there twice"
        elif _overlap(one["gridData"], other["gridData"]):
            yield f"panels {one['panelIndex']} and {other['panelIndex']} overlap"


def _overlap(a: Object, b: Object) -> bool:
    return bool(
        a["x"] < b["x"] + b["w"]
        and b["x"] < a["x"] + a["w"]
        and a["y"] < b["y"] + b["h"]
        and b["y"] < a["y"] + a["h"]
    )


def _lens(chart: Object, mapping: dict[str, Field]) -> Iterator[str]:
    layers = chart["state"]["datasourceStates"]["formBased"]["layers"]
    inside = {reference["name"] for reference in chart["references"]}
    if inside != {f"indexpattern-datasource-layer-{layer}" for layer in layers}:
        yield "its own references are not those of its layers"
    drawn = chart["state"]["visualization"]
    drawn_layers = drawn.get("layers", [drawn])
    if {layer["layerId"] for layer in drawn_layers} != layers.keys():
        yield "the layers that are drawn are not those that are computed"
        return
    for layer in drawn_layers:
        columns = layers[layer["layerId"]]["columns"]
        for accessor in _accessors(layer):
            if accessor not in columns:
                yield f"draws a column {accessor} that is not computed"
    for layer in layers.values():
        yield from _columns(layer, mapping)


def _accessors(layer: Object) -> Iterator[str]:
    for name, value in layer.items():
        if name.lower().endswith("accessor"):
            yield value
        elif name == "accessors":
            yield from value


def _columns(layer: Object, mapping: dict[str, Field]) -> Iterator[str]:
    columns = layer["columns"]
    if sorted(layer["columnOrder"]) != sorted(columns):
        yield "columnOrder is not the list of the columns"
    buckets = [columns[name]["isBucketed"] for name in layer["columnOrder"] if name in columns]
    if buckets != sorted(buckets, reverse=True):
        yield "a metric stands before a group in columnOrder"
    for column in columns.values():
        order = column.get("params", {}).get("orderBy", {})
        if order.get("type") == "column" and order["columnId"] not in columns:
            yield f"orders by a column {order['columnId']} that is not computed"
        if column["sourceField"] != RECORDS:
            yield from _fit(column["sourceField"], FITS[column["operationType"]], mapping)


def _exists(name: str, mapping: dict[str, Field]) -> Iterator[str]:
    if name not in mapping:
        yield f"there is no field {name}"


def _fit(name: str, types: set[str], mapping: dict[str, Field]) -> Iterator[str]:
    field = mapping.get(name)
    if field is None:
        yield f"there is no field {name}"
    elif field.nested:
        yield f"{name} is nested: Kibana would show nothing"
    elif field.type not in types:
        yield f"{name} is of type {field.type}, which does not do here"


def _panels(o: Object) -> list[Object]:
    panels: list[Object] = json.loads(o["attributes"]["panelsJSON"])
    return panels


def _controls(o: Object) -> Object:
    controls: Object = json.loads(o["attributes"]["controlGroupInput"]["panelsJSON"])
    return controls


CHECKS = {"index-pattern": _data_view, "search": _search, "dashboard": _dashboard}
NEEDED = {
    "index-pattern": lambda _: iter(()),
    "search": _needed_by_search,
    "dashboard": _needed_by_dashboard,
}
