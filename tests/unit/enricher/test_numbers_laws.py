from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schemas.enriched_article import Number
from services.enricher.enrichments.numbers import numbers
from tests.unit.enricher.builders import draft

VOCABULARY = (
    "0 1 7 12 45 99 100 1,000 1,2 3.5 2019 1e9 00 ½ $ € US$ £ % km km2 mph - – — / . , : ( ) [ ] "
    "+ ± ~ ° ' \" s one two twenty hundred million billion dozen dozens half a an and or to of "
    "in out between from per third quarter first second 21st May June magnitude aged old year "
    "years hour feet at least about killed people Roe the 's - to"
)
WORDS = st.sampled_from([*VOCABULARY.split(" "), "\n"])
SENTENCES = st.lists(st.tuples(WORDS, st.sampled_from(["", " ", " ", "\u00a0"]))).map(
    lambda pairs: "".join(word + space for word, space in pairs)
)


@given(st.one_of(st.text(), SENTENCES))
def test_what_is_found_stands_where_it_is_said_to_stand_and_nothing_overlaps(text: str) -> None:
    end = 0
    for number in numbers(draft(text)):
        assert text[number.start : number.end] == number.text
        assert end <= number.start < number.end
        end = number.end


@given(SENTENCES)
def test_the_low_end_is_never_above_the_high_end(text: str) -> None:
    for number in numbers(draft(text)):
        assert (number.low is None) == (number.high is None)
        if number.low is not None and number.high is not None:
            assert number.low <= number.high


@given(SENTENCES)
def test_a_number_survives_the_wire(text: str) -> None:
    for number in numbers(draft(text)):
        assert Number.model_validate_json(number.model_dump_json()) == number


@given(SENTENCES)
@example("0Maykm 0")
def test_text_before_an_article_moves_its_numbers_and_changes_nothing_else(text: str) -> None:
    # Its words are too short to count where it is asked whether a text capitalises all words.
    before = "So it was:\n\n"
    alone = [(n.start + len(before), n.value, n.unit) for n in numbers(draft("\n\n" + text))]
    moved = [(n.start, n.value, n.unit) for n in numbers(draft(before + "\n\n" + text))]
    assert alone == moved


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        "1,",
        "12,",
        "1,000,",
        "1.",
        "1-",
        "1:",
        "1/",
        "1 ",
        " ",
        "$",
        "-",
        "(1) ",
        "a",
        "a@",
        "one ",
        "twenty-",
        "hundred and ",
        "1 million ",
        "of thousands ",
        "May 3 and ",
        "3 and May ",
        "aged 9, ",
        "km per ",
        "1 hour ",
        "(",
        "[",
        "'s ",
        "killed ",
        "http://",
    ],
)
def test_no_text_takes_more_than_its_length_is_worth(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    before = process_time()
    found = numbers(draft(text))
    # Linear rules take well below a second; squared ones, minutes.
    assert process_time() - before < 10
    assert len(found) <= len(text)
