import json

import spacy

from services.enricher.recognition.model import MODEL, WEIGHTS
from training.learning import RECOGNISER, recogniser, student
from training.weights import EDITION, NAME, fingerprint, write


def test_the_shipped_weights_are_those_that_the_card_and_the_articles_name():
    version = f"{EDITION}+{fingerprint(WEIGHTS)}"
    assert f"{NAME} {version}" == MODEL
    assert (WEIGHTS / "README.md").read_text("utf-8").startswith(f"# {NAME} {version}\n")


def test_the_weights_hold_no_words_of_the_texts_they_learned_from():
    assert "Stoltenberg" not in json.loads((WEIGHTS / "vocab" / "strings.json").read_text("utf-8"))


def test_a_model_is_written_as_it_was_and_without_its_words(tmp_path):
    shipped = spacy.load(WEIGHTS)
    model = student(shipped)
    model("Zaphod Beeblebrox went to Paris.")
    write(model, tmp_path)
    read = spacy.load(tmp_path)
    assert recogniser(read).to_bytes(exclude=["vocab"]) == recogniser(shipped).to_bytes(
        exclude=["vocab"]
    )
    assert "Beeblebrox" not in read.vocab.strings
    assert read.pipe_names == [RECOGNISER]
