"""The sentence around a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.search.story.sentences import LONGEST, sentence


@pytest.mark.parametrize(
    ("text", "number", "shown"),
    [
        ("It fell. Some 39 are dead, he said. More.", "39", "Some 39 are dead, he said."),
        ("A headline\n\nAt least 37 died", "37", "At least 37 died"),
        ("Mr. Lee, U.S. Army: 12 hurt. End.", "12", "Mr. Lee, U.S. Army: 12 hurt."),
        ("First. It rose to 3.5 percent. Then.", "3.5", "It rose to 3.5 percent."),
        ('He cried. "It was 40!" she said.', "40", '"It was 40!" she said.'),
        ("Two\tspaces  and 7\tmore.", "7", "Two spaces and 7 more."),
    ],
)  # fmt: skip
def test_the_sentence_is_found_on_one_line(text: str, number: str, shown: str) -> None:
    start = text.index(number)
    found, (first, last) = sentence(text, start, start + len(number))
    assert (found, found[first:last]) == (shown, number)


@given(st.text(), st.text(alphabet="0123456789", min_size=1), st.text())
def test_the_number_stands_where_it_is_said_to(before: str, number: str, after: str) -> None:
    found, (first, last) = sentence(before + number + after, len(before), len(before) + len(number))
    assert found[first:last] == number
    assert "\n" not in found


def test_a_sentence_without_end_is_cut_around_the_number() -> None:
    text = "word " * 500 + "39 dead " + "word " * 500
    found, (first, last) = sentence(text, 2500, 2502)
    assert found[first:last] == "39"
    assert len(found) <= LONGEST + 2
    assert (found[0], found[-1]) == ("…", "…")
