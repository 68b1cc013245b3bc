"""The entities of an article as its document keeps them: as nested parts, and flat by kind."""

from collections.abc import Mapping

from schemas.enriched_article import Entity, EntityType

FACETS: Mapping[EntityType, str] = {
    "PERSON": "people",
    "ORG": "organizations",
    "GPE": "places",
    "LOC": "places",
    "NORP": "groups",
    "FAC": "facilities",
    "PRODUCT": "products",
    "EVENT": "events",
}


def entities(found: tuple[Entity, ...]) -> dict[str, object]:
    """Write the fields that tell of entities."""
    facets: dict[str, dict[str, None]] = {facet: {} for facet in FACETS.values()}
    countries: dict[str, None] = {}
    points: dict[tuple[float, float], dict[str, float]] = {}
    for entity in found:
        facets[FACETS[entity.type]][entity.name] = None
        if country := entity.country:
            countries[country] = None
        if place := entity.location:
            points.setdefault((place.lat, place.lon), {"lat": place.lat, "lon": place.lon})
    return {
        **{facet: list(names) for facet, names in facets.items()},
        "countries": list(countries),
        "place_points": list(points.values()),
        "entity_count": len(found),
        "entities": [nested(entity) for entity in found],
    }


def nested(entity: Entity) -> dict[str, object]:
    """Write one entity with its mentions, whose text stands in the article's."""
    made: dict[str, object] = {"name": entity.name, "type": entity.type}
    if country := entity.country:
        made["country"] = country
    if place := entity.location:
        made["location"] = {"lat": place.lat, "lon": place.lon}
    mentions = [{"start": one.start, "end": one.end} for one in entity.mentions]
    made["mention_count"] = len(mentions)
    made["first_start"] = min([one["start"] for one in mentions])
    made["mentions"] = mentions
    return made
