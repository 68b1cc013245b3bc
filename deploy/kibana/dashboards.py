"""A dashboard: its rows of panels, its controls, and what all of these refer to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from saving import ARTICLES, PAUSED, Object, dumped, reference, saved, source, to_data_view

GO = "DASHBOARD_TO_DASHBOARD_DRILLDOWN"
Row = tuple[int, Sequence["Panel"]]
"""A height and the panels beside each other, from the left."""


@dataclass(frozen=True)
class Panel:
    """A chart, or the saved search or map that a panel shows by its id."""

    key: str
    title: str
    width: int
    """Of the grid's 48."""
    chart: Object | None = None
    shown: tuple[str, str] | None = None
    """Type and id."""
    leads_to: str | None = None
    """The dashboard that a click offers, besides narrowing this one to what was clicked."""


@dataclass(frozen=True)
class Dashboard:
    """What is told of a dashboard."""

    key: str
    title: str
    description: str
    rows: Sequence[Row]
    controls: Sequence[tuple[str, str, str]]
    """Id, field and label of each."""
    times: Object
    view: str = ARTICLES
    """Where the controls find their values."""
    refresh: Object | None = None
    slider: bool = False
    """Whether a control slides a window over the time."""


def dashboard(told: Dashboard) -> Object:
    """Save the dashboard."""
    placed = [(panel, box) for row in _boxes(told.rows) for panel, box in row]
    attributes = {
        "title": told.title,
        "description": told.description,
        "version": 3,
        "timeRestore": True,
        "timeFrom": told.times["from"],
        "timeTo": told.times["to"],
        "refreshInterval": told.refresh or PAUSED,
        "panelsJSON": dumped([_panel(panel, box) for panel, box in placed]),
        "optionsJSON": dumped(
            {
                "useMargins": True,
                "syncColors": False,
                "syncCursor": True,
                "syncTooltips": False,
                "hidePanelTitles": False,
            }
        ),
        "controlGroupInput": _control_group(told),
        "kibanaSavedObjectMeta": source(),
    }
    references = [found for panel, _ in placed for found in _references(panel)]
    references += [
        to_data_view(f"controlGroup_{key}:optionsListDataView", told.view)
        for key, _, _ in told.controls
    ]
    return saved("dashboard", told.key, "10.2.0", attributes, references)


def _boxes(rows: Sequence[Row]) -> Iterator[list[tuple[Panel, Object]]]:
    top = 0
    for height, panels in rows:
        left = 0
        row = []
        for panel in panels:
            row.append((panel, {"x": left, "y": top, "w": panel.width, "h": height}))
            left += panel.width
        yield row
        top += height


def _panel(panel: Panel, box: Object) -> Object:
    config: Object = {"enhancements": _enhancements(panel)}
    placed: Object = {
        "panelIndex": panel.key,
        "gridData": {**box, "i": panel.key},
        "title": panel.title,
        "embeddableConfig": config,
    }
    if panel.shown:
        config |= {"hidePanelTitles": True} if panel.shown[0] == "links" else {}
        return placed | {"type": panel.shown[0], "panelRefName": f"panel_{panel.key}"}
    config["attributes"] = panel.chart
    return placed | {"type": "lens"}


def _enhancements(panel: Panel) -> Object:
    if panel.leads_to is None:
        return {}
    event = {
        "eventId": f"{panel.key}-articles",
        "triggers": ["FILTER_TRIGGER"],
        "action": {
            "factoryId": GO,
            "name": "Show these articles",
            # The other dashboard has another time field, so it keeps its own range.
            "config": {
                "useCurrentFilters": True,
                "useCurrentDateRange": False,
                "openInNewTab": False,
            },
        },
    }
    return {"dynamicActions": {"events": [event]}}


def _references(panel: Panel) -> Iterator[Object]:
    if panel.shown:
        yield reference(*panel.shown, f"{panel.key}:panel_{panel.key}")
    if panel.chart:
        for inner in panel.chart["references"]:
            yield {**inner, "name": f"{panel.key}:{inner['name']}"}
    if panel.leads_to:
        name = f"{panel.key}:drilldown:{GO}:{panel.key}-articles:dashboardId"
        yield reference("dashboard", panel.leads_to, name)


def _control_group(told: Dashboard) -> Object:
    controls = {
        key: _options(order, key, field, label, told.view)
        for order, (key, field, label) in enumerate(told.controls)
    }
    if told.slider:
        controls["time"] = {
            "order": len(controls),
            "type": "timeSlider",
            "width": "large",
            "grow": True,
            "explicitInput": {"id": "time"},
        }
    obey = ["ignoreFilters", "ignoreQuery", "ignoreTimerange", "ignoreValidations"]
    return {
        "controlStyle": "oneLine",
        "chainingSystem": "HIERARCHICAL",
        "showApplySelections": False,
        "ignoreParentSettingsJSON": dumped(dict.fromkeys(obey, False)),
        "panelsJSON": dumped(controls),
    }


def _options(order: int, key: str, field: str, label: str, view: str) -> Object:
    """Let the reader choose among the field's values, the most frequent first."""
    return {
        "order": order,
        "type": "optionsListControl",
        "width": "medium",
        "grow": True,
        "explicitInput": {
            "id": key,
            "dataViewId": view,
            "fieldName": field,
            "title": label,
            "selectedOptions": [],
            "searchTechnique": "wildcard",
            "sort": {"by": "_count", "direction": "desc"},
        },
    }
