from hypothesis import given
from hypothesis import strategies as st

from services.indexer.limits import MAX_NESTED, MAX_TERM_BYTES, cut_term, within_limits

characters = st.sampled_from("aéя漢🙂")  # 1 to 4 bytes of UTF-8


@given(characters, st.integers(7_000, 40_000), st.text(max_size=3))
def test_a_cut_term_is_the_longest_beginning_that_fits(
    character: str, count: int, before: str
) -> None:
    text = before + character * count
    cut = cut_term(text)
    assert text.startswith(cut)
    assert len(cut.encode()) <= MAX_TERM_BYTES
    rest = text[len(cut) :]
    assert not rest or len((cut + rest[0]).encode()) > MAX_TERM_BYTES


def test_a_long_term_deep_inside_is_named_by_its_path_once() -> None:
    long = "x" * 40_000
    made = within_limits({"numbers": [{"of": long}, {"of": long}], "people": ["a", long]})
    assert made["truncated_fields"] == ["numbers.of", "people"]
    assert made["people"] == ["a", "x" * MAX_TERM_BYTES]


def test_full_text_is_no_term_and_stays_whole() -> None:
    long = "x" * 40_000
    document: dict[str, object] = {"body": long, "text": long, "quotes": [{"text": long}]}
    assert within_limits(document) == document


def test_null_and_empty_lists_are_left_out_but_zero_and_false_are_facts() -> None:
    document: dict[str, object] = {
        "a": None,
        "b": [],
        "c": 0,
        "d": False,
        "e": "",
        "f": {"g": None, "h": ()},
    }
    assert within_limits(document) == {"c": 0, "d": False, "e": "", "f": {}}


def test_the_nested_parts_kept_are_no_more_than_elasticsearch_takes() -> None:
    assert sum(MAX_NESTED.values()) <= 10_000
