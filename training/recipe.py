"""The recipe: which texts are learned from, how often, and what is learned about them."""

from collections.abc import Iterator, Sequence

from spacy.language import Language

from training.examples import example
from training.learning import Report, learn, student
from training.lessons import beside, finer, others
from training.passages import Passage, Span
from training.pieces import pieces
from training.sources import SOURCES, coarse, ours

TEACHER_EPOCHS = 5
EPOCHS = 2
COPIES = 4
"""How often our own articles stand beside the others: they are the likest to what will be read."""


def trained(base: Language, seed: int, report: Report) -> Language:
    """Train the recogniser of `base` further, and return it as a pipeline of its own."""
    own = [piece for passage in _ours(base) for piece in pieces(passage)]
    report(f"{len(own)} pieces of our own; the teacher learns from them")
    teacher = student(base)
    learn(teacher, [example(teacher, each) for each in own], TEACHER_EPOCHS, seed, report)
    other = list(_theirs(base, teacher))
    report(f"{len(other)} pieces of others, made fine by the teacher; now the model learns")
    lessons = [*other, *own * COPIES]
    model = student(base)
    learn(model, [example(model, each) for each in lessons], EPOCHS, seed, report)
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
