"""What can be told about a map: its layers are of known kinds, and its dots are places."""

import json
from collections.abc import Iterator

from tests.unit.kibana.mapping import NOTHING, Object, Views, fit

LAYERS = {"EMS_VECTOR_TILE", "GEOJSON_VECTOR", "MVT_VECTOR", "HEATMAP"}


def needed_by_map(o: Object) -> Iterator[str]:
    """Name the references that Kibana will look for, one for each layer with data of ours."""
    for layer in layers(o):
        if "indexPatternRefName" in layer["sourceDescriptor"]:
            yield layer["sourceDescriptor"]["indexPatternRefName"]


def mismapped(o: Object, known: Views) -> Iterator[str]:
    """List what is wrong with a map."""
    json.loads(o["attributes"]["mapStateJSON"])
    if len({layer["id"] for layer in layers(o)}) != len(layers(o)):
        yield "two layers have the same id"
    views = {reference["name"]: reference["id"] for reference in o["references"]}
    for place, layer in enumerate(layers(o)):
        where = f"layer {layer['id']}: "
        if layer["type"] not in LAYERS:
            yield where + f"{layer['type']} is no kind of layer that Kibana 8.19 writes"
        source = layer["sourceDescriptor"]
        if "geoField" in source:
            mapping = known.get(views.get(source["indexPatternRefName"], ""), NOTHING).mapping
            yield from (where + why for why in fit(source["geoField"], {"geo_point"}, mapping))
            if source["indexPatternRefName"] != f"layer_{place}_source_index_pattern":
                yield where + "its reference is not called as its place in the list"
        computed = {_result(metric) for metric in source.get("metrics", ())}
        for field in _styled(layer):
            if field not in computed:
                yield where + f"is drawn by {field}, which is not computed"


def _result(metric: Object) -> str:
    return "doc_count" if metric["type"] == "count" else f"{metric['type']}_of_{metric['field']}"


def _styled(layer: Object) -> Iterator[str]:
    for style in layer["style"].get("properties", {}).values():
        if style.get("type") == "DYNAMIC":
            yield style["options"]["field"]["name"]


def layers(o: Object) -> list[Object]:
    """Read the layers, which are JSON inside a string."""
    found: list[Object] = json.loads(o["attributes"]["layerListJSON"])
    return found
