"""The recipe: which texts are learned from, how often, and what is learned about them."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from spacy.language import Language

from training.examples import example
from training.learning import Report, learn, mean, student
from training.lessons import beside, finer, others
from training.passages import Passage, Span
from training.pieces import pieces
from training.sources import SOURCES, coarse, ours

TEACHER_EPOCHS = 5


class Run(NamedTuple):
    """One training; `copies` is how often our own articles, the likest to news, are there."""

    epochs: int
    copies: int
    dropout: float


RUNS = (Run(epochs=2, copies=4, dropout=0.1), Run(epochs=3, copies=6, dropout=0.2))
"""Neither is better than the other, but the mean of their weights is better than both."""


def trained(base: Language, seed: int, report: Report) -> Language:
    """Train the recogniser of `base` further, and return it as a pipeline of its own."""
    own = [piece for passage in _ours(base) for piece in pieces(passage)]
    return mean(
        [_trained(base, own, run, partial(learn, seed=seed, report=report)) for run in RUNS]
    )


def _trained(
    base: Language, own: Sequence[Passage], run: Run, lesson: Callable[..., None]
) -> Language:
    teacher = student(base)
    examples = [example(teacher, each) for each in own]
    lesson(teacher, examples, epochs=TEACHER_EPOCHS, dropout=run.dropout)
    theirs = list(_theirs(base, teacher))
    model = student(base)
    examples = [example(model, each) for each in (*theirs, *list(own) * run.copies)]
    lesson(model, examples, epochs=run.epochs, dropout=run.dropout)
    return model


def _ours(base: Language) -> Iterator[Passage]:
    """Add to our annotations the base model's dates and amounts, which it is to keep apart."""
    passages = ours()
    for passage, taught in zip(passages, spans(base, passages), strict=True):
        yield beside(passage, others(taught))


def _theirs(base: Language, teacher: Language) -> Iterator[Passage]:
    for source in SOURCES:
        passages = coarse(source)
        guesses = zip(passages, spans(teacher, passages), spans(base, passages), strict=True)
        for passage, taught, old in guesses:
            yield beside(finer(passage, taught, source.annotates), others(old))


def spans(nlp: Language, passages: Sequence[Passage]) -> Iterator[list[Span]]:
    """Find the names of each passage with a model."""
    for doc in nlp.pipe(passage.text for passage in passages):
        yield [Span(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents]
