"""Judge the numbers."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from schemas.enriched_article import EnrichedArticle, Number
from services.accuracy.annotations import GoldArticle, GoldNumber
from services.accuracy.figures import Judgement, Verdict
from services.accuracy.matching import content_words, same_value, shared

Accepts = Callable[[GoldNumber, Number], bool]


def numbers(gold: GoldArticle, made: EnrichedArticle) -> Iterator[Judgement]:
    """Judge `number`: value and unit right; `number.KIND`: one kind. `value`: whatever the unit.

    Among the numbers found, `kind`, `qualifier` and `of` are the shares that have these right.
    """
    pairs, unasked = _paired(gold.numbers, made.numbers, partial(_same, unit=True))
    for asked, given in pairs:
        yield from _number(gold.text, asked, Verdict.RIGHT if given else Verdict.MISSED)
        if given:
            yield from _details(asked, given)
    for number in unasked:
        yield from _number(gold.text, number, Verdict.WRONG)
    pairs, unasked = _paired(gold.numbers, made.numbers, _same)
    for _, given in pairs:
        yield Judgement("value", Verdict.RIGHT if given else Verdict.MISSED)
    yield Judgement("value", Verdict.WRONG, count=len(unasked))


def _paired(
    asked: Iterable[GoldNumber], given: Iterable[Number], accepts: Accepts
) -> tuple[list[tuple[GoldNumber, Number | None]], list[Number]]:
    """Pair each annotation with the first number left that it accepts; return what is left too.

    An optional annotation takes a number away from judgement, rather one it accepts.
    """
    pairs: list[tuple[GoldNumber, Number | None]] = []
    minable = [number for number in asked if number.minable]
    left = list(given)
    for wanted in (number for number in minable if not number.optional):
        found = next((number for number in left if accepts(wanted, number)), None)
        if found is not None:
            left.remove(found)
        pairs.append((wanted, found))
    for allowed in (number for number in minable if number.optional):
        touching = (
            number for number in left if shared(allowed.offsets, (number.start, number.end))
        )
        accepted = (number for number in left if accepts(allowed, number))
        found = next(accepted, None) or next(touching, None)
        if found is not None:
            left.remove(found)
    return pairs, left


def _same(asked: GoldNumber, given: Number, *, unit: bool = False) -> bool:
    stretches = (asked.offsets, *asked.others)
    overlaps = any(shared((given.start, given.end), stretch) for stretch in stretches)
    same_unit = not unit or asked.unit == given.unit
    return overlaps and same_unit and _same_size(asked, given)


def _same_size(asked: GoldNumber, given: Number) -> bool:
    if asked.low is None:
        return same_value(asked.value, given.value)
    return same_value(asked.low, given.low) and same_value(asked.high, given.high)


def _details(asked: GoldNumber, given: Number) -> Iterator[Judgement]:
    yield Judgement("kind", Verdict.holds(asked.kind == given.kind), f"{given.text!r} {given.kind}")
    qualifier = Verdict.holds(asked.qualifier == given.qualifier)
    yield Judgement("qualifier", qualifier, f"{given.text!r} {given.qualifier}")
    if content_words(asked.of):
        of = Verdict.holds(not content_words(asked.of).isdisjoint(content_words(given.of)))
        yield Judgement("of", of, f"{given.text!r} of {given.of!r}, not {asked.of!r}")


def _number(text: str, number: GoldNumber | Number, verdict: Verdict) -> Iterator[Judgement]:
    around = text[max(0, number.start - 15) : number.end + 15]
    what = f"{around!r} {number.kind} {number.value} {number.unit or ''}".rstrip()
    yield Judgement("number", verdict, what)
    yield Judgement(f"number.{number.kind}", verdict)
