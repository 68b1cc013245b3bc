"""What can be wrong with a gold article that has all its keys."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from services.accuracy.annotations import Annotation, GoldArticle, Offsets

Labelled = tuple[str, Annotation]


def problems(gold: GoldArticle) -> Iterator[str]:
    """Say which offsets and surfaces don't fit the text, and what is annotated twice."""
    for number, stretch in enumerate(gold.body or ()):
        yield from _outside(f"body[{number}]", stretch, gold.text)
    for key, annotations in gold.annotations():
        parts = [(_label(f"{key}[{i}]", gold, part), part) for i, part in enumerate(annotations)]
        wrong = [line for label, part in parts for line in _misplaced(label, part, gold.text)]
        yield from wrong or _overlaps(parts)
    for place, range_ in enumerate(gold.numbers):
        if (range_.low is None) != (range_.high is None):
            yield f"numbers[{place}] {_short(range_.surface)}: a range needs both low and high"


def _label(key: str, gold: GoldArticle, part: Annotation) -> str:
    return f"{key} {_short(part.surface or gold.text[part.start : part.end])}"


def _misplaced(label: str, part: Annotation, text: str) -> Iterator[str]:
    outside = [*_outside(label, part.offsets, text)]
    yield from outside
    here = text[part.start : part.end]
    if not outside and part.surface not in {None, here}:
        stretch = f"{part.start}:{part.end}"
        yield f"{label} is not what stands at {stretch}, {_short(here)}; {_found(part, text)}"
    for number, other in enumerate(part.others):
        yield from _outside(f"{label}.alts[{number}]", other, text)


def _outside(label: str, stretch: Offsets, text: str) -> Iterator[str]:
    start, end = stretch
    if start < 0 or end > len(text):
        yield f"{label}: {start}:{end} is beyond the text, which has {len(text)} characters"
    elif start >= end:
        yield f"{label}: {start}:{end} is empty; the end is the offset after the last character"


def _found(part: Annotation, text: str) -> str:
    """Say where the surface stands next to where it was looked for."""
    surface = part.surface or ""
    starts = [found.start() for found in re.finditer(re.escape(surface), text)]
    if not surface or not starts:
        return "the text does not have it"
    start = min(starts, key=lambda start: abs(start - part.start))
    return f"it stands at {start}:{start + len(surface)}"


def _overlaps(parts: Iterable[Labelled]) -> Iterator[str]:
    asked = (labelled for labelled in parts if not labelled[1].optional)
    for (one, first), (other, second) in pairwise(sorted(asked, key=lambda it: it[1].offsets)):
        if second.start < first.end:
            yield f"{one} and {other} overlap; leave out one or make it optional"


def _short(surface: str) -> str:
    return repr(surface if len(surface) <= 40 else f"{surface[:40]}…")
