"""What can be told about a dashboard: its panels lie well, and its controls and clicks lead on."""

import itertools
import json
from collections.abc import Iterator

from tests.unit.kibana.lens import misdrawn
from tests.unit.kibana.mapping import AGGREGATABLE, NOTHING, Object, Views, fit

GRID_WIDTH = 48
GO = "DASHBOARD_TO_DASHBOARD_DRILLDOWN"


def needed_by_dashboard(o: Object) -> Iterator[str]:
    """Name the references that Kibana will look for."""
    for panel in panels(o):
        key = panel["panelIndex"]
        if "panelRefName" in panel:
            yield f"{key}:{panel['panelRefName']}"
        else:
            for reference in panel["embeddableConfig"]["attributes"]["references"]:
                yield f"{key}:{reference['name']}"
        for event in _events(panel):
            yield f"{key}:drilldown:{event['action']['factoryId']}:{event['eventId']}:dashboardId"
    for key, control in controls(o).items():
        if control["type"] == "optionsListControl":
            yield f"controlGroup_{key}:optionsListDataView"


def misplaced(o: Object, known: Views) -> Iterator[str]:
    """List what is wrong with a dashboard."""
    attributes = o["attributes"]
    if not (attributes["timeRestore"] and attributes["timeFrom"] and attributes["timeTo"]):
        yield "it does not bring its time range"
    yield from _layout(panels(o))
    views = {reference["name"]: reference["id"] for reference in o["references"]}
    for panel in panels(o):
        for why in (*_panel(panel, views, known), *_clicks(panel)):
            yield f"panel {panel['panelIndex']}: {why}"
    yield from _controls(o, views, known)


def _panel(panel: Object, views: Object, known: Views) -> Iterator[str]:
    if not panel["title"]:
        yield "it has no title"
    chart = panel["embeddableConfig"].get("attributes")
    if (chart is None) == (panel["type"] == "lens"):
        yield "a chart is kept in the dashboard, and nothing else is"
    for inner in chart["references"] if chart else ():
        outer = views.get(f"{panel['panelIndex']}:{inner['name']}", inner["id"])
        if outer != inner["id"]:
            yield f"it names the data view {inner['id']} inside and {outer} outside"
    if chart:
        yield from misdrawn(chart, known)


def _clicks(panel: Object) -> Iterator[str]:
    for event in _events(panel):
        if event["action"]["factoryId"] != GO or event["triggers"] != ["FILTER_TRIGGER"]:
            yield "only a click that narrows, and leads to a dashboard, is known to be free"
        if not event["action"]["name"]:
            yield "what a click offers has no name"


def _controls(o: Object, views: Object, known: Views) -> Iterator[str]:
    if sorted(c["order"] for c in controls(o).values()) != list(range(len(controls(o)))):
        yield "the controls have no order"
    for key, control in controls(o).items():
        told = control["explicitInput"]
        if told["id"] != key:
            yield f"control {key} has another id inside"
        if control["type"] == "timeSlider":
            if "fieldName" in told:
                yield f"control {key} slides over the dashboard's time, not over a field"
        elif control["type"] == "optionsListControl":
            outer = views.get(f"controlGroup_{key}:optionsListDataView", told["dataViewId"])
            if outer != told["dataViewId"]:
                yield f"control {key} names the data view {told['dataViewId']}, not {outer}"
            mapping = known.get(outer, NOTHING).mapping
            yield from fit(told["fieldName"], AGGREGATABLE, mapping)
        else:
            yield f"control {key} is a {control['type']}, which is not known"


def _layout(placed: list[Object]) -> Iterator[str]:
    for panel in placed:
        grid, key = panel["gridData"], panel["panelIndex"]
        if grid["i"] != key:
            yield f"panel {key} is called {grid['i']} in its gridData"
        if grid["x"] + grid["w"] > GRID_WIDTH:
            yield f"panel {key} reaches over the right edge"
    for one, other in itertools.combinations(placed, 2):
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


def _events(panel: Object) -> list[Object]:
    enhancements = panel["embeddableConfig"].get("enhancements", {})
    events: list[Object] = enhancements.get("dynamicActions", {}).get("events", [])
    return events


def panels(o: Object) -> list[Object]:
    """Read the panels, which are JSON inside a string."""
    found: list[Object] = json.loads(o["attributes"]["panelsJSON"])
    return found


def controls(o: Object) -> Object:
    """Read the controls, which are JSON inside a string."""
    found: Object = json.loads(o["attributes"]["controlGroupInput"]["panelsJSON"])
    return found
