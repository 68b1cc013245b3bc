"""The saved objects that ship."""

import json
import os
import subprocess
import sys

import pytest
from pydantic import ValidationError

from schemas.raw_article import Source
from services.provision.index import plan
from tests.unit.kibana.dashboards import controls, panels
from tests.unit.kibana.shipped import DEPLOY, MAPPINGS, SHIPPED, shipped
from tests.unit.kibana.validator import problems


def test_the_shipped_objects_have_no_problem():
    assert problems(SHIPPED, MAPPINGS) == []


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_shipped_bytes_are_what_the_source_gives_each_time(seed: str):
    command = [sys.executable, "-B", DEPLOY / "kibana/objects.py"]
    environment = os.environ | {"PYTHONHASHSEED": seed}
    made = subprocess.run(command, env=environment, check=True, capture_output=True).stdout
    assert made.decode() == SHIPPED, "run: deploy/kibana/objects.py > deploy/kibana/newsreel.ndjson"


def test_kibana_opens_on_the_news_with_the_data_view_and_a_range_that_covers_the_articles():
    changes = json.loads((DEPLOY / "kibana/settings.json").read_text())["changes"]
    news = shipped("dashboard")["newsreel"]["attributes"]
    assert changes["defaultRoute"] == "/app/dashboards#/view/newsreel"
    assert changes["defaultIndex"] in shipped("index-pattern")
    times = {"from": news["timeFrom"], "to": news["timeTo"]}
    assert times == {"from": "now-10y", "to": "now+1d"}
    assert json.loads(changes["timepicker:timeDefaults"]) == times
    assert changes["courier:ignoreFilterIfFieldNotInIndex"] is True  # dashboards of several views
    ranges = [o["attributes"].get("timeRange", times) for o in shipped("search").values()]
    assert ranges == [times] * len(ranges)


def test_the_data_views_are_over_the_aliases_that_provision_makes():
    wanted = plan(DEPLOY / "elasticsearch", "news-articles", {})
    views = {
        key: (o["attributes"]["title"], o["attributes"].get("timeFieldName"))
        for key, o in shipped("index-pattern").items()
    }
    assert views == {
        "news-articles": ("news-articles", "@timestamp"),
        "news-articles-indexed": ("news-articles", "indexed_at"),
        "news-documents": ("news-articles-write", None),
        "news-operations": ("news-operations", "@timestamp"),
        "news-dead-letters": ("news-dead-letters", "@timestamp"),
        "news-dead-letters-all": ("news-dead-letters", None),
    }
    titles = {title for title, _ in views.values()}
    assert titles == {*wanted.aliases, *wanted.beside} - {"news-stories"}


def test_the_news_are_narrowed_by_person_place_organisation_source_story_and_date():
    news = controls(shipped("dashboard")["newsreel"])
    fields = {key: c["explicitInput"].get("fieldName") for key, c in news.items()}
    assert set(fields.values()) == {
        *("people", "places", "organizations", "sources", "story"),
        None,  # the time slider
    }
    assert [c["type"] for c in news.values()].count("timeSlider") == 1


def test_a_click_in_operations_leads_to_the_news_with_what_was_clicked():
    operations = shipped("dashboard")["newsreel-operations"]
    targets = {r["name"]: r["id"] for r in operations["references"] if "drilldown" in r["name"]}
    assert set(targets.values()) == {"newsreel"}
    assert {name.partition(":")[0] for name in targets} == {"skipped", "cut", "origins", "sources"}
    events = [
        panel["embeddableConfig"]["enhancements"]["dynamicActions"]["events"]
        for panel in panels(operations)
        if panel["embeddableConfig"]["enhancements"]
    ]
    configs = [event["action"]["config"] for (event,) in events]
    assert all(c["useCurrentFilters"] and not c["useCurrentDateRange"] for c in configs)


def test_each_dashboard_has_on_top_the_links_to_all():
    (links,) = shipped("links").values()
    dashboards = shipped("dashboard")
    assert [link["id"] for link in links["attributes"]["links"]] == list(dashboards)
    assert {r["id"] for r in links["references"]} == set(dashboards)
    for dashboard in dashboards.values():
        top = [panel for panel in panels(dashboard) if panel["gridData"]["y"] == 0]
        assert [panel["type"] for panel in top] == ["links"]
        assert {"type": "links", "id": links["id"], "name": "links:panel_links"} in dashboard[
            "references"
        ]


def test_searches_by_number_ask_the_flat_field_or_one_and_the_same_nested_number():
    asked = {
        key: json.loads(o["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])["query"]
        for key, o in shipped("search").items()
    }
    assert asked["newsreel-killed"] == {"query": "killed > 100", "language": "kuery"}
    nested = 'numbers:{ kind:"money" and unit:"EUR" and value > 1000000000 }'
    assert asked["newsreel-billions"] == {"query": nested, "language": "kuery"}


def test_operations_tell_lag_dead_letters_by_reason_and_those_of_each_stage():
    asked = {
        key: json.loads(o["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])["query"]
        for key, o in shipped("search").items()
        if "dead-letters" in key
    }
    assert {key: query["query"] for key, query in asked.items()} == {
        "newsreel-dead-letters-open": 'state:"open"',
        "newsreel-dead-letters-index": 'stage:"indexer"',
        "newsreel-dead-letters-enrich": 'stage:"enricher"',
    }
    drawn = {}
    for panel in panels(shipped("dashboard")["newsreel-operations"]):
        chart = panel["embeddableConfig"].get("attributes", {"references": []})
        for reference in chart["references"]:
            drawn.setdefault(reference["id"], []).append(panel["panelIndex"])
    assert drawn["news-operations"] == ["lag", "lag-now"]
    assert drawn["news-dead-letters"] == ["reasons", "letters"]
    assert drawn["news-dead-letters-all"] == ["letters-open"]


def test_nothing_of_an_article_is_shown_as_markup_and_only_its_url_is_a_link():
    """The contract takes only http and https for a URL; images would be loaded unasked."""
    link = {"url": {"id": "url", "params": {"type": "a", "urlTemplate": "{{rawValue}}"}}}
    for view in shipped("index-pattern").values():
        formats = json.loads(view["attributes"]["fieldFormatMap"])
        others = {n: form for n, form in formats.items() if form["id"] not in {"number", "percent"}}
        # The bytes of a dead letter were held against no contract: nothing of them is a link.
        assert others == (link if "articles" in view["attributes"]["title"] else {})
    for url in (
        "javascript:alert(1)",
        "data:text/html,x",
        " https://x.org",
        "//x.org",
        "/app/home",
    ):
        with pytest.raises(ValidationError, match="url"):
            Source(name="x", item="x", url=url)
