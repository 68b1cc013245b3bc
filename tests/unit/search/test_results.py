from hypothesis import given
from hypothesis import strategies as st

from services.search.query import MARK_END, MARK_START
from services.search.results import Fragment, fragment, printable, results


def answer(*hits, **changes):
    found = {"hits": list(hits), "total": {"value": len(hits), "relation": "eq"}}
    return {"hits": found, "timed_out": False, "_shards": {"failed": 0}} | changes


def hit(source, **changes):
    least = {"version": 1, "@timestamp": "2023", "sources": "reuters"}
    return {"_id": "a", "_score": 1.5, "_source": least | source} | changes


def test_a_hit_needs_only_what_every_document_has():
    [found] = results(answer(hit({}))).hits
    assert (found.article_id, found.title, found.first_words, found.people) == ("a", None, "", ())
    assert found.source == "reuters"


def test_names_come_with_the_most_mentioned_first():
    entities = [{"name": "Once", "mention_count": 1}, {"name": "Often", "mention_count": 9}]
    [found] = results(answer(hit({"people": ["Once", "Often"], "entities": entities}))).hits
    assert found.people == ("Often", "Once")


def test_numbers_that_met_the_search_are_told_from_the_rest():
    money = {"kind": "money", "value": 2.4e9, "unit": "EUR", "start": 3, "end": 7}
    inner = {"numbers_0": {"hits": {"hits": [{"_source": money}]}}}
    source = {"numbers": [money, {"kind": "count", "value": 3.0}]}
    [found] = results(answer(hit(source, inner_hits=inner))).hits
    assert [number.kind for number in found.numbers] == ["money", "count"]
    assert [number.unit for number in found.matched_numbers] == ["EUR"]


def test_first_words_end_at_a_word():
    [found] = results(answer(hit({"body": "seven letters " * 50}))).hits
    assert found.first_words.endswith(("seven…", "letters…"))
    assert len(found.first_words) <= 101


def test_marks_say_where_the_match_stands():
    marked = f"sent {MARK_START}air{MARK_END} {MARK_START}defences{MARK_END}."
    assert fragment(marked) == Fragment("sent air defences.", ((5, 8), (9, 17)))


@given(st.text(alphabet=f"ab \n\x1b{MARK_START}{MARK_END}"))
def test_marks_never_leave_the_text(marked):
    found = fragment(marked)
    assert MARK_START not in found.text
    assert all(0 <= start <= end <= len(found.text) for start, end in found.marks)


@given(st.text())
def test_nothing_that_steers_a_terminal_is_printable(text):
    line = printable(text + "\x1b[31m\u202e\x9b")
    assert line.isprintable() or not set(line) & set("\x00\x07\x1b\x7f\x9b\n\r\t\u202e")
    assert "\x1b" not in line


def test_facets_are_in_our_order_with_the_most_frequent_value_first():
    counted = {
        "places": {"buckets": [{"key": "Kyiv", "doc_count": 2}, {"key": "Bucha", "doc_count": 2}]},
        "people": {"buckets": [{"key": "A", "doc_count": 1}, {"key": "B", "doc_count": 5}]},
    }
    facets = results(answer(aggregations=counted)).facets
    assert facets is not None
    assert list(facets) == ["people", "places"]
    assert [bucket.value for bucket in facets["people"]] == ["B", "A"]
    assert [bucket.value for bucket in facets["places"]] == ["Bucha", "Kyiv"]


def test_a_part_that_did_not_answer_makes_the_results_partial():
    assert results(answer(timed_out=True)).partial
    assert results(answer(_shards={"failed": 1})).partial
    assert not results(answer()).partial


def test_a_count_that_was_not_finished_is_told():
    total = {"value": 10_000, "relation": "gte"}
    assert not results({"hits": {"hits": [], "total": total}}).total_is_exact
