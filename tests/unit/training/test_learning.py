from collections.abc import Iterator
from itertools import chain

import pytest
import spacy
from spacy.language import Language

from services.enricher.recognition.model import WEIGHTS
from training.examples import example
from training.learning import BATCH, mean, recogniser, shuffled, student
from training.passages import Passage, Span


def test_of_an_unknown_name_nothing_is_learned():
    nlp = spacy.blank("en")
    passage = Passage("Ann saw Vorpal in Rome", (Span(0, 3, "PERSON"),), ((8, 14),))
    assert example(nlp, passage).get_aligned_ner() == ["U-PERSON", "O", None, "O", "O"]


def test_a_name_that_ends_inside_a_token_is_unknown():
    nlp = spacy.blank("en")
    passage = Passage("the Ann-led team", (Span(4, 7, "PERSON"), Span(12, 14, "ORG")))
    assert example(nlp, passage).get_aligned_ner() == ["O", "U-PERSON", "O", "O", None]


def test_the_seed_decides_the_order_and_every_epoch_has_all():
    items = list(range(2 * BATCH + 1))
    batches = list(shuffled(items, 3, seed=7))
    assert batches == list(shuffled(items, 3, seed=7))
    assert [len(batch) for batch in batches] == [BATCH, BATCH, 1] * 3
    assert sorted(chain.from_iterable(batches[:3])) == items


def weights(nlp: Language) -> Iterator[float]:
    """The sum of each weight matrix."""
    for layer in recogniser(nlp).model.walk():
        for name in filter(layer.has_param, layer.param_names):
            yield float(layer.get_param(name).sum(dtype="float64"))


def test_the_mean_of_two_models_lies_between_them():
    shipped = spacy.load(WEIGHTS)
    other = student(shipped)
    for layer in recogniser(other).model.walk():
        for name in filter(layer.has_param, layer.param_names):
            layer.set_param(name, layer.get_param(name) * 3)
    twice = [2 * weight for weight in weights(shipped)]
    assert list(weights(mean([shipped, other]))) == pytest.approx(twice, rel=1e-3, abs=1e-2)
