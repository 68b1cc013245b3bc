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

from schemas.identity import article_id
from services.runtime.settings import Elasticsearch
from services.search.command import Search
from services.search.criteria import Circle, Criteria, NumberRange
from services.search.lines import json_lines, summary
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
        ["--story", " "],
        ["--near", "1,2"],
        ["--limit", "0"],
        ["--page-size", "1001"],
    ],
)
def test_a_bad_value_is_refused_by_the_name_of_its_option(arguments):
    name = arguments[-2].removeprefix("--").replace("-", "_")
    with pytest.raises(ValueError, match=name):
        search(*arguments)


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["--all", "--limit", "5"], "--limit and --all"),
        (["--all", "--size", "5"], "--all and --size"),
        (["--limit", "5", "--size", "5"], "--limit and --size"),
    ],
)
def test_only_one_option_says_how_many(arguments, names):
    with pytest.raises(ValueError, match=f"{names} exclude each other"):
        search(*arguments)


def test_a_story_and_a_place_on_earth_are_criteria():
    criteria = search("--story", "s1", "--near=-33.9,151.2,50").criteria()
    assert (criteria.story, criteria.near) == ("s1", Circle(-33.9, 151.2, 50))


def test_articles_with_some_of_the_words_are_told_from_those_that_count():
    def ask(body):
        loose = body["query"]["bool"]["must"][0]["simple_query_string"]["default_operator"] == "or"
        return answer({"article_id": "a", "title": "Both"}, *([OTHER] if loose else []))

    text = printed(search("plane", "crash"), ask)
    both, other = text.split("With some of the words only:")
    assert "1 article" in both
    assert "1. Both" in both
    assert "2. One" in other
    assert "One" not in printed(search("plane", "crash", "--json"), ask)


OTHER = {"article_id": "b", "title": "One"}


def paged(*titles):
    """Answer with the titles page by page, as a server does to `search_after`."""

    def ask(body):
        first = body.get("search_after", [0])[0]
        page = titles[first : first + body["size"]]
        found = answer(*({"title": title} for title in page), sources={"reuters": 3})
        for place, hit in enumerate(found["hits"]["hits"], start=first + 1):
            hit["sort"] = [place]
        found["hits"]["total"]["value"] = len(titles)
        return found if "aggs" in body else {key: found[key] for key in ("hits",)}

    return ask


def pages_printed(settings, ask):
    console = Console(file=StringIO(), width=200)
    settings.print_pages(console, ask)
    return console.file.getvalue()


def test_pages_are_one_stream_of_json_with_the_facets_last():
    everything = search("--all", "--json", "--facets", "--page-size", "2")
    lines = pages_printed(everything, paged("A", "B", "C", "D", "E")).splitlines()
    *hits, last = map(json.loads, lines)
    assert [hit["title"] for hit in hits] == ["A", "B", "C", "D", "E"]
    assert last == {"total": 5, "facets": {"sources": {"reuters": 3}}}


def test_pages_number_their_hits_on():
    text = pages_printed(search("--limit", "3", "--page-size", "2"), paged("A", "B", "C", "D"))
    assert "4 articles, the first 3" in text
    assert [line.strip() for line in text.splitlines() if ". " in line] == ["1. A", "2. B", "3. C"]


def test_pages_of_nothing_say_what_to_change():
    assert "leave an option out" in pages_printed(search("--all", "nothingness"), paged())
    assert pages_printed(search("--all", "--json", "nothingness"), paged()) == ""


def test_an_article_to_resemble_is_named_by_its_url_too():
    def ask(body):
        asked.append(body)
        return answer({"title": "A"})

    asked = []
    printed(search("--similar", "https://example.org/quake"), ask)
    [name] = asked[0]["query"]["bool"]["filter"][0]["ids"]["values"]
    assert name == str(article_id("", "", "https://example.org/quake"))
    assert asked[1]["sort"][0] == {"_score": {"order": "desc"}}


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
