import pytest

from services.accuracy.matching import content_words, likeness, same_value, shared, trimmed


@pytest.mark.parametrize(
    ("surface", "kept"),
    [
        ("Acme", "Acme"),
        ("the Acme", "Acme"),
        ("The Acme's", "Acme"),
        ("Acme’s\n", "Acme"),
        (" \nAcme ", "Acme"),
        ("the ", "the"),
        ("Theodore", "Theodore"),
    ],
)
def test_what_does_not_decide_is_left_out(surface, kept):
    text = f"({surface})"
    start, end = trimmed(text, 1, len(text) - 1)
    assert text[start:end] == kept


def test_likeness_is_intersection_over_union():
    assert shared((0, 8), (4, 12)) == 4
    assert likeness((0, 8), (4, 12)) == 4 / 12
    assert likeness((0, 4), (4, 8)) == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [(1e9, 1e9 + 1, True), (1.0, 1.01, False), (None, None, True), (0.0, None, False)],
)
def test_values_are_compared_to_one_in_a_million(one, other, same):
    assert same_value(one, other) is same


def test_phrases_share_words_not_fillers_and_plurals_count():
    assert content_words("the other Pumps, for 2 of us") == {"pump"}
    assert content_words(None) == set()
