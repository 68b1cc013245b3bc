"""The saved objects that ship, and the mapping they are for."""

import json
from pathlib import Path

from tests.unit.kibana.mapping import Object, fields

DEPLOY = Path("deploy")
SHIPPED = (DEPLOY / "kibana/newsreel.ndjson").read_text()
TEMPLATE = json.loads((DEPLOY / "elasticsearch/news-articles-mappings.json").read_text())
MAPPING = fields(TEMPLATE["template"]["mappings"]["properties"])
MAPPINGS = {"news-articles": MAPPING, "news-articles-write": MAPPING} | {
    name: fields(
        json.loads((DEPLOY / f"elasticsearch/{name}.json").read_text())["template"]["mappings"][
            "properties"
        ]
    )
    for name in ("news-operations", "news-dead-letters")
}
"""The fields behind each alias that a data view is over."""


def shipped(kind: str) -> dict[str, Object]:
    """Return the objects of a kind by their id."""
    return {o["id"]: o for o in map(json.loads, SHIPPED.splitlines()) if o["type"] == kind}
