"""What can be told about a Lens chart: its layers, their columns, and the mapping agree."""

import itertools
from collections.abc import Iterator

from tests.unit.kibana.kql import misasked
from tests.unit.kibana.mapping import (
    AGGREGATABLE,
    NOTHING,
    NUMERIC,
    Mapping,
    Object,
    Views,
    fit,
)

FITS = {
    "terms": AGGREGATABLE,
    "date_histogram": {"date"},
    "unique_count": AGGREGATABLE,
    "count": AGGREGATABLE,
    "last_value": AGGREGATABLE,
    **dict.fromkeys(
        ["sum", "average", "median", "min", "max", "range", "percentile"],
        NUMERIC,
    ),
}
GROUPS = {"terms", "date_histogram", "range"}
RECORDS = "___records___"


def misdrawn(chart: Object, known: Views) -> Iterator[str]:
    """List what is wrong with a chart."""
    layers = chart["state"]["datasourceStates"]["formBased"]["layers"]
    views = {reference["name"]: reference["id"] for reference in chart["references"]}
    if views.keys() != {f"indexpattern-datasource-layer-{layer}" for layer in layers}:
        yield "its own references are not those of its layers"
    names = list(itertools.chain.from_iterable(layer["columns"] for layer in layers.values()))
    if len(set(names)) != len(names):
        yield "two layers have a column of the same id"
    drawn = chart["state"]["visualization"]
    drawn_layers = drawn.get("layers", [drawn])
    if {layer["layerId"] for layer in drawn_layers} != layers.keys():
        yield "the layers that are drawn are not those that are computed"
        return
    for layer in drawn_layers:
        yield from _drawn(layer, layers[layer["layerId"]]["columns"])
    for key, layer in layers.items():
        view = known.get(views.get(f"indexpattern-datasource-layer-{key}", ""), NOTHING)
        yield from _columns(layer, view.time, view.mapping)


def _drawn(layer: Object, columns: Object) -> Iterator[str]:
    groups = [layer[name] for name in ("xAccessor", "splitAccessor") if name in layer]
    numbers = [
        *layer.get("accessors", []),
        *(layer.get(n) for n in ("metricAccessor",) if n in layer),
    ]
    cells = [column["columnId"] for column in layer.get("columns", [])]
    for name in (*groups, *numbers, *cells):
        if name not in columns:
            yield f"draws a column {name} that is not computed"
    for name in columns.keys() - {*groups, *numbers, *cells}:
        yield f"computes a column {name} that is not drawn"
    for name in groups:
        if name in columns and not columns[name]["isBucketed"]:
            yield f"draws over {name}, which is no group"
    for name in numbers:
        if name in columns and columns[name]["isBucketed"]:
            yield f"draws {name}, which is a group"


def _columns(layer: Object, time: str | None, mapping: Mapping) -> Iterator[str]:
    columns = layer["columns"]
    if sorted(layer["columnOrder"]) != sorted(columns):
        yield "columnOrder is not the list of the columns"
    buckets = [columns[name]["isBucketed"] for name in layer["columnOrder"] if name in columns]
    if buckets != sorted(buckets, reverse=True):
        yield "a metric stands before a group in columnOrder"
    over_time = [
        c["sourceField"] for c in columns.values() if c["operationType"] == "date_histogram"
    ]
    for field in over_time:
        if field != time:
            yield f"is drawn over {field}, and the time of its data view is {time}"
    for name, column in columns.items():
        if "timeScale" in column and not over_time:
            yield f"column {name} is a rate without a time"
        yield from (f"column {name}: {why}" for why in _column(column, columns, mapping))


def _column(column: Object, columns: Object, mapping: Mapping) -> Iterator[str]:
    operation, field = column["operationType"], column["sourceField"]
    if column["isBucketed"] != (operation in GROUPS):
        yield f"isBucketed is not as {operation} is"
    if field != RECORDS:
        yield from fit(field, FITS[operation], mapping)
        yield from _kind(column, mapping)
    elif operation != "count":
        yield f"{operation} needs a field"
    if "filter" in column:
        yield from misasked(column["filter"]["query"], mapping)
    yield from _parameters(column["params"], columns, mapping)


def _kind(column: Object, mapping: Mapping) -> Iterator[str]:
    """Lens says "string" of a range too, since it shows its name."""
    kinds = {"keyword": "string", "date": "date", **dict.fromkeys(NUMERIC, "number")}
    field = mapping.get(column["sourceField"])
    if column["operationType"] in {"terms", "last_value", "date_histogram"} and field:
        kind = kinds.get(field.type)
        if kind and kind != column["dataType"]:
            yield f"dataType is {column['dataType']}, and the field a {kind}"


def _parameters(params: Object, columns: Object, mapping: Mapping) -> Iterator[str]:
    order = params.get("orderBy", {"type": "none"})
    if order["type"] == "column":
        if order["columnId"] not in columns:
            yield f"orders by a column {order['columnId']} that is not computed"
        elif columns[order["columnId"]]["isBucketed"]:
            yield f"orders by {order['columnId']}, which is a group"
    if "sortField" in params:
        yield from fit(params["sortField"], {"date"}, mapping)
    if "percentile" in params and not 0 < params["percentile"] < 100:
        yield f"there is no percentile {params['percentile']}"
    for one, other in itertools.pairwise(params.get("ranges", [])):
        if one["to"] is None or one["to"] <= one["from"] or one["to"] != other["from"]:
            yield f"the ranges {one['label']} and {other['label']} do not join"
