from hypothesis import given
from hypothesis import strategies as st

from training.lessons import beside, finer, others
from training.passages import Passage, Span, apart
from training.pieces import pieces

TEXT = "In the Berlin of Kreuzberg Airport, Germans saw Vorpal on Monday"


def place(name: str, label: str) -> Span:
    start = TEXT.index(name)
    return Span(start, start + len(name), label)


def labels(made: Passage) -> dict[str, str]:
    return {made.text[span.start : span.end]: span.label for span in made.spans}


def test_the_teacher_makes_a_coarse_type_fine_where_it_sees_the_same_name():
    coarse = Passage(TEXT, (place("Vorpal", "MISC"),))
    assert labels(finer(coarse, [place("Vorpal", "PRODUCT")], {"MISC"})) == {"Vorpal": "PRODUCT"}


def test_where_the_teacher_sees_none_the_tables_and_words_of_the_enricher_decide():
    coarse = Passage(TEXT, (place("the Berlin", "LOC"), place("Kreuzberg Airport", "LOC")))
    assert labels(finer(coarse, [], {"LOC"})) == {"Berlin": "GPE", "Kreuzberg Airport": "FAC"}


def test_a_name_whose_fine_type_nothing_tells_is_unknown():
    coarse = Passage(TEXT, (place("Vorpal", "LOC"),))
    made = finer(coarse, [place("Vorpal", "PERSON")], {"LOC"})
    assert made.spans == ()
    assert [TEXT[start:end] for start, end in made.unknown] == ["Vorpal"]


def test_the_teacher_adds_the_types_that_a_corpus_lacks_and_no_other():
    taught = [place("Germans", "NORP"), place("Vorpal", "PRODUCT"), place("Berlin", "GPE")]
    made = finer(Passage(TEXT), taught, {"PER", "ORG", "LOC"})
    assert labels(made) == {"Vorpal": "PRODUCT"}  # a LOC may be a people, in Re-DocRED


def test_dates_are_put_beside_names_but_not_over_them():
    taught = [place("Monday", "DATE"), place("Berlin", "DATE"), place("Vorpal", "PERSON")]
    made = beside(Passage(TEXT, (place("Berlin", "GPE"),)), others(taught))
    assert labels(made) == {"Berlin": "GPE", "Monday": "DATE"}


def test_the_longest_of_overlapping_names_is_kept():
    spans = [Span(0, 4, "A"), Span(2, 9, "B"), Span(9, 12, "C")]
    assert apart(spans) == (Span(2, 9, "B"), Span(9, 12, "C"))


@given(
    text=st.text("ab. \n", min_size=1, max_size=300),
    names=st.lists(st.tuples(st.integers(0, 299), st.integers(1, 20)), max_size=8),
    most=st.integers(5, 60),
)
def test_pieces_make_up_the_text_and_lose_no_name_in_silence(text, names, most):
    spans = apart(
        Span(start, min(start + length, len(text)), "X")
        for start, length in names
        if start < len(text)
    )
    made = list(pieces(Passage(text, spans), most))
    assert "".join(piece.text for piece in made) == text
    assert all(len(piece.text) <= most for piece in made)
    whole = [piece.text[span.start : span.end] for piece in made for span in piece.spans]
    cut = sum(len(piece.unknown) for piece in made)
    assert cut >= len(spans) - len(whole)
    for piece in made:
        assert all(0 <= span.start < span.end <= len(piece.text) for span in piece.spans)
        assert all(0 <= start < end <= len(piece.text) for start, end in piece.unknown)
