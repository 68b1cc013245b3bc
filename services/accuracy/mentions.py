"""Judge the entities: each mention, and each article's set of names."""

from collections.abc import Callable, Iterable, Iterator

from schemas.enriched_article import EnrichedArticle
from services.accuracy.annotations import GoldArticle, GoldEntity
from services.accuracy.figures import Judgement, Verdict
from services.accuracy.matching import shared, trimmed

Place = tuple[int, int, str]
"""Start, end and type; the type is empty where it does not decide."""
Look = Callable[[Place], Place]


def mentions(gold: GoldArticle, made: EnrichedArticle) -> Iterator[Judgement]:
    """Judge `mention`: exact span and type; `mention.TYPE`: one type. `span`: any type."""
    for verdict, (start, end, kind) in _judged(gold, made, lambda place: place):
        yield Judgement("mention", verdict, f"{kind} {gold.text[start:end]!r}")
        yield Judgement(f"mention.{kind}", verdict)
    for verdict, _ in _judged(gold, made, lambda place: (*place[:2], "")):
        yield Judgement("span", verdict)


def names(gold: GoldArticle, made: EnrichedArticle) -> Iterator[Judgement]:
    """Judge `name`: the article's set of type and canonical name, without case."""
    wanted = {entity.name for entity in gold.entities if entity.minable and not entity.optional}
    allowed = {entity.name for entity in gold.entities}
    given: set[tuple[str, str]] = {
        (entity.type, entity.name.casefold()) for entity in made.entities
    }
    verdicts = {
        Verdict.RIGHT: wanted & given,
        Verdict.WRONG: given - allowed,
        Verdict.MISSED: wanted - given,
    }
    for verdict, found in verdicts.items():
        yield from (Judgement("name", verdict, f"{kind} {name!r}") for kind, name in sorted(found))


def _judged(
    gold: GoldArticle, made: EnrichedArticle, look: Look
) -> Iterator[tuple[Verdict, Place]]:
    """Pair each place found with the first open annotation that takes it.

    What is not taken is wrong unless it touches an optional annotation; what stays open is missed.
    """
    minable = [entity for entity in gold.entities if entity.minable]
    still_open = [_places(gold.text, entity, look) for entity in minable if not entity.optional]
    optional = [_places(gold.text, entity, look) for entity in minable if entity.optional]
    for place in _found(made, look):
        taken_by = next((places for places in still_open if place in places), None)
        if taken_by is not None:
            still_open.remove(taken_by)
            yield Verdict.RIGHT, place
        elif not _touches(place, frozenset().union(*optional)):
            yield Verdict.WRONG, place
    yield from ((Verdict.MISSED, min(places)) for places in still_open)


def _places(text: str, entity: GoldEntity, look: Look) -> frozenset[Place]:
    return frozenset(look((*trimmed(text, start, end), kind)) for start, end, kind in entity.places)


def _found(made: EnrichedArticle, look: Look) -> list[Place]:
    return sorted(
        {
            look((*trimmed(made.text, mention.start, mention.end), entity.type))
            for entity in made.entities
            for mention in entity.mentions
        }
    )


def _touches(place: Place, places: Iterable[Place]) -> bool:
    return any(shared(place[:2], other[:2]) for other in places)
