"""How much of what it finds an enriched article keeps: no text may make an event of any size.

A megabyte can hold half a million numbers. What is beyond the limits is named in
`enrichment.skipped`; the index keeps as many nested parts.
"""

from collections.abc import Sequence
from typing import Any

from schemas.enriched_article import Entity

MOST = {"entities": 3000, "numbers": 5000, "dates": 5000, "quotes": 2000}
"""Parts kept of each field."""
MOST_MENTIONS = 20_000
"""Mentions kept of all entities together."""
LONGEST_NAME = 200
"""Characters; what is longer is no name, nor a phrase that says what is counted.

Both are repeated wherever they are meant again: 20 kB of a name in a thousand places are 20 MB.
"""


def within_limits(field: str, found: Any) -> tuple[Any, str | None]:
    """Keep the first parts of a field, and say what was cut; most have no limit, or are below."""
    most = MOST.get(field)
    if most is None:
        return found, None
    kept = found[:most]
    if field == "entities":
        kept = _with_first_mentions(kept)
        before, after = _mentions(found), _mentions(kept)
        if before > after:
            told = f"{len(kept):,} of {len(found):,}, with {after:,} of {before:,} mentions"
            return kept, f"kept only the first {told}"
    return kept, f"kept only the first {most:,} of {len(found):,}" if len(found) > most else None


def _with_first_mentions(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Keep the mentions that come first in the text, and the entities that have one of them."""
    if _mentions(entities) <= MOST_MENTIONS:
        return tuple(entities)
    starts = sorted(mention.start for entity in entities for mention in entity.mentions)
    end = starts[MOST_MENTIONS]
    cut = (
        entity.model_copy(update={"mentions": tuple(m for m in entity.mentions if m.start < end)})
        for entity in entities
    )
    return tuple(entity for entity in cut if entity.mentions)


def _mentions(entities: Sequence[Entity]) -> int:
    return sum(len(entity.mentions) for entity in entities)
