"""What the article names: people, organisations, places, peoples, products and events."""

from typing import get_args

from schemas.enriched_article import Entity, EntityType, Mention
from services.enricher.draft import Draft
from services.enricher.naming.spans import Recognise

TYPES = {kind: kind for kind in get_args(EntityType)}


def entities(draft: Draft, recognise: Recognise) -> tuple[Entity, ...]:
    """Name what the zones of an article mention; one entity per thing, mentions in order."""
    mentions: dict[tuple[str, EntityType], list[Mention]] = {}
    for zone_start, zone_end in draft.zones():
        for start, end, label in recognise(draft.text[zone_start:zone_end]):
            text = draft.text[zone_start + start : zone_start + end]
            if label in TYPES and "\n" not in text:
                mention = Mention(start=zone_start + start, end=zone_start + end, text=text)
                mentions.setdefault((text, TYPES[label]), []).append(mention)
    return tuple(
        Entity(name=name, type=kind, mentions=tuple(found))
        for (name, kind), found in mentions.items()
    )
