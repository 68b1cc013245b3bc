#!/usr/bin/env python3
"""Print newsreel.ndjson: what Kibana shows of the articles, as saved objects of Kibana 8.19.

    python deploy/kibana/objects.py > deploy/kibana/newsreel.ndjson

Kibana keeps a dashboard's panels as JSON inside a string inside JSON, which nobody can review.
Ids and order are fixed, so that the same source gives the same bytes and an import overwrites.
The shapes are those of exports from Kibana 8.17 and of its own sample data.
"""

import json
import sys
from typing import Any

Object = dict[str, Any]

DATA_VIEW = "news-articles"
SEARCH = "newsreel-articles"
DASHBOARD = "newsreel"
# From before the oldest article we ship to tomorrow: a publication date may lie some hours ahead.
TIME = {"from": "now-10y", "to": "now+1d"}
PAUSED = {"pause": True, "value": 60000}
LABELS = {
    "@timestamp": "Published or fetched",
    "counted": "What is counted",
    "money_amounts": "Amounts of money",
    "money_currencies": "Currencies",
    "number_kinds": "Kinds of numbers",
    "number_units": "Units",
    "organizations": "Organisations",
    "people": "People",
    "places": "Places",
    "speakers": "Who is quoted",
    "title": "Title",
    "word_count": "Words",
}
FORMATS = {
    "counts": {"id": "number", "params": {"pattern": "0,0.[00]"}},
    "money_amounts": {"id": "number", "params": {"pattern": "0,0.[00]a"}},
    "percentages": {"id": "number", "params": {"pattern": "0,0.[00]"}},
    "url": {"id": "url", "params": {"type": "a", "urlTemplate": "{{rawValue}}"}},
    "word_count": {"id": "number", "params": {"pattern": "0,0"}},
}
COLUMNS = [
    "title",
    "sources",
    "people",
    "organizations",
    "places",
    "counted",
    "money_amounts",
    "word_count",
]


def dumped(value: object) -> str:
    """Write JSON in one way only."""
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def saved(
    kind: str, key: str, version: str, attributes: Object, references: list[Object]
) -> Object:
    """Wrap what is saved; `version` is the newest shape of this kind that Kibana 8.19 knows."""
    return {
        "type": kind,
        "id": key,
        "attributes": attributes,
        "references": references,
        "coreMigrationVersion": "8.8.0",
        "typeMigrationVersion": version,
        "managed": False,
    }


def to_data_view(name: str) -> Object:
    """Refer to the one data view."""
    return {"type": "index-pattern", "id": DATA_VIEW, "name": name}


def source(**index: str) -> Object:
    """Tell that nothing is queried for and nothing filtered out."""
    nothing = {"query": {"query": "", "language": "kuery"}, "filter": []}
    return {"searchSourceJSON": dumped({**nothing, **index})}


def data_view() -> Object:
    """Name the read alias, its time field, and how fields are called and written."""
    attributes = {
        "title": DATA_VIEW,
        "name": "News articles",
        "timeFieldName": "@timestamp",
        "fieldAttrs": dumped({field: {"customLabel": label} for field, label in LABELS.items()}),
        "fieldFormatMap": dumped(FORMATS),
        "fields": "[]",
        "runtimeFieldMap": "{}",
        "sourceFilters": "[]",
        "allowHidden": False,
    }
    return saved("index-pattern", DATA_VIEW, "8.0.0", attributes, [])


def search() -> Object:
    """List the articles, newest first."""
    index = "kibanaSavedObjectMeta.searchSourceJSON.index"
    attributes = {
        "title": "Articles",
        "description": "The articles with who, where and how much; newest first.",
        "columns": COLUMNS,
        "sort": [["@timestamp", "desc"]],
        "grid": {"columns": {"title": {"width": 360}}},
        "hideChart": False,
        "isTextBasedQuery": False,
        "timeRestore": True,
        "timeRange": TIME,
        "refreshInterval": PAUSED,
        "kibanaSavedObjectMeta": source(indexRefName=index),
    }
    return saved("search", SEARCH, "10.5.0", attributes, [to_data_view(index)])


def count(label: str) -> Object:
    """Count articles."""
    return {
        "label": label,
        "customLabel": True,
        "dataType": "number",
        "operationType": "count",
        "isBucketed": False,
        "scale": "ratio",
        "sourceField": "___records___",
        "params": {"emptyAsNull": True},
    }


def over_time() -> Object:
    """Group by @timestamp."""
    return {
        "label": "@timestamp",
        "dataType": "date",
        "operationType": "date_histogram",
        "sourceField": "@timestamp",
        "isBucketed": True,
        "scale": "interval",
        "params": {"interval": "auto", "includeEmptyRows": True, "dropPartials": False},
    }


def top(field: str, label: str, size: int) -> Object:
    """Group by the field's most frequent values."""
    return {
        "label": label,
        "customLabel": True,
        "dataType": "string",
        "operationType": "terms",
        "sourceField": field,
        "isBucketed": True,
        "scale": "ordinal",
        "params": {
            "size": size,
            "orderBy": {"type": "column", "columnId": "count"},
            "orderDirection": "desc",
            "otherBucket": False,
            "missingBucket": False,
            "parentFormat": {"id": "terms"},
        },
    }


def lens(kind: str, columns: Object, visualization: Object) -> Object:
    """Make a Lens chart of one layer, kept by value inside the dashboard."""
    layer = {"columns": columns, "columnOrder": list(columns), "incompleteColumns": {}}
    return {
        "title": "",
        "type": "lens",
        "visualizationType": kind,
        "references": [to_data_view("indexpattern-datasource-layer-articles")],
        "state": {
            "visualization": visualization,
            "query": {"query": "", "language": "kuery"},
            "filters": [],
            "datasourceStates": {
                "formBased": {"layers": {"articles": layer}},
                "textBased": {"layers": {}},
            },
            "internalReferences": [],
            "adHocDataViews": {},
        },
    }


def bars(series: str, group: Object) -> Object:
    """Draw articles per group; `series` is Lens' name of the kind of bars."""
    layer = {
        "layerId": "articles",
        "layerType": "data",
        "seriesType": series,
        "xAccessor": "group",
        "accessors": ["count"],
    }
    visualization = {
        "preferredSeriesType": series,
        "layers": [layer],
        "legend": {"isVisible": False, "position": "right"},
        "valueLabels": "hide",
        "fittingFunction": "None",
        "axisTitlesVisibilitySettings": {"x": False, "yLeft": False, "yRight": False},
        "tickLabelsVisibilitySettings": {"x": True, "yLeft": True, "yRight": True},
        "gridlinesVisibilitySettings": {"x": False, "yLeft": True, "yRight": True},
    }
    return lens("lnsXY", {"group": group, "count": count("Articles")}, visualization)


def ranking(field: str, label: str, size: int = 10) -> Object:
    """Draw the field's most frequent values, the first on top."""
    return bars("bar_horizontal", top(field, label, size))


def number() -> Object:
    """Show how many articles there are."""
    visualization = {"layerId": "articles", "layerType": "data", "metricAccessor": "count"}
    return lens("lnsMetric", {"count": count("Articles")}, visualization)


# id, title, (x, y, width of 48, height), chart; the list of articles has none: the saved search
PANELS: list[tuple[str, str, tuple[int, int, int, int], Object | None]] = [
    ("time", "Articles over time", (0, 0, 40, 9), bars("bar_stacked", over_time())),
    ("number", "Articles", (40, 0, 8, 9), number()),
    ("people", "People", (0, 9, 16, 13), ranking("people", "Person")),
    ("organizations", "Organisations", (16, 9, 16, 13), ranking("organizations", "Organisation")),
    ("places", "Places", (32, 9, 16, 13), ranking("places", "Place")),
    ("kinds", "Kinds of numbers", (0, 22, 16, 13), ranking("number_kinds", "Kind of number", 25)),
    ("counted", "What is counted", (16, 22, 16, 13), ranking("counted", "What is counted")),
    ("currencies", "Currencies", (32, 22, 16, 13), ranking("money_currencies", "Currency")),
    ("articles", "Articles, newest first", (0, 35, 48, 20), None),
]
CONTROLS = {"people": "Person", "places": "Place", "organizations": "Organisation"}


def panel(key: str, title: str, box: Object, chart: Object | None) -> tuple[Object, list[Object]]:
    """Place a chart, or the saved search, and tell what it refers to."""
    placed = {"panelIndex": key, "gridData": {**box, "i": key}, "title": title}
    if chart is None:
        references = [{"type": "search", "id": SEARCH, "name": f"{key}:panel_{key}"}]
        by_reference = {"panelRefName": f"panel_{key}", "embeddableConfig": {"enhancements": {}}}
        return {**placed, "type": "search", **by_reference}, references
    references = [{**ref, "name": f"{key}:{ref['name']}"} for ref in chart["references"]]
    by_value = {"type": "lens", "embeddableConfig": {"attributes": chart, "enhancements": {}}}
    return {**placed, **by_value}, references


def control(order: int, field: str, title: str) -> Object:
    """Let the reader choose among the field's values, the most frequent first."""
    return {
        "order": order,
        "type": "optionsListControl",
        "width": "medium",
        "grow": True,
        "explicitInput": {
            "id": field,
            "dataViewId": DATA_VIEW,
            "fieldName": field,
            "title": title,
            "selectedOptions": [],
            "searchTechnique": "wildcard",
            "sort": {"by": "_count", "direction": "desc"},
        },
    }


def dashboard() -> Object:
    """Show the articles at a glance: when, who, where, which numbers."""
    placed = [
        panel(key, title, dict(zip("xywh", box, strict=True)), chart)
        for key, title, box, chart in PANELS
    ]
    controls = {
        field: control(order, field, title) for order, (field, title) in enumerate(CONTROLS.items())
    }
    obey = ["ignoreFilters", "ignoreQuery", "ignoreTimerange", "ignoreValidations"]
    attributes = {
        "title": "Newsreel",
        "description": "The articles at a glance: when, who, where, which numbers.",
        "version": 3,
        "timeRestore": True,
        "timeFrom": TIME["from"],
        "timeTo": TIME["to"],
        "refreshInterval": PAUSED,
        "panelsJSON": dumped([item for item, _ in placed]),
        "optionsJSON": dumped(
            {
                "useMargins": True,
                "syncColors": False,
                "syncCursor": True,
                "syncTooltips": False,
                "hidePanelTitles": False,
            }
        ),
        "controlGroupInput": {
            "controlStyle": "oneLine",
            "chainingSystem": "HIERARCHICAL",
            "showApplySelections": False,
            "ignoreParentSettingsJSON": dumped(dict.fromkeys(obey, False)),
            "panelsJSON": dumped(controls),
        },
        "kibanaSavedObjectMeta": source(),
    }
    references = [reference for _, found in placed for reference in found]
    references += [to_data_view(f"controlGroup_{field}:optionsListDataView") for field in controls]
    return saved("dashboard", DASHBOARD, "10.2.0", attributes, references)


if __name__ == "__main__":
    for thing in (data_view(), search(), dashboard()):
        sys.stdout.write(dumped(thing) + "\n")
