from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.enriched_article import EntityType, Span
from services.enricher.enrichments.quotes import quotes
from tests.unit.enricher.builders import draft, entities

PEOPLE: Mapping[str, tuple[EntityType, Sequence[str]]] = {
    "Jens Stoltenberg": ("PERSON", ["Jens Stoltenberg", "Stoltenberg"]),
    "Ihor Terekhov": ("PERSON", ["Ihor Terekhov", "Terekhov"]),
    "Albert Muchanga": ("PERSON", ["Albert Muchanga", "Muchanga"]),
    "North Atlantic Treaty Organization": ("ORG", ["NATO"]),
    "Time": ("ORG", ["Time"]),
}


def found(text: str) -> list[tuple[str, str | None]]:
    named = replace(draft(text), entities=entities(text, PEOPLE))
    return [(quote.text, quote.speaker) for quote in quotes(named)]


@pytest.mark.parametrize(
    ("opening", "closing"), [("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"), ("‘", "’"), ("'", "'")]
)
def test_every_kind_of_quotation_mark_is_read(opening: str, closing: str) -> None:
    text = f"He said: {opening}It’s not the end of the war.{closing} Then he left."
    assert [quote for quote, _ in found(text)] == ["It’s not the end of the war."]


def test_a_quotation_over_paragraphs_opens_each_and_closes_once() -> None:
    text = "He said: “We are not part of it.\n\n“We never will be.”\n\nThen he left."
    assert [quote for quote, _ in found(text)] == ["We are not part of it.\n\n“We never will be."]


@pytest.mark.parametrize(
    "text",
    [
        "It was a “very difficult day” for them.",
        'Time chose its 2019 "Person of the Year".',
        'The virus was named "severe acute respiratory syndrome coronavirus 2" by them.',
        "They met Qandeel Baloch, nicknamed the “Kim Kardashian of Pakistan,” at home.",
        "The soldiers' rights and the workers' rights are one.",
        "A mark “that never closes in its paragraph\n\nis not a quotation.",
        'A 6" pipe and a 7" pipe lay there for a year.',
    ],
)
def test_names_terms_and_stray_marks_are_no_quotations(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We will not be part of this,” Stoltenberg said.", "Jens Stoltenberg"),
        ("“We will not be part of this,” said Stoltenberg on Tuesday.", "Jens Stoltenberg"),
        ("“Will we be part of this?” asked NATO chief Stoltenberg.", "Jens Stoltenberg"),
        ("Jens Stoltenberg of NATO told Time, “We will not be part.”", "Jens Stoltenberg"),
        ("Stoltenberg, the head of NATO, said: “We will not be part.”", "Jens Stoltenberg"),
        ("NATO noted that “we will not be part of this.”", "North Atlantic Treaty Organization"),
        ("Jens Stoltenberg, speaking to Time, said, “We will not be part.”", "Jens Stoltenberg"),
        ("Jens Stoltenberg, NATO, said, “We will not be part of it.”", "Jens Stoltenberg"),
        (
            "Stoltenberg said they face “a war of attrition now”, adding Terekhov",
            "Jens Stoltenberg",
        ),
        ("Terekhov left. One of the users said “this is an outrage, really.”", None),
        ("Stoltenberg’s wife’s foundation said he was “in the best of health”.", None),
        (
            "In regard of his claims, Terekhov noted “it is important to point it out”.",
            "Ihor Terekhov",
        ),
        ("Terekhov called the whole summit “a threat to peace in Europe”.", "Ihor Terekhov"),
        ("“We will not be part,” according to NATO.", "North Atlantic Treaty Organization"),
        ("Stoltenberg: “We will not be part of this.”", "Jens Stoltenberg"),
        ("Stoltenberg spoke. “We will not be part of this,” he added.", "Jens Stoltenberg"),
        ("Terekhov wept. He went on to say, “This is a massacre.”", "Ihor Terekhov"),
        (
            "Union commissioner Albert Muchanga came. The commissioner said, “It is not agreed.”",
            "Albert Muchanga",
        ),
        ("“We will not be part of this,” an official said.", None),
        ("One resident told Stoltenberg, “We are used to it.”", None),
        ("On a wall stood “we will not be part of this” in red.", None),
    ],
)
def test_the_speaker_is_who_does_the_verb_of_saying(text: str, speaker: str | None) -> None:
    assert [name for _, name in found(text)] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "“We will not be part,” Stoltenberg said. “Nobody wants it to spread.”",
        "“We will not be part,” Stoltenberg said, “and nobody wants it to.”",
        "Stoltenberg said it “is not our war at all,” further saying, “Nobody wants it to.”",
    ],
)
def test_a_quotation_without_a_verb_of_its_own_goes_on_with_the_last(text: str) -> None:
    assert [name for _, name in found(text)] == ["Jens Stoltenberg"] * 2


def test_who_is_only_named_inside_a_quotation_does_not_speak() -> None:
    text = "Stoltenberg spoke. “We saw Terekhov in the city,” he said."
    assert [name for _, name in found(text)] == ["Jens Stoltenberg"]


def test_quotations_outside_title_and_body_are_not_looked_for() -> None:
    text = "“We will not be part of this,” Stoltenberg said."
    assert quotes(draft(text, body=(Span(start=31, end=len(text)),))) == ()


TEXTS = st.lists(
    st.one_of(
        st.sampled_from([*"“”\"«»„‘’'\n.,", "said", "he", "Stoltenberg", "NATO", "the minister"]),
        st.text(max_size=6),
    ),
    max_size=40,
).map(" ".join)


@given(TEXTS)
def test_quotations_of_any_text_are_disjoint_and_inside_marks(text: str) -> None:
    made = quotes(replace(draft(text), entities=entities(text, PEOPLE)))
    ends = [0, *(quote.end for quote in made)]
    assert all(end < quote.start for end, quote in zip(ends, made, strict=False))
    assert all(text[quote.start : quote.end] == quote.text for quote in made)
    assert all(quote.speaker in {None, *PEOPLE} for quote in made)


@pytest.mark.parametrize(
    "piece",
    ["\n", "“a b c d,” he said. ", "“", '"a ', "said the ", "\n“a b c d", "'a b c d.' ", ". A "],
)
def test_hostile_repetition_is_read_in_linear_time(piece: str) -> None:
    text = "“a b " + piece * (200_000 // len(piece)) + "“"
    assert all(text[quote.start : quote.end] == quote.text for quote in quotes(draft(text)))
