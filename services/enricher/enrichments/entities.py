"""What the article names: people, organisations, places, peoples, products and events."""

from collections.abc import Sequence
from itertools import islice

from schemas.enriched_article import Entity, EntityType, Mention
from services.enricher.draft import Draft
from services.enricher.limits import LONGEST_NAME
from services.enricher.naming.article import names_of
from services.enricher.naming.places import country_codes, placed
from services.enricher.naming.spans import LabelledSpan, Recognise


def entities(drafts: Sequence[Draft], recognise: Recognise) -> list[tuple[Entity, ...]]:
    """Name what the zones of articles mention; one entity per thing, mentions in order."""
    zones = [list(draft.zones()) for draft in drafts]
    texts = (
        draft.text[start:end]
        for draft, own in zip(drafts, zones, strict=True)
        for start, end in own
    )
    recognised = iter(recognise(list(texts)))
    return [
        _named(draft, own, list(islice(recognised, len(own))))
        for draft, own in zip(drafts, zones, strict=True)
    ]


def _named(
    draft: Draft, zones: list[tuple[int, int]], recognised: Sequence[Sequence[LabelledSpan]]
) -> tuple[Entity, ...]:
    spans = [
        LabelledSpan(start + span.start, start + span.end, span.label)
        for (start, _), found in zip(zones, recognised, strict=True)
        for span in found
    ]
    mentions: dict[tuple[str, EntityType], list[Mention]] = {}
    for name, full in names_of(draft.text, zones, spans):
        if max(name.end - name.start, len(full)) > LONGEST_NAME:
            continue
        mention = Mention(start=name.start, end=name.end, text=draft.text[name.start : name.end])
        mentions.setdefault((full, name.type), []).append(mention)
    codes = country_codes()
    countries = {
        codes[name] for name, kind in mentions if kind in {"GPE", "NORP"} and name in codes
    }
    return tuple(_entity(*key, found, countries) for key, found in mentions.items())


def _entity(name: str, kind: EntityType, mentions: list[Mention], countries: set[str]) -> Entity:
    country, location = placed(name, countries) if kind == "GPE" else (None, None)
    return Entity(
        name=name, type=kind, mentions=tuple(mentions), country=country, location=location
    )
