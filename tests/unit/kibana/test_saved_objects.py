"""The saved objects that ship, and the validator that looks at them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from schemas.raw_article import Source
from tests.unit.kibana.validator import Field, fields, problems

DEPLOY = Path("deploy")
SHIPPED = (DEPLOY / "kibana/newsreel.ndjson").read_text()
TEMPLATE = json.loads((DEPLOY / "elasticsearch/news-articles-mappings.json").read_text())
MAPPING = fields(TEMPLATE["template"]["mappings"]["properties"])
Object = dict[str, Any]


def shipped() -> dict[str, Object]:
    return {o["type"]: o for o in map(json.loads, SHIPPED.splitlines())}


def test_the_shipped_objects_have_no_problem():
    assert problems(SHIPPED, MAPPING) == []


def test_there_is_a_data_view_a_search_and_a_dashboard_with_controls():
    dashboard = shipped()["dashboard"]["attributes"]
    assert shipped().keys() == {"index-pattern", "search", "dashboard"}
    assert {panel["type"] for panel in json.loads(dashboard["panelsJSON"])} == {"lens", "search"}
    assert len(json.loads(dashboard["controlGroupInput"]["panelsJSON"])) == 3


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_shipped_bytes_are_what_the_source_gives_each_time(seed: str):
    command = [sys.executable, DEPLOY / "kibana/objects.py"]
    environment = os.environ | {"PYTHONHASHSEED": seed}
    made = subprocess.run(command, env=environment, check=True, capture_output=True).stdout
    assert made.decode() == SHIPPED, "run: deploy/kibana/objects.py > deploy/kibana/newsreel.ndjson"


def test_kibana_opens_on_the_dashboard_with_the_data_view_and_a_range_that_covers_the_articles():
    changes = json.loads((DEPLOY / "kibana/settings.json").read_text())["changes"]
    dashboard = shipped()["dashboard"]
    attributes = dashboard["attributes"]
    assert changes["defaultRoute"] == f"/app/dashboards#/view/{dashboard['id']}"
    assert changes["defaultIndex"] == shipped()["index-pattern"]["id"]
    times = {"from": attributes["timeFrom"], "to": attributes["timeTo"]}
    assert attributes["timeRestore"]
    assert json.loads(changes["timepicker:timeDefaults"]) == times
    assert times == shipped()["search"]["attributes"]["timeRange"]


def test_nothing_of_an_article_is_shown_as_markup_and_only_its_url_is_a_link():
    """The contract takes only http and https for a URL; images would be loaded unasked."""
    formats = json.loads(shipped()["index-pattern"]["attributes"]["fieldFormatMap"])
    others = {name: form for name, form in formats.items() if form["id"] != "number"}
    assert others == {"url": {"id": "url", "params": {"type": "a", "urlTemplate": "{{rawValue}}"}}}
    for url in (
        "javascript:alert(1)",
        "data:text/html,x",
        " https://x.org",
        "//x.org",
        "/app/home",
    ):
        with pytest.raises(ValidationError, match="url"):
            Source(name="x", item="x", url=url)


def test_fields_inside_nested_ones_are_nested_and_subfields_are_named():
    mapping = {
        "numbers": {"type": "nested", "properties": {"unit": {"type": "keyword"}}},
        "title": {"type": "text", "fields": {"keyword": {"type": "keyword"}}},
        "enrichment": {"properties": {"model": {"type": "keyword"}}},
    }
    assert fields(mapping) == {
        "numbers": Field("nested", nested=True),
        "numbers.unit": Field("keyword", nested=True),
        "title": Field("text", nested=False),
        "title.keyword": Field("keyword", nested=False),
        "enrichment.model": Field("keyword", nested=False),
    }


def panels_changed(change: Callable[[list[Object]], None]) -> Callable[[Object], None]:
    def changed(dashboard: Object) -> None:
        panels = json.loads(dashboard["attributes"]["panelsJSON"])
        change(panels)
        dashboard["attributes"]["panelsJSON"] = json.dumps(panels)

    return changed


def chart(panels: list[Object], key: str) -> Object:
    (found,) = [panel for panel in panels if panel["panelIndex"] == key]
    state: Object = found["embeddableConfig"]["attributes"]["state"]
    return state


def layer(panels: list[Object], key: str) -> Object:
    found: Object = chart(panels, key)["datasourceStates"]["formBased"]["layers"]["articles"]
    return found


BROKEN: dict[str, tuple[str, Callable[[Object], object]]] = {
    "is newer than Kibana 8.19 takes": (
        "search",
        lambda o: o.update(typeMigrationVersion="10.6.0"),
    ),
    "no migration versions": ("index-pattern", lambda o: o.pop("coreMigrationVersion")),
    "refers to index-pattern gone, which is not in the file": (
        "search",
        lambda o: o["references"][0].update(id="gone"),
    ),
    "needs a reference articles:panel_articles": (
        "dashboard",
        lambda o: o["references"].remove(
            {"id": "newsreel-articles", "name": "articles:panel_articles", "type": "search"}
        ),
    ),
    "has a reference stray that nothing needs": (
        "search",
        lambda o: o["references"].append({**o["references"][0], "name": "stray"}),
    ),
    "there is no field bytes": (
        "search",
        lambda o: o["attributes"]["columns"].append("bytes"),
    ),
    "title is of type text": (
        "search",
        lambda o: o["attributes"].update(sort=[["title", "asc"]]),
    ),
    "people is of type keyword, which does not do here": (
        "index-pattern",
        lambda o: o["attributes"].update(timeFieldName="people"),
    ),
    "numbers.unit is nested": (
        "dashboard",
        panels_changed(
            lambda panels: layer(panels, "kinds")["columns"]["group"].update(
                sourceField="numbers.unit"
            )
        ),
    ),
    "panel people: body is of type text": (
        "dashboard",
        panels_changed(
            lambda panels: layer(panels, "people")["columns"]["group"].update(sourceField="body")
        ),
    ),
    "draws a column total that is not computed": (
        "dashboard",
        panels_changed(
            lambda panels: chart(panels, "number")["visualization"].update(metricAccessor="total")
        ),
    ),
    "orders by a column total that is not computed": (
        "dashboard",
        panels_changed(
            lambda panels: layer(panels, "people")["columns"]["group"]["params"].update(
                orderBy={"type": "column", "columnId": "total"}
            )
        ),
    ),
    "columnOrder is not the list of the columns": (
        "dashboard",
        panels_changed(lambda panels: layer(panels, "time")["columnOrder"].remove("group")),
    ),
    "a metric stands before a group": (
        "dashboard",
        panels_changed(lambda panels: layer(panels, "time")["columnOrder"].reverse()),
    ),
    "the layers that are drawn are not those that are computed": (
        "dashboard",
        panels_changed(
            lambda panels: chart(panels, "number")["visualization"].update(layerId="other")
        ),
    ),
    "panels time and number overlap": (
        "dashboard",
        panels_changed(lambda panels: panels[0]["gridData"].update(w=41)),
    ),
    "panel number reaches over the right edge": (
        "dashboard",
        panels_changed(lambda panels: panels[1]["gridData"].update(w=9)),
    ),
}


@pytest.mark.parametrize(("why", "broken"), BROKEN.items(), ids=BROKEN)
def test_the_validator_names_what_is_broken(
    why: str, broken: tuple[str, Callable[[Object], object]]
):
    kind, breaks = broken
    objects = shipped()
    breaks(objects[kind])
    found = problems("\n".join(map(json.dumps, objects.values())), MAPPING)
    assert [problem for problem in found if why in problem], found
    assert {problem.split()[0] for problem in found} == {kind}


def test_two_objects_of_one_id_and_lines_that_are_no_json_are_named():
    assert "search newsreel-articles: twice" in problems(SHIPPED + SHIPPED, MAPPING)
    assert problems("{", MAPPING)[0].startswith("not NDJSON")
