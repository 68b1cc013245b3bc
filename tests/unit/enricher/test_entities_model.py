from pathlib import Path
from time import process_time

import pytest
import spacy

from services.enricher.enrichments.entities import entities
from services.enricher.naming.spans import Recognise
from services.enricher.recognition.model import FORGET_AFTER, MODEL, Recogniser, load
from services.enricher.recognition.reading import one_by_one
from tests.unit.enricher.builders import draft

SEEDS = Path(__file__).parents[3] / "seeds"


@pytest.fixture(scope="module")
def recognise() -> Recognise:
    return load()


def test_the_model_gives_labelled_spans_of_the_text(recognise: Recognise) -> None:
    text = "Jens Stoltenberg met reporters from Ukraine."
    assert {(text[span.start : span.end], span.label) for span in recognise([text])[0]} == {
        ("Jens Stoltenberg", "PERSON"),
        ("Ukraine", "GPE"),
    }


def test_what_has_no_space_is_not_read_for_long(recognise: Recognise) -> None:
    text = "(" * 19_000 + " said Jens Stoltenberg of Ukraine."
    begun = process_time()
    assert {text[span.start : span.end] for span in recognise([text])[0]} >= {"Jens Stoltenberg"}
    assert process_time() - begun < 5


def test_the_words_of_articles_that_are_done_are_forgotten() -> None:
    nlp = spacy.blank("en")
    read = Recogniser(nlp, one_by_one(nlp), most_words=len(nlp.vocab.strings))
    before = len(nlp.vocab.strings)
    for number in range(5 * FORGET_AFTER):
        read([f"word{number}"])
    assert len(nlp.vocab.strings) - before <= 3 * FORGET_AFTER  # a word and its shape


def test_the_model_is_named_with_its_version() -> None:
    name, version = MODEL.split(" ")
    assert name == "newsreel_ner"
    assert version[0].isdigit()


def test_a_seed_yields_its_people_places_and_alliances(recognise: Recognise) -> None:
    (file,) = SEEDS.glob("004_*.txt")
    [made] = entities([draft(file.read_text(encoding="utf-8"))], recognise)
    mentions = {(entity.name, entity.type): len(entity.mentions) for entity in made}
    assert mentions["NATO", "ORG"] == 13
    assert mentions["Volodymyr Zelenskyy", "PERSON"] == 5
    assert mentions["United Kingdom", "GPE"] == 5
    assert mentions["Storm Shadow", "PRODUCT"] == 1
    countries = {entity.name: entity.country for entity in made if entity.type == "GPE"}
    assert countries["Moldova"] == "MD"
    assert countries["Sevastopol"] == "UA"
