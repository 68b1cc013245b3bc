"""What each saved object has, whatever it shows."""

import json
from typing import Any

Object = dict[str, Any]

ARTICLES = "news-articles"
"""The data view by publication date."""
INDEXED = "news-articles-indexed"
"""The data view by the time of indexing."""
DOCUMENTS = "news-documents"
"""The data view without a time, which has the withdrawn articles too."""

LAGS = "news-operations"
"""The data view of how far behind the workers are."""
LETTERS = "news-dead-letters"
"""The data view of dead letters, by when they were refused."""
ALL_LETTERS = "news-dead-letters-all"
"""The data view of dead letters without a time: one that is open is of interest however old."""
TIMELESS = {DOCUMENTS, ALL_LETTERS}

# From before the oldest article we ship to tomorrow: a publication date may lie some hours ahead.
TIME = {"from": "now-10y", "to": "now+1d"}
PAUSED = {"pause": True, "value": 60000}


def dumped(value: object) -> str:
    """Write JSON in one way only."""
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def saved(
    kind: str, key: str, version: str | None, attributes: Object, references: list[Object]
) -> Object:
    """Wrap what is saved; `version` is the newest shape of this kind that Kibana 8.19 knows."""
    wrapped = {
        "type": kind,
        "id": key,
        "attributes": attributes,
        "references": references,
        "coreMigrationVersion": "8.8.0",
        "managed": False,
    }
    return wrapped | ({"typeMigrationVersion": version} if version else {})


def reference(kind: str, key: str, name: str) -> Object:
    """Refer to another saved object."""
    return {"type": kind, "id": key, "name": name}


def to_data_view(name: str, view: str = ARTICLES) -> Object:
    """Refer to a data view."""
    return reference("index-pattern", view, name)


def kql(query: str = "") -> Object:
    """Ask in Kibana's own language; for nothing, if nothing is asked."""
    return {"query": query, "language": "kuery"}


def source(query: str = "", **index: str) -> Object:
    """Tell what is asked for; nothing is filtered out."""
    return {"searchSourceJSON": dumped({"query": kql(query), "filter": [], **index})}
