"""What a teacher (a model that knows the fine types) adds to what people annotated."""

from collections.abc import Collection, Iterable, Mapping

from services.enricher.naming.gazetteer import gazetteer
from services.enricher.naming.lexicon import LEADS, NOUNS, TYPES
from training.passages import Passage, Span, apart, overlap, without_article

FINER: Mapping[str, frozenset[str]] = {
    "PER": frozenset({"PERSON"}),
    "ORG": frozenset({"ORG"}),
    "LOC": frozenset({"GPE", "LOC", "FAC", "NORP"}),
    "MISC": frozenset({"NORP", "PRODUCT", "EVENT"}),
}
"""What a coarse type may be."""


def finer(coarse: Passage, taught: Iterable[Span], annotated: Collection[str]) -> Passage:
    """Make coarse types fine, and fill in the types that a corpus does not annotate at all.

    The teacher decides where it sees the same name; else the enricher's tables and words; else the
    name is unknown, and nothing is learned from it.
    """
    text = coarse.text
    lessons = [without_article(text, span) for span in taught]
    labels = {span.place: span.label for span in lessons}
    names = [without_article(text, span) for span in coarse.spans]
    typed = [_typed(text, span, labels.get(span.place)) for span in names]
    unknown = [span.place for span in typed if not span.label]
    said = frozenset[str]().union(*(FINER[kind] for kind in annotated))
    sure = Passage(text, apart(span for span in typed if span.label), (*coarse.unknown, *unknown))
    return beside(
        sure, (span for span in lessons if span.label not in said and span.label in TYPES)
    )


def others(spans: Iterable[Span]) -> Iterable[Span]:
    """Choose the spans of a type that the enricher does not use: dates, amounts, works."""
    return (span for span in spans if span.label not in TYPES)


def beside(passage: Passage, more: Iterable[Span]) -> Passage:
    """Add spans where nothing is named yet and nothing unknown."""
    taken = (*(span.place for span in passage.spans), *passage.unknown)
    free = [span for span in more if not any(overlap(span, place) for place in taken)]
    return Passage(passage.text, apart((*passage.spans, *free)), passage.unknown)


def _typed(text: str, span: Span, lesson: str | None) -> Span:
    """Give a name its fine type, or an empty one."""
    allowed = FINER[span.label]
    if len(allowed) == 1:
        return span._replace(label=next(iter(allowed)))
    guess = lesson if lesson in allowed else _worded(text[span.start : span.end])
    return span._replace(label=guess if guess in allowed else "")


def _worded(name: str) -> str | None:
    """Type a name by the enricher's tables, by its first word or by its last."""
    known = gazetteer().names.get(name)
    if known:
        return known.type
    first, _, rest = name.partition(" ")
    return (LEADS.get(first) or NOUNS.get(rest.rpartition(" ")[2])) if rest else None
