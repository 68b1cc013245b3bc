import json
from io import StringIO

import pytest
from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig
from elasticsearch import (
    ApiError,
    AuthenticationException,
    BadRequestError,
    ConnectionTimeout,
    NotFoundError,
    TransportError,
)
from pydantic import ValidationError
from pydantic_settings import CliApp
from rich.console import Console

from services.runtime.settings import Elasticsearch
from services.search.command import Search, json_lines, summary
from services.search.criteria import Criteria, NumberRange
from services.search.reading import explained
from services.search.results import results


class Parsed(Search):
    def cli_cmd(self):
        pass


def search(*arguments):
    return CliApp.run(Parsed, cli_args=list(arguments))


def printed(settings, ask):
    console = Console(file=StringIO(), width=200)
    settings.print_found(console, ask)
    return console.file.getvalue()


def answer(*sources, **names):
    least = {"version": 1, "@timestamp": "2023", "sources": "reuters"}
    hits = [{"_id": "a", "_score": 1.0, "_source": least | source} for source in sources]
    counted = {
        field: {"buckets": [{"key": key, "doc_count": count} for key, count in values.items()]}
        for field, values in names.items()
    }
    total = {"value": len(hits), "relation": "eq"}
    return {"hits": {"hits": hits, "total": total}, "aggregations": counted}


def test_the_example_of_the_manual_is_understood():
    wanted = search(
        "air defence", "--person", "Jens Stoltenberg", "--place", "Kyiv",
        "--money-over", "1000000000", "--since", "2023", "--facets",
    )  # fmt: skip
    criteria = wanted.criteria()
    assert criteria.words == "air defence"
    assert criteria.names == {"people": ("Jens Stoltenberg",), "places": ("Kyiv",)}
    assert criteria.numbers == (NumberRange("money", over=1e9),)
    assert str(criteria.since) == "2023-01-01"
    assert criteria.before is None
    assert wanted.facets


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["air", "defence"], "air defence"),
        (["10,000 troops"], "10,000 troops"),
        (["Kyiv, war"], "Kyiv, war"),
        (["--facets", "air defence"], "air defence"),
        ([" "], ""),
        ([], ""),
    ],
)
def test_words_need_no_quotes(arguments, words):
    assert search(*arguments).criteria().words == words


def test_a_name_may_hold_a_comma_and_options_repeat():
    wanted = search("--place", "Washington, D.C.", "--place", "Kyiv", "--country", "ua")
    assert wanted.criteria().names == {
        "places": ("Washington, D.C.", "Kyiv"),
        "countries": ("UA",),
    }


def test_numbers_are_asked_for_in_words_as_often_as_you_like():
    wanted = search("--number", "killed over 10,000", "--number", "money over €1bn")
    assert wanted.criteria().numbers == (
        NumberRange("count", over=10_000, of="killed"),
        NumberRange("money", over=1e9, unit="EUR"),
    )


def test_a_phrase_that_is_not_understood_is_told_before_the_server_is_asked():
    with pytest.raises(ValidationError, match="'parsnips' is no unit of temperature; known are"):
        search("--number", "temperature below 3 parsnips")


def test_money_and_counts_are_numbers_of_their_own():
    wanted = search("--currency", "eur", "--count-over", "100", "--of", "people killed")
    assert wanted.criteria().numbers == (
        NumberRange("money", unit="EUR"),
        NumberRange("count", over=100, of="people killed"),
    )


def test_until_includes_its_whole_period():
    assert str(search("--until", "2023").criteria().before) == "2024-01-01"


def test_nothing_asked_for_is_no_criterion():
    assert search().criteria() == Criteria()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--since", "2023-13"],
        ["--since", "2023", "--until", "2022"],
        ["--money-over", "much"],
        ["--money-over", "nan"],
        ["--size", "101"],
        ["--size", "0"],
        ["--country", "Ukraine"],
        ["--number-kind", "cheese"],
        ["--person", "x" * 301],
        ["--place", ",".join(["Kyiv"] * 21)],
        ["--country", ",".join(["UA"] * 21)],
        ["--source", "x" * 100_000],
        ["--language", "x" * 301],
        ["--of", "x" * 301],
    ],
)
def test_a_bad_value_is_refused_by_the_name_of_its_option(arguments):
    name = arguments[-2].removeprefix("--").replace("-", "_")
    with pytest.raises(ValueError, match=name):
        search(*arguments)


def test_one_object_of_json_per_hit_and_the_facets_last():
    found = results(answer({"title": "A"}, {"title": "B"}, people={"X": 2}))
    first, second, last = (json.loads(line) for line in json_lines(found))
    assert (first["title"], second["title"]) == ("A", "B")
    assert last == {"total": 2, "facets": {"people": {"X": 2}}}


def test_json_goes_out_unwrapped():
    lines = printed(Search(json=True), lambda _: answer({"title": "long " * 100}))
    assert json.loads(lines.splitlines()[0])["title"] == ("long " * 100).strip()


def test_a_name_that_nothing_has_is_answered_with_names_alike():
    def ask(body):
        return answer(people={"Jens Stoltenberg": 4}) if body["size"] == 0 else answer()

    text = printed(search("--person", "Stoltenburg"), ask)
    assert "Stoltenburg is not among the people; there is: Jens Stoltenberg (4)" in text


def test_an_empty_result_says_how_to_loosen_the_search():
    assert "leave an option out" in printed(search("nothingness"), lambda _: answer())


def test_an_empty_index_says_how_to_fill_it():
    assert "newsreel replay" in printed(search(), lambda _: answer())


def test_words_that_are_not_searched_are_told():
    assert "Only the first" in printed(search("word " * 99), lambda _: answer())


def test_a_summary_says_what_is_not_shown():
    found = answer({})
    found["hits"]["total"] = {"value": 10_000, "relation": "gte"}
    assert summary(results(found)) == "more than 10,000 articles, the first 1"
    assert "did not search all" in summary(results(answer({}) | {"timed_out": True}))
    assert summary(results(answer({}))) == "1 article"


def meta(status):
    node = NodeConfig("http", "x", 1)
    return ApiResponseMeta(status, "1.1", HttpHeaders(), 0.1, node)


SERVER = Elasticsearch(url="http://user:secret@es:9200")


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (TransportError("refused"), "newsreel servers start"),
        (ConnectionTimeout("slow"), "did not answer within 30 s"),
        (NotFoundError("index_not_found_exception", meta(404), {}), "newsreel provision"),
        (AuthenticationException("no", meta(401), {}), "NEWSREEL_ELASTICSEARCH__PASSWORD"),
        (BadRequestError("parsing_exception", meta(400), {}), "400, 'parsing_exception'"),
        (ApiError("busy", meta(503), {}), "503, 'busy'"),
    ],
)
def test_a_failure_is_one_line_that_says_what_to_do_and_no_secret(error, hint):
    line = explained(error, SERVER)
    assert hint in line
    assert "\n" not in line
    assert "secret" not in line
