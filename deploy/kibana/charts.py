"""The Lens charts: bars, lines, tables and single numbers, kept by value inside a dashboard."""

from columns import Edges, count, over_time, ranges, top
from saving import ARTICLES, Object, kql, to_data_view

LAYER = "articles"


def lens(kind: str, layers: dict[str, Object], visualization: Object, view: str) -> Object:
    """Make a chart; `layers` has the columns of each layer, groups before what is computed."""
    names = [f"indexpattern-datasource-layer-{layer}" for layer in layers]
    computed = {
        layer: {"columns": columns, "columnOrder": list(columns), "incompleteColumns": {}}
        for layer, columns in layers.items()
    }
    return {
        "title": "",
        "type": "lens",
        "visualizationType": kind,
        "references": [to_data_view(name, view) for name in names],
        "state": {
            "visualization": visualization,
            "query": kql(),
            "filters": [],
            "datasourceStates": {"formBased": {"layers": computed}, "textBased": {"layers": {}}},
            "internalReferences": [],
            "adHocDataViews": {},
        },
    }


def _xy(series: str, layers: dict[str, Object], view: str, *, legend: bool) -> Object:
    """Draw each layer's columns over its column `group`, one colour a value of `split`."""
    visualization = {
        "preferredSeriesType": series,
        "layers": [_drawn(series, layer, columns) for layer, columns in layers.items()],
        "legend": {"isVisible": legend, "position": "right"},
        "valueLabels": "hide",
        "fittingFunction": "None",
        "axisTitlesVisibilitySettings": {"x": False, "yLeft": False, "yRight": False},
        "tickLabelsVisibilitySettings": {"x": True, "yLeft": True, "yRight": True},
        "gridlinesVisibilitySettings": {"x": False, "yLeft": True, "yRight": True},
    }
    return lens("lnsXY", layers, visualization, view)


def _drawn(series: str, layer: str, columns: Object) -> Object:
    group, split = (
        next((key for key in columns if key.endswith(end)), None) for end in ("group", "split")
    )
    drawn = {
        "layerId": layer,
        "layerType": "data",
        "seriesType": series,
        "xAccessor": group,
        "accessors": [key for key in columns if key not in {group, split}],
    }
    return drawn | ({"splitAccessor": split} if split else {})


def ranking(field: str, label: str, size: int = 10, view: str = ARTICLES) -> Object:
    """Draw the field's most frequent values, the first on top."""
    columns = {"group": top(field, label, size), "count": count("Articles")}
    return _xy("bar_horizontal", {LAYER: columns}, view, legend=False)


def timeline(time: str, columns: Object, series: str, view: str) -> Object:
    """Draw columns over time; a column `split` gives a colour to each of its values."""
    split = {key: column for key, column in columns.items() if key == "split"}
    rest = {key: column for key, column in columns.items() if key != "split"}
    layer = {**split, "group": over_time(time), **rest}
    return _xy(series, {LAYER: layer}, view, legend=len(columns) > 1)


def spread(field: str, label: str, edges: Edges, view: str = ARTICLES) -> Object:
    """Draw how many articles have a number in each range."""
    columns = {"group": ranges(field, label, edges), "count": count("Articles", zeros=True)}
    return _xy("bar_stacked", {LAYER: columns}, view, legend=False)


def spreads(fields: dict[str, str], edges: Edges) -> Object:
    """Draw several fields over the same ranges, each in a layer and colour of its own."""
    layers = {
        field: {
            f"{field}-group": ranges(field, label, edges),
            f"{field}-count": count(label, zeros=True),  # or an axis has the ranges out of order
        }
        for field, label in fields.items()
    }
    return _xy("bar_stacked", layers, ARTICLES, legend=True)


def table(columns: Object, view: str = ARTICLES) -> Object:
    """List the groups, ten a page."""
    visualization = {
        "layerId": LAYER,
        "layerType": "data",
        "columns": [{"columnId": key, "isTransposed": False} for key in columns],
        "paging": {"size": 10, "enabled": True},
    }
    return lens("lnsDatatable", {LAYER: columns}, visualization, view)


def number(column: Object, view: str = ARTICLES) -> Object:
    """Show one number, large."""
    visualization = {"layerId": LAYER, "layerType": "data", "metricAccessor": "number"}
    return lens("lnsMetric", {LAYER: {"number": column}}, visualization, view)
