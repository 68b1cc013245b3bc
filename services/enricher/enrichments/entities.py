"""What the article names: people, organisations, places, peoples, products and events."""

from schemas.enriched_article import Entity, EntityType, Mention
from services.enricher.draft import Draft
from services.enricher.naming.article import names_of
from services.enricher.naming.spans import LabelledSpan, Recognise


def entities(draft: Draft, recognise: Recognise) -> tuple[Entity, ...]:
    """Name what the zones of an article mention; one entity per thing, mentions in order."""
    zones = list(draft.zones())
    spans = [
        LabelledSpan(start + span.start, start + span.end, span.label)
        for start, end in zones
        for span in recognise(draft.text[start:end])
    ]
    mentions: dict[tuple[str, EntityType], list[Mention]] = {}
    for name, full in names_of(draft.text, zones, spans):
        mention = Mention(start=name.start, end=name.end, text=draft.text[name.start : name.end])
        mentions.setdefault((full, name.type), []).append(mention)
    return tuple(
        Entity(name=full, type=kind, mentions=tuple(places))
        for (full, kind), places in mentions.items()
    )
