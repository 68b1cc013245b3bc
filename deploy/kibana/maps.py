"""The map of places: a dot for all articles that name one, the larger the more there are."""

from saving import PAUSED, TIME, Object, dumped, kql, saved, to_data_view

PLACES = "newsreel-places"
CENTER = {"lat": 30.0, "lon": 15.0, "zoom": 1.5}

BASE = {
    "id": "base",
    "type": "EMS_VECTOR_TILE",
    # From Elastic's tile server: where a browser can't reach it, the dots stand on white.
    "sourceDescriptor": {
        "type": "EMS_TMS",
        "isAutoSelect": True,
        "lightModeDefault": "road_map_desaturated",
    },
    "style": {"type": "EMS_VECTOR_TILE", "color": ""},
    "visible": True,
    "alpha": 1,
    "minZoom": 0,
    "maxZoom": 24,
}


def _by_count(**options: object) -> Object:
    field = {"name": "doc_count", "origin": "source"}
    meta = {"isEnabled": False, "sigma": 3}
    return {"type": "DYNAMIC", "options": {"field": field, "fieldMetaOptions": meta, **options}}


def _always(**options: object) -> Object:
    return {"type": "STATIC", "options": options}


def _dots(index: str) -> Object:
    style = {
        "fillColor": _by_count(type="ORDINAL", color="Yellow to Red", useCustomColorRamp=False),
        "iconSize": _by_count(minSize=6, maxSize=28),
        "lineColor": _always(color="#444444"),
        "lineWidth": _always(size=1),
        "symbolizeAs": {"options": {"value": "circle"}},
    }
    return {
        "id": "places",
        "label": "Articles",
        "type": "GEOJSON_VECTOR",
        "sourceDescriptor": {
            "id": "places-grid",
            "type": "ES_GEO_GRID",
            "geoField": "place_points",
            "requestType": "point",
            "resolution": "FINE",
            "metrics": [{"type": "count", "label": "Articles"}],
            "applyGlobalQuery": True,
            "applyGlobalTime": True,
            "indexPatternRefName": index,
        },
        "style": {"type": "VECTOR", "isTimeAware": True, "properties": style},
        "visible": True,
        "alpha": 0.8,
        "minZoom": 0,
        "maxZoom": 24,
    }


def place_map() -> Object:
    """Count articles by where the places are that they name."""
    index = "layer_1_source_index_pattern"
    state = {
        "zoom": CENTER["zoom"],
        "center": {"lat": CENTER["lat"], "lon": CENTER["lon"]},
        "timeFilters": TIME,
        "refreshConfig": {"isPaused": PAUSED["pause"], "interval": PAUSED["value"]},
        "query": kql(),
        "filters": [],
        "settings": {"autoFitToDataBounds": False},
    }
    attributes = {
        "title": "Places in the news",
        "description": "A dot for the articles that name a place, larger where they are more.",
        "layerListJSON": dumped([BASE, _dots(index)]),
        "mapStateJSON": dumped(state),
        "uiStateJSON": dumped({"isLayerTOCOpen": False, "openTOCDetails": []}),
    }
    return saved("map", PLACES, "8.4.0", attributes, [to_data_view(index)])
