import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enricher.recognition.model import pieces


@given(st.text(alphabet="ab \n", max_size=80), st.integers(1, 12))
def test_pieces_make_up_the_text_and_none_is_too_long(text, most):
    found = list(pieces(text, most))
    assert "".join(text[start:end] for start, end in found) == text
    assert all(end - start <= most for start, end in found)
    assert all(end > start for start, end in found[:-1])


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("one two\nthree four", ["one two\n", "three four"]),
        ("one two three four", ["one two ", "three four"]),
        ("onetwothreefour", ["onetwothre", "efour"]),
        ("short", ["short"]),
        ("", [""]),
    ],
)
def test_a_piece_ends_at_a_line_break_else_at_a_space(text, cut):
    assert [text[start:end] for start, end in pieces(text, 10)] == cut
