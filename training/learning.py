"""Further training of an entity recogniser."""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import TypeVar

import spacy
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.training import Example
from thinc.api import Adam, NumpyOps, fix_random_seed, set_current_ops

RECOGNISER = "ner"
WORDS = ("vocab",)
"""The words seen so far are no part of what the recogniser has learned."""
RATE = 0.001
BATCH = 4
REPORT_EVERY = 100

Report = Callable[[str], None]
T = TypeVar("T")


def student(base: Language) -> Language:
    """Make a pipeline of nothing but the recogniser of another, with weights of its own.

    A blank pipeline has the same tokenizer; how words are normalised is in the tables.
    """
    # NumPy's OpenBLAS multiplies these small matrices faster than BLIS, thinc's default.
    ops = NumpyOps(use_blis=False)
    set_current_ops(ops)
    nlp = spacy.blank("en")
    nlp.vocab.lookups = base.vocab.lookups
    nlp.vocab.from_bytes(nlp.vocab.to_bytes())  # else the tables are there but not used
    nlp.add_pipe(RECOGNISER, config={"model": base.get_pipe_config(RECOGNISER)["model"]})
    recogniser(nlp).from_bytes(recogniser(base).to_bytes(exclude=WORDS))
    for layer in recogniser(nlp).model.walk():
        layer.ops = ops
    return nlp


def learn(  # noqa: PLR0913 - the settings of a training
    nlp: Language,
    examples: Sequence[Example],
    *,
    epochs: int,
    dropout: float,
    seed: int,
    report: Report,
) -> None:
    """Train at a rate that falls to nothing, and keep the average of the weights on the way."""
    fix_random_seed(seed)
    optimizer = Adam(RATE, L2=0.01, grad_clip=1.0, use_averages=True)
    nlp.resume_training(sgd=optimizer)
    batches = list(shuffled(examples, epochs, seed))
    losses: dict[str, float] = {}
    for done, batch in enumerate(batches):
        optimizer.learn_rate = RATE * (1 - done / len(batches))
        nlp.update(batch, sgd=optimizer, drop=dropout, losses=losses)
        if done % REPORT_EVERY == 0:
            report(f"step {done} of {len(batches)}, loss {losses.pop(RECOGNISER):.0f}")
    with nlp.use_params(optimizer.averages):
        averaged = recogniser(nlp).to_bytes(exclude=WORDS)
    recogniser(nlp).from_bytes(averaged)


def shuffled(examples: Sequence[T], epochs: int, seed: int) -> Iterator[list[T]]:
    """Yield all examples in batches, once an epoch, in an order that the seed decides."""
    random = Random(seed)  # noqa: S311 - no secret
    for _ in range(epochs):
        order = list(examples)
        random.shuffle(order)
        yield from (order[start : start + BATCH] for start in range(0, len(order), BATCH))


def mean(models: Sequence[Language]) -> Language:
    """Average the weights of models that were trained from the same start.

    They err in different places, and the mean errs less than each; it is no slower than one.
    """
    result = student(models[0])
    layers = (recogniser(model).model.walk() for model in (result, *models))
    for layer, *theirs in zip(*layers, strict=True):
        for name in filter(layer.has_param, layer.param_names):
            layer.set_param(name, sum(each.get_param(name) for each in theirs) / len(theirs))
    return result


def recogniser(nlp: Language) -> EntityRecognizer:
    """Give the part of a pipeline that finds names."""
    part = nlp.get_pipe(RECOGNISER)
    if not isinstance(part, EntityRecognizer):
        raise TypeError(f"{RECOGNISER} is no entity recogniser")
    return part
