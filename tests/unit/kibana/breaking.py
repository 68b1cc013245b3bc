"""Changes that break a saved object, each in one place."""

import json
from collections.abc import Callable

from tests.unit.kibana.mapping import Object

Change = Callable[[Object], object]


def attribute(name: str, change: Change) -> Change:
    """Change an attribute that is JSON inside a string; dots lead to one inside another."""

    def changed(o: Object) -> None:
        holder = o["attributes"]
        *way, last = name.split(".")
        for step in way:
            holder = holder[step]
        value = json.loads(holder[last])
        change(value)
        holder[last] = json.dumps(value)

    return changed


def panel(key: str, change: Change) -> Change:
    def changed(panels: list[Object]) -> None:
        change(next(panel for panel in panels if panel["panelIndex"] == key))

    return attribute("panelsJSON", changed)


def state(key: str, change: Change) -> Change:
    return panel(key, lambda p: change(p["embeddableConfig"]["attributes"]["state"]))


def layer(key: str, change: Change, name: str = "articles") -> Change:
    return state(key, lambda s: change(s["datasourceStates"]["formBased"]["layers"][name]))


def column(key: str, name: str, **values: object) -> Change:
    return layer(key, lambda found: found["columns"][name].update(values))


def parameter(key: str, name: str, **values: object) -> Change:
    return layer(key, lambda found: found["columns"][name]["params"].update(values))


def drawn(key: str, **values: object) -> Change:
    return state(key, lambda s: s["visualization"].update(values))


def control(key: str, **values: object) -> Change:
    name = "controlGroupInput.panelsJSON"
    return attribute(name, lambda found: found[key]["explicitInput"].update(values))


def dots(change: Change) -> Change:
    return attribute("layerListJSON", lambda layers: change(layers[1]))


def without(name: str) -> Change:
    def changed(o: Object) -> None:
        o["references"] = [r for r in o["references"] if r["name"] != name]

    return changed


def asked(query: str) -> Change:
    name = "kibanaSavedObjectMeta.searchSourceJSON"
    return attribute(name, lambda source: source["query"].update(query=query))
