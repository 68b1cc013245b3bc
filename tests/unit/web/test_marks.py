from hypothesis import given
from hypothesis import strategies as st

from services.web.marks import MOST_AT_ONCE, Span, pieces, shown


def cut(text, *spans):
    return [(piece.text, piece.notes) for piece in pieces(text, [Span(*span) for span in spans])]


def test_a_text_without_marks_is_one_piece():
    assert cut("Kyiv") == [("Kyiv", ())]
    assert cut("") == []


def test_offsets_count_code_points():
    assert cut("👩‍🚀 in Kyiv", (7, 11, "place")) == [("👩‍🚀 in ", ()), ("Kyiv", ("place",))]


def test_the_shorter_of_two_spans_that_nest_comes_first():
    assert cut("Bank of Kyiv!", (0, 12, "bank"), (8, 12, "city")) == [
        ("Bank of ", ("bank",)),
        ("Kyiv", ("city", "bank")),
        ("!", ()),
    ]


def test_spans_that_overlap_share_what_is_common():
    assert cut("abcdef", (0, 4, 1), (2, 6, 2)) == [("ab", (1,)), ("cd", (1, 2)), ("ef", (2,))]


def test_only_the_first_piece_of_a_span_begins_it():
    made = list(pieces("abcd", [Span(0, 4, "long"), Span(2, 3, "short")]))
    assert [piece.begins for piece in made] == [("long",), ("short",), ()]


def test_spans_outside_the_text_or_without_length_are_left_out():
    assert cut("Kyiv", (-1, 2, "a"), (2, 9, "b"), (3, 3, "c"), (3, 2, "d")) == [("Kyiv", ())]


def test_no_character_has_more_notes_than_a_person_can_read():
    made = list(pieces("abc", [Span(0, 3, note) for note in range(5000)]))
    assert [len(piece.notes) for piece in made] == [MOST_AT_ONCE]


def test_what_would_reorder_or_break_a_page_is_not_shown():
    assert shown("a\x00b\x1b[31m\u202ec\u2066d\ud800e\n\tf\u200f") == "ab[31mcde\n\tf\u200f"


def test_the_offsets_count_what_is_not_shown():
    assert cut("\x00\u202eKyiv", (2, 6, "place")) == [("", ()), ("Kyiv", ("place",))]


spans = st.builds(Span, st.integers(-3, 40), st.integers(-3, 40), st.integers())


@given(st.text(max_size=30), st.lists(spans, max_size=12))
def test_the_pieces_joined_are_the_text(text, marked):
    assert "".join(piece.text for piece in pieces(text, marked)) == shown(text)


@given(st.text("abc", max_size=20), st.lists(spans, max_size=MOST_AT_ONCE))
def test_a_piece_has_exactly_the_notes_of_the_spans_over_it(text, marked):
    at = 0
    for piece in pieces(text, marked):
        over = [s for s in marked if 0 <= s.start <= at < s.end <= len(text)]
        assert sorted(piece.notes) == sorted(span.note for span in over)
        at += len(piece.text)
