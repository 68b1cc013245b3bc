"""Numbers asked for in any unit, on real Elasticsearch and on the embedded server.

What is found was read by the enricher from a sentence and written by the indexer.
"""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch
from pydantic_settings import CliApp

from schemas.enriched_article import Entity, Mention
from schemas.raw_article import Source
from services.enricher.enrichments.numbers import numbers
from services.indexer.documents import write
from services.search.command import Search
from tests.builders import enriched_article
from tests.unit.enricher.builders import draft

ROOT = Path(__file__).parents[2]
MAPPINGS = ROOT / "deploy" / "elasticsearch" / "news-articles-mappings.json"

SAID = {
    "killed-136": "Officials said 136 people were killed in the attack.",
    "killed-100": "At least 100 people were killed.",
    "killed-over-99": "More than 99 people were killed.",
    "killed-under-100": "Fewer than 100 people were killed.",
    "killed-50": "Officials said 50 people were killed and 400 people were injured.",
    "dead-120": "The attack left 120 people dead.",
    "killed-elsewhere": "Officials said 300 people were killed in the attack.",
    "frost-f": "Temperatures fell to minus 40 degrees Fahrenheit.",
    "frost-c": "Temperatures fell to minus 31 degrees Celsius.",
    "frost-at-bound": "Temperatures fell to −22 °F.",
    "mild": "Temperatures rose to 12 °C.",
    "storm-kmh": "The storm brought winds of 200 kilometres per hour.",
    "storm-mph": "The storm brought winds of 110 mph.",
    "breeze": "The storm brought winds of 90 km/h.",
    "shallow": "The earthquake struck at a depth of 6 miles.",
    "deep": "The earthquake struck at a depth of 40 kilometres.",
    "rich": "The project cost 1.2 billion euros.",
    "dollars": "The project cost $5 billion.",
    "poor": "The project cost 900 million euros.",
}


def article(item: str, sentence: str):
    place = "Lviv" if item == "killed-elsewhere" else "Kharkiv"
    return enriched_article(
        source=Source(name="tests", item=item),
        text=sentence,
        title=None,
        body=({"start": 0, "end": len(sentence)},),
        entities=(
            Entity(name=place, type="GPE", mentions=(Mention(start=0, end=1, text=sentence[0]),)),
        ),
        numbers=numbers(draft(sentence)),
        dates=(),
        quotes=(),
    )


@pytest.fixture(scope="module")
def client(url):
    with Elasticsearch(url, request_timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def index(client):
    """An index with the shipped mapping and an article for each sentence."""
    name = f"numbers-{uuid4().hex[:8]}"
    template = json.loads(MAPPINGS.read_text(encoding="utf-8"))["template"]
    aliases = {name: {}, f"{name}-write": {"is_write_index": True}}
    client.indices.create(
        index=f"{name}-000001",
        mappings=template["mappings"],
        settings=template["settings"],
        aliases=aliases,
    )
    writes = [
        write(article(item, sentence), f"{name}-write", datetime(2026, 1, 1, tzinfo=UTC))
        for item, sentence in SAID.items()
    ]
    lines = [json.loads(line) for one in writes for line in one.lines.splitlines()]
    answer = client.bulk(operations=lines, refresh=True)
    assert not answer["errors"], answer
    yield name
    client.indices.delete(index=f"{name}-000001")


@pytest.fixture
def found(url, index, capsys):
    """Run the command with some arguments; return the items of its hits."""

    def run(*arguments):
        reach = ["--elasticsearch.url", url, "--elasticsearch.articles", index]
        CliApp.run(Search, cli_args=[*reach, "--json", "--size", "100", *arguments])
        hits = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return {hit["item"] for hit in hits}

    return run


KILLED_IN_KHARKIV = {"killed-136", "killed-100", "dead-120"}
COMMANDS = {
    'newsreel search --number "money over 1 billion EUR"': {"rich"},
    'newsreel search --number "killed >= 100" --place Kharkiv': KILLED_IN_KHARKIV,
    'newsreel search --number "temperature below -30 °C"': {"frost-f", "frost-c"},
}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_commands_of_the_readme_find_what_they_say(found, command):
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")
    arguments = re.findall(r'"([^"]*)"|(\S+)', command.removeprefix("newsreel search "))
    assert found(*("".join(pair) for pair in arguments)) == COMMANDS[command]


@pytest.mark.parametrize(
    ("phrase", "items"),
    [
        ("temperature below 243.15 kelvin", {"frost-f", "frost-c"}),
        ("temperature at most -22 °F", {"frost-f", "frost-c", "frost-at-bound"}),
        ("temperature between -31 and -30 °C", {"frost-c", "frost-at-bound"}),
        ("speed over 100 mph", {"storm-kmh", "storm-mph"}),
        ("winds over 100 mph", {"storm-kmh", "storm-mph"}),
        ("depth under 10 km", {"shallow"}),
        ("money over 1 billion", {"rich", "dollars"}),
        # A hundred is over 99, also where the text says "fewer than".
        (
            "killed over 99",
            KILLED_IN_KHARKIV | {"killed-elsewhere", "killed-over-99", "killed-under-100"},
        ),
        ("killed < 100", {"killed-50", "killed-over-99", "killed-under-100"}),
        ("people killed = 136", {"killed-136"}),
        ("wounded at least 400", {"killed-50"}),
    ],
)
def test_a_number_is_found_in_whatever_unit_it_was_written(found, phrase, items):
    assert found("--number", phrase) == items


def test_the_query_of_the_readme_finds_at_least_100_killed_in_kharkiv(client, index):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    query = re.search(r"<!-- query: begin -->\n```json\n(.*?)```", readme, re.DOTALL)
    assert query
    answer = client.search(index=index, body=json.loads(query[1]))
    hits = answer["hits"]["hits"]
    assert {hit["_source"]["source_item"] for hit in hits} == KILLED_IN_KHARKIV
    assert all(hit["inner_hits"]["numbers"]["hits"]["total"]["value"] == 1 for hit in hits)


def test_the_flat_field_answers_it_too(client, index):
    filters = [{"range": {"killed": {"gte": 100}}}, {"term": {"places": "Lviv"}}]
    answer = client.search(index=index, query={"bool": {"filter": filters}})
    assert [hit["_source"]["killed"] for hit in answer["hits"]["hits"]] == [[300.0]]
