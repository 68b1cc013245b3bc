import pytest

from services.search.criteria import Criteria
from services.search.finding import SearchFailedError, find, pages, to_resemble


def answer(*names, total=None, **more):
    """Answer with hits of these ids, sorted by their place in the alphabet."""
    hits = [
        {
            "_id": name,
            "_score": 1.0,
            "_source": {"version": 1, "@timestamp": "2023"},
            "sort": [name],
        }
        for name in names
    ]
    count = {"value": len(hits) if total is None else total, "relation": "eq"}
    return {"hits": {"hits": hits, "total": count}, **more}


class Server:
    """Answers from a list, and keeps what it was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def __call__(self, body):
        self.asked.append(body)
        return self.answers.pop(0)


def found(server, words, **changes):
    options = {"size": 3, "sort": "relevance", "facets": False, "seconds": 5} | changes
    return find(server, Criteria(words=words), **options)


def ids(hits):
    return [hit.article_id for hit in hits]


def test_where_few_have_all_the_words_others_follow_that_do_not_count():
    one = found(Server(answer("a"), answer("b", "a", "c", "d")), "plane crash")
    assert (ids(one.hits), ids(one.others), one.total) == (["a"], ["b", "c"], 1)


@pytest.mark.parametrize(
    ("words", "changes", "first"),
    [
        ("plane crash", {}, answer("a", "b", "c")),
        ("plane crash", {"sort": "date"}, answer("a")),
        ('"plane crash"', {}, answer("a")),
        ("plane -crash", {}, answer("a")),
        ("crash", {}, answer("a")),
        ("", {}, answer("a")),
    ],
)
def test_no_others_are_asked_for_where_they_would_not_help(words, changes, first):
    server = Server(first)
    assert found(server, words, **changes).others == ()
    assert len(server.asked) == 1


def test_the_facets_are_counted_over_what_has_the_words():
    server = Server(answer("a"), answer("b"))
    found(server, "plane crash", facets=True)
    assert ["aggs" in body for body in server.asked] == [True, False]


def read(server, **options):
    body = {"query": {}, "aggs": {}}
    return [ids(one.hits) for one in pages(server, body, **({"page": 2, "limit": None} | options))]


def test_pages_go_on_behind_the_last_hit_until_one_is_short():
    server = Server(answer("a", "b"), answer("c", "d"), answer("e"))
    assert read(server) == [["a", "b"], ["c", "d"], ["e"]]
    assert [body.get("search_after") for body in server.asked] == [None, ["b"], ["d"]]
    assert ["aggs" in body for body in server.asked] == [True, False, False]


def test_a_full_last_page_is_followed_by_an_empty_one():
    assert read(Server(answer("a", "b"), answer())) == [["a", "b"], []]


def test_a_limit_asks_for_no_more_than_it():
    server = Server(answer("a", "b"), answer("c"))
    assert read(server, limit=3) == [["a", "b"], ["c"]]
    assert [body["size"] for body in server.asked] == [2, 1]


def test_a_page_with_a_hole_ends_the_stream():
    server = Server(answer("a", "b"), answer("c", timed_out=True))
    with pytest.raises(SearchFailedError, match="not all was read"):
        read(server)


def test_an_article_that_is_not_there_can_not_be_resembled():
    with pytest.raises(SearchFailedError, match="there is no article 'x'"):
        to_resemble(Server(answer()), "x")
