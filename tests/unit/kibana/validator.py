"""What can be told about Kibana's saved objects without a Kibana.

Kibana takes nearly anything on import, and then shows an empty panel. So: what is referred to is
there, fields are in the mapping and fit what is done with them, charts and their columns agree.
"""

import itertools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.unit.kibana.dashboards import misplaced, needed_by_dashboard
from tests.unit.kibana.kql import misasked
from tests.unit.kibana.mapping import (
    AGGREGATABLE,
    NOTHING,
    NUMERIC,
    Mapping,
    Object,
    View,
    Views,
    exists,
    fit,
)
from tests.unit.kibana.maps import mismapped, needed_by_map

# The newest shape of each type that Kibana 8.19 knows: it refuses newer ones, and updates older.
NEWEST = {
    "index-pattern": (8, 0, 0),
    "search": (10, 5, 0),
    "map": (8, 4, 0),
    "dashboard": (10, 2, 0),
}
# What has no versions in 8.19, or had none: without one it is read as it is.
UNVERSIONED = {"links"}
KEYS = {"type", "id", "attributes", "references", "coreMigrationVersion", "typeMigrationVersion"}
FORMATS = {"number": NUMERIC, "percent": NUMERIC, "url": {"keyword"}}


def problems(ndjson: str, mappings: dict[str, Mapping]) -> list[str]:
    """List what is wrong with the saved objects, each with the object's type and id.

    `mappings` has the fields behind each alias.
    """
    try:
        objects = [json.loads(line) for line in ndjson.splitlines()]
    except json.JSONDecodeError as error:
        return [f"not NDJSON: {error}"]
    known = [(o["type"], o["id"]) for o in objects]
    found = [
        f"{kind} {key}: twice" for kind, key in sorted(set(known)) if known.count((kind, key)) > 1
    ]
    views = {
        o["id"]: View(
            o["attributes"].get("timeFieldName"), mappings.get(o["attributes"]["title"], {})
        )
        for o in objects
        if o["type"] == "index-pattern"
    }
    for o in objects:
        checks = (
            _whole(o),
            _references(o, set(known)),
            KINDS[o["type"]].check(o, views),
        )
        found += [f"{o['type']} {o['id']}: {why}" for why in itertools.chain(*checks)]
    return found


def _whole(o: Object) -> Iterator[str]:
    version = tuple(map(int, o.get("typeMigrationVersion", "0").split(".")))
    if version > NEWEST.get(o["type"], (0,)):
        yield f"typeMigrationVersion {o['typeMigrationVersion']} is newer than Kibana 8.19 takes"
    known = {"typeMigrationVersion"} if o["type"] not in UNVERSIONED else set()
    if not known | {"coreMigrationVersion"} <= o.keys():
        yield "no migration versions: Kibana would run each old migration on it"
    if not re.fullmatch(r"[a-z][a-z0-9-]*", o["id"]):
        yield "its id is not one that reads well in an address"
    for key in o.keys() - KEYS - {"managed"}:
        yield f"it says {key}, which is for Kibana and the space to say"


def _references(o: Object, known: set[tuple[str, str]]) -> Iterator[str]:
    for reference in o["references"]:
        if (reference["type"], reference["id"]) not in known:
            yield f"refers to {reference['type']} {reference['id']}, which is not in the file"
    names = [reference["name"] for reference in o["references"]]
    needed = list(KINDS[o["type"]].needed(o))
    yield from (f"needs a reference {name}" for name in needed if name not in names)
    yield from (
        f"has a reference {name} that nothing needs" for name in names if name not in needed
    )
    yield from (f"has two references {name}" for name in set(names) if names.count(name) > 1)


def _data_view(o: Object, views: Views) -> Iterator[str]:
    mapping = views[o["id"]].mapping
    attributes = o["attributes"]
    if "timeFieldName" in attributes:
        yield from fit(attributes["timeFieldName"], {"date"}, mapping)
    labels = json.loads(attributes["fieldAttrs"])
    for name in labels:
        yield from exists(name, mapping)
    called = [attrs["customLabel"] for attrs in labels.values()]
    yield from (
        f"two fields are called {label}" for label in set(called) if called.count(label) > 1
    )
    for name, form in json.loads(attributes["fieldFormatMap"]).items():
        if form["id"] not in FORMATS:
            yield f"there is no format {form['id']}"
        else:
            yield from fit(name, FORMATS[form["id"]], mapping)


def _search(o: Object, views: Views) -> Iterator[str]:
    attributes = o["attributes"]
    view = views.get(o["references"][0]["id"], NOTHING)
    mapping = view.mapping
    for name in attributes["columns"]:
        yield from exists(name, mapping)
    for name, _ in attributes["sort"]:
        yield from fit(name, AGGREGATABLE, mapping)
    yield from misasked(_asked(o)["query"]["query"], mapping)
    timed = view.time is not None
    if timed != attributes["timeRestore"] or timed != ("timeRange" in attributes):
        yield "it brings a time range just if its data view has a time"


def _needed_by_links(o: Object) -> Iterator[str]:
    for link in o["attributes"]["links"]:
        yield link["destinationRefName"]


def _links(o: Object, _: Views) -> Iterator[str]:
    links = o["attributes"]["links"]
    if sorted(link["order"] for link in links) != list(range(len(links))):
        yield "the links have no order"
    for link in links:
        if link["type"] != "dashboardLink" or not link["label"]:
            yield f"link {link['id']} does not say to which dashboard it leads"
        if link["destinationRefName"] != f"link_{link['id']}_dashboard":
            yield f"link {link['id']} has a reference of another name"


def _asked(o: Object) -> Object:
    source: Object = json.loads(o["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])
    return source


@dataclass(frozen=True)
class _Kind:
    needed: Callable[[Object], Iterator[str]]
    check: Callable[[Object, Views], Iterator[str]]


KINDS = {
    "index-pattern": _Kind(lambda _: iter(()), _data_view),
    "search": _Kind(lambda o: iter([_asked(o)["indexRefName"]]), _search),
    "links": _Kind(_needed_by_links, _links),
    "map": _Kind(needed_by_map, mismapped),
    "dashboard": _Kind(needed_by_dashboard, misplaced),
}
