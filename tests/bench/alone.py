"""Our enrichment without any server, in one process, in tasks as those of the pool.

`python -m tests.bench.alone everything|entities|model|numbers FILE`
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from schemas.enriched_article import Entity
from schemas.raw_article import RawArticle
from services.enricher.draft import Draft
from services.enricher.enrichments.entities import entities
from services.enricher.enrichments.numbers import numbers
from services.enricher.local import enricher
from services.enricher.pipeline import begun
from services.enricher.pool import LIMIT_IS_FOR_BYTES
from services.enricher.recognition.model import load
from tests.bench.percore import Found, main
from tests.builders import raw_article

Find = Callable[[Sequence[str]], Iterable[Found]]
"""Do a task: some texts."""


def only_model() -> Find:
    """What spaCy's `nlp.pipe` gives too."""
    recognise = load()
    return lambda texts: (
        [(one.start, one.end, one.label) for one in found] for found in recognise(texts)
    )


def only_entities() -> Find:
    """The model, then our rules."""
    recognise = load()
    return lambda texts: map(names, entities([*map(draft, texts)], recognise))


def only_numbers() -> Find:
    """Our rules for numbers."""
    return lambda texts: (
        [(one.start, one.end, one.kind) for one in numbers(draft(text))] for text in texts
    )


def everything() -> Find:
    """All that the worker does with articles."""
    enrich = enricher()
    return lambda texts: (names(one.entities) for one in enrich([*map(raw, texts)]))


def names(found: Iterable[Entity]) -> Found:
    """List the mentions."""
    return [(at.start, at.end, one.type) for one in found for at in one.mentions]


def draft(text: str) -> Draft:
    """Make a text ready for one enrichment."""
    return begun(raw(text))


def raw(text: str) -> RawArticle:
    """Make an article of a text."""
    return raw_article(text=text)


PARTS = {
    "everything": everything,
    "entities": only_entities,
    "model": only_model,
    "numbers": only_numbers,
}


def in_tasks(find: Find) -> Callable[[Iterable[str]], Iterator[Found]]:
    """Do texts in tasks of the size that the pool makes."""
    return lambda texts: chain.from_iterable(map(find, tasks(texts)))


def tasks(texts: Iterable[str]) -> Iterator[list[str]]:
    """Put as many texts together as may have the time of one."""
    task, size = list[str](), 0
    for one in texts:
        size += len(one.encode())
        if task and size > LIMIT_IS_FOR_BYTES:
            yield task
            task, size = [], len(one.encode())
        task.append(one)
    yield task


if __name__ == "__main__":
    main(in_tasks(PARTS[sys.argv.pop(1)]()))
