"""The validator names what is broken: each way to break an object has a test."""

import json

import pytest

from tests.unit.kibana.breaking import (
    Change,
    asked,
    attribute,
    column,
    control,
    dots,
    drawn,
    layer,
    panel,
    parameter,
    without,
)
from tests.unit.kibana.shipped import MAPPINGS, SHIPPED
from tests.unit.kibana.validator import problems

SPLIT = {"type": "column", "columnId": "group"}
ALL, NEWS, VIEW = "newsreel-articles", "newsreel", "news-articles"
WORK, PLACES, LINKS = "newsreel-operations", "newsreel-places", "newsreel-links"
EVENT = "skipped:drilldown:DASHBOARD_TO_DASHBOARD_DRILLDOWN:skipped-articles:dashboardId"

BROKEN: list[tuple[str, str, Change]] = [
    ("is newer than Kibana 8.19 takes", ALL, lambda o: o.update(typeMigrationVersion="10.6.0")),
    ("is newer than Kibana 8.19 takes", PLACES, lambda o: o.update(typeMigrationVersion="10.1.0")),
    ("no migration versions", VIEW, lambda o: o.pop("coreMigrationVersion")),
    ("is newer than", LINKS, lambda o: o.update(typeMigrationVersion="10.1.0")),
    ("needs a reference link_newsreel_d", LINKS, without("link_newsreel_dashboard")),
    ("the links have no order", LINKS, lambda o: o["attributes"]["links"][0].update(order=1)),
    ("does not say to which", LINKS, lambda o: o["attributes"]["links"][0].update(label="")),
    ("of another name", LINKS, lambda o: o["attributes"]["links"][0].update(id="other")),
    ("it says namespaces", NEWS, lambda o: o.update(namespaces=["default"])),
    ("refers to index-pattern gone", ALL, lambda o: o["references"][0].update(id="gone")),
    ("needs a reference articles:panel_articles", NEWS, without("articles:panel_articles")),
    ("needs a reference map:panel_map", NEWS, without("map:panel_map")),
    (f"needs a reference {EVENT}", WORK, without(EVENT)),
    ("needs a reference layer_1", PLACES, without("layer_1_source_index_pattern")),
    ("needs a reference controlGroup_", NEWS, without("controlGroup_people:optionsListDataView")),
    (
        "has a reference stray that nothing needs",
        ALL,
        lambda o: o["references"].append({**o["references"][0], "name": "stray"}),
    ),
    ("there is no field bytes", ALL, lambda o: o["attributes"]["columns"].append("bytes")),
    ("title is of type text", ALL, lambda o: o["attributes"].update(sort=[["title", "asc"]])),
    ("brings a time range just if", ALL, lambda o: o["attributes"].pop("timeRange")),
    ("there is no field dead to ask", "newsreel-killed", asked("dead > 100")),
    ("people is of type keyword", VIEW, lambda o: o["attributes"].update(timeFieldName="people")),
    (
        "two fields are called Places",
        VIEW,
        attribute("fieldAttrs", lambda found: found["groups"].update(customLabel="Places")),
    ),
    (
        "there is no format html",
        VIEW,
        attribute("fieldFormatMap", lambda f: f["url"].update(id="html")),
    ),
    ("numbers.unit is nested", NEWS, column("kinds", "group", sourceField="numbers.unit")),
    ("panel people: column group: body", NEWS, column("people", "group", sourceField="body")),
    ("there is no field people", WORK, column("reasons", "group", sourceField="people")),
    ("there is no field reason", NEWS, column("people", "group", sourceField="reason")),
    ("there is no field reason", NEWS, control("people", fieldName="reason")),
    (
        "there is no field group",
        "newsreel-dead-letters-index",
        lambda o: o["attributes"]["columns"].append("group"),
    ),
    ("there is no field people", VIEW, lambda o: o["attributes"].update(title="news-operations")),
    ("dataType is number", NEWS, column("people", "group", dataType="number")),
    ("isBucketed is not as terms is", NEWS, column("people", "group", isBucketed=False)),
    ("is drawn over @timestamp, and", WORK, column("rate", "group", sourceField="@timestamp")),
    ("is a rate without a time", NEWS, column("people", "count", timeScale="m")),
    ("there is no field spam", NEWS, column("copies", "number", filter={"query": "spam: *"})),
    ("draws a column total that is not", NEWS, drawn("number", metricAccessor="total")),
    ("computes a column number that is not", NEWS, drawn("number", metricAccessor="total")),
    (
        "orders by a column total",
        NEWS,
        parameter("people", "group", orderBy={**SPLIT, "columnId": "total"}),
    ),
    ("orders by group, which is a group", NEWS, parameter("people", "group", orderBy=SPLIT)),
    ("sources is of type keyword", NEWS, parameter("stories", "title", sortField="sources")),
    ("there is no percentile 100", WORK, parameter("delays", "half", percentile=100)),
    (
        "the ranges 1 to 9 and 10 to 99 do not join",
        NEWS,
        layer("killed-spread", lambda o: o["columns"]["group"]["params"]["ranges"][0].update(to=9)),
    ),
    (
        "columnOrder is not the list",
        NEWS,
        layer("time", lambda o: o["columnOrder"].remove("group")),
    ),
    ("a metric stands before a group", NEWS, layer("time", lambda o: o["columnOrder"].reverse())),
    ("the layers that are drawn are not", NEWS, drawn("number", layerId="other")),
    (
        "two layers have a column of the same id",
        NEWS,
        layer(
            "money",
            lambda o: o["columns"].update({"money_eur-count": o["columns"]["money_usd-count"]}),
            "money_usd",
        ),
    ),
    (
        "panels number and stories-number overlap",
        NEWS,
        panel("number", lambda p: p["gridData"].update(w=11)),
    ),
    (
        "panel injured reaches over the right",
        NEWS,
        panel("injured", lambda p: p["gridData"].update(w=10)),
    ),
    ("panel map: it has no title", NEWS, panel("map", lambda p: p.update(title=""))),
    ("control people has another id inside", NEWS, control("people", id="persons")),
    ("body is of type text", NEWS, control("people", fieldName="body")),
    ("control people names the data view x", NEWS, control("people", dataViewId="x")),
    ("control time slides over the dashboard's", NEWS, control("time", fieldName="@timestamp")),
    (
        "is known to be free",
        WORK,
        panel(
            "skipped",
            lambda p: p["embeddableConfig"]["enhancements"]["dynamicActions"]["events"][0].update(
                triggers=["CONTEXT_MENU_TRIGGER"]
            ),
        ),
    ),
    (
        "places is of type keyword",
        PLACES,
        dots(lambda o: o["sourceDescriptor"].update(geoField="places")),
    ),
    ("VECTOR is no kind of layer", PLACES, dots(lambda o: o.update(type="VECTOR"))),
    (
        "is drawn by doc_count, which is not computed",
        PLACES,
        dots(lambda o: o["sourceDescriptor"].update(metrics=[{"type": "max", "field": "killed"}])),
    ),
]


@pytest.mark.parametrize(("why", "key", "breaks"), BROKEN, ids=[why for why, _, _ in BROKEN])
def test_the_validator_names_what_is_broken(why: str, key: str, breaks: Change):
    objects = {o["id"]: o for o in map(json.loads, SHIPPED.splitlines())}
    breaks(objects[key])
    found = problems("\n".join(map(json.dumps, objects.values())), MAPPINGS)
    assert [problem for problem in found if problem.split()[1] == f"{key}:" and why in problem]


def test_two_objects_of_one_id_and_lines_that_are_no_json_are_named():
    assert "search newsreel-articles: twice" in problems(SHIPPED + SHIPPED, MAPPINGS)
    assert problems("{", MAPPINGS)[0].startswith("not NDJSON")
