"""Judge what an article says about itself: title, body, publication date, dates, quotations."""

from collections.abc import Iterator

from schemas.enriched_article import DateMention, EnrichedArticle, Quote
from services.accuracy.annotations import GoldArticle, GoldDate, GoldQuote, Offsets
from services.accuracy.figures import Judgement, Verdict
from services.accuracy.matching import likeness, shared

ALIKE = 0.8
"""Two quotations are the same from this likeness on."""


def zones(gold: GoldArticle, made: EnrichedArticle) -> Iterator[Judgement]:
    """Judge `title`: exact, or rightly none. `body`: the characters kept, white space aside."""
    if gold.body is None:
        return
    title = made.title.text if made.title else None
    yield Judgement("title", Verdict.holds(title == gold.title), f"{title!r}, not {gold.title!r}")
    wanted = _characters(gold.text, gold.body)
    given = _characters(gold.text, [(span.start, span.end) for span in made.body])
    yield Judgement("body", Verdict.RIGHT, count=len(wanted & given))
    yield Judgement("body", Verdict.WRONG, count=len(given - wanted))
    yield Judgement("body", Verdict.MISSED, count=len(wanted - given))


def published(gold: GoldArticle, made: EnrichedArticle) -> Iterator[Judgement]:
    """Judge `published`: right, or rightly none. `published.wrong`: a wrong one is claimed."""
    claimed = made.published_at.value if made.published_at else None
    right = claimed == gold.published_at
    yield Judgement("published", Verdict.holds(right), f"{claimed}, not {gold.published_at}")
    yield Judgement("published.wrong", Verdict.holds(claimed is not None and not right))


def dates(gold: GoldArticle, made: EnrichedArticle) -> Iterator[Judgement]:
    """Judge `date`: the ISO value right, spans overlapping."""
    if gold.dates is None:
        return
    left = list(made.dates)
    for asked in gold.dates:
        given = next((d for d in left if shared(asked.offsets, (d.start, d.end))), None)
        if given is not None:
            left.remove(given)
        if asked.minable and not asked.optional:
            found = given is not None and _same_date(asked, given, gold.published_at)
            verdict = Verdict.RIGHT if found else Verdict.MISSED
            yield Judgement("date", verdict, f"{asked.surface!r} {asked.value}")
    for given in left:
        yield Judgement("date", Verdict.WRONG, f"{given.text!r} {given.value}")


def quotes(gold: GoldArticle, made: EnrichedArticle) -> Iterator[Judgement]:
    """Judge `quote`: most characters shared. `speaker`: right, among those found and known."""
    if gold.quotes is None:
        return
    left = list(made.quotes)
    for asked in gold.quotes:
        given = next((q for q in left if likeness(asked.offsets, (q.start, q.end)) >= ALIKE), None)
        if given is None:
            yield Judgement("quote", Verdict.MISSED, repr(gold.text[asked.start : asked.end]))
            continue
        left.remove(given)
        yield Judgement("quote", Verdict.RIGHT)
        yield from _speaker(asked, given)
    yield from (Judgement("quote", Verdict.WRONG, repr(given.text)) for given in left)


def _characters(text: str, spans: tuple[Offsets, ...] | list[Offsets]) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if not text[i].isspace()}


def _same_date(asked: GoldDate, given: DateMention, published_at: str | None) -> bool:
    """Compare; an article without a date of its own can't say which day "Tuesday" was."""
    a_day = asked.value is not None and len(asked.value) == len("2019-01-30")
    unknowable = given.value is None and published_at is None and a_day
    return given.value == asked.value or unknowable


def _speaker(asked: GoldQuote, given: Quote) -> Iterator[Judgement]:
    if asked.speaker:
        right = (given.speaker or "").casefold() == asked.speaker.casefold()
        what = f"{given.speaker}, not {asked.speaker}, of {given.text!r}"
        yield Judgement("speaker", Verdict.holds(right), what)
