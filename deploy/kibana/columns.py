"""The columns of a Lens chart: what is grouped by, and what is computed of each group."""

from saving import Object, kql

Edges = list[tuple[float, float | None, str]]
"""From, to (excluded; none is without end), and what Kibana calls the range."""


def _column(
    label: str, field: str, operation: str, kind: str = "number", **params: object
) -> Object:
    return {
        "label": label,
        "customLabel": True,
        "dataType": kind,
        "operationType": operation,
        "sourceField": field,
        "isBucketed": False,
        "scale": "ordinal" if kind == "string" else "ratio",
        "params": params,
    }


def count(label: str, *, only: str = "", per_minute: bool = False, zeros: bool = False) -> Object:
    """Count documents: those that `only` finds, as a rate if asked, and with `zeros` also none."""
    column = _column(label, "___records___", "count", emptyAsNull=not (only or zeros))
    if only:
        column["filter"] = kql(only)
    return column | ({"timeScale": "m"} if per_minute else {})


def distinct(field: str, label: str) -> Object:
    """Count the field's values."""
    return _column(label, field, "unique_count", emptyAsNull=False)


def metric(operation: str, field: str, label: str) -> Object:
    """Compute max, min, median, average or sum of a number."""
    return _column(label, field, operation, emptyAsNull=True)


def percentile(field: str, percent: int, label: str) -> Object:
    """Compute what `percent` of the values are below."""
    return _column(label, field, "percentile", percentile=percent)


def latest(field: str, label: str, kind: str = "string") -> Object:
    """Take the value of the newest document that has one."""
    column = _column(label, field, "last_value", kind, sortField="@timestamp")
    column["params"]["showArrayValues"] = False
    return column | {"filter": kql(f'"{field}": *')}


def over_time(field: str) -> Object:
    """Group by a time."""
    column = _column(field, field, "date_histogram", "date")
    column["params"] = {"interval": "auto", "includeEmptyRows": True, "dropPartials": False}
    return column | {"customLabel": False, "isBucketed": True, "scale": "interval"}


def top(field: str, label: str, size: int, by: str = "count") -> Object:
    """Group by the field's values, those first that have most of the column `by`."""
    column = _column(label, field, "terms", "string")
    column["params"] = {
        "size": size,
        "orderBy": {"type": "column", "columnId": by},
        "orderDirection": "desc",
        "otherBucket": False,
        "missingBucket": False,
        "parentFormat": {"id": "terms"},
    }
    return column | {"isBucketed": True}


def ranges(field: str, label: str, edges: Edges) -> Object:
    """Group by ranges of a number; news' numbers lie too far apart for steps of one size."""
    column = _column(label, field, "range", "string")
    column["params"] = {
        "type": "range",
        "ranges": [{"from": start, "to": end, "label": name} for start, end, name in edges],
        "maxBars": "auto",
        "parentFormat": {
            "id": "range",
            "params": {"template": "arrow_right", "replaceInfinity": True},
        },
    }
    return column | {"isBucketed": True}
