"""Which articles are printed: a function of the event alone."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from schemas.enriched_article import EnrichedArticle, EntityType, NumberKind

_BACK = re.compile(r"(\d{1,6})([smhdw])")
_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What an article must have, all of it."""

    people: tuple[str, ...] = ()
    """Each by its canonical name or as the article has it, in any case; so the other names."""
    organizations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    kinds: tuple[NumberKind, ...] = ()
    """It has a number of each."""
    since: datetime | None = None
    """It was enriched then or later."""

    def passes(self, article: EnrichedArticle) -> bool:
        """Tell whether the article has all that is wanted."""
        return (
            (self.since is None or article.enrichment.enriched_at >= self.since)
            and _names(self.people) <= _named(article, "PERSON")
            and _names(self.organizations) <= _named(article, "ORG")
            and _names(self.places) <= _named(article, "GPE", "LOC")
            and set(self.kinds) <= {number.kind for number in article.numbers}
        )


def moment(text: str, now: datetime) -> datetime:
    """Read a duration back from `now` (90s, 15m, 2h, 3d, 1w), or an ISO date or time, UTC if bare.

    Raises ValueError.
    """
    back = _BACK.fullmatch(text.strip())
    try:
        if back:
            return now - int(back[1]) * _UNITS[back[2]]
        found = datetime.fromisoformat(text.strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is no time; write 15m, 2h, 3d or 2026-11-23") from error


def _names(names: tuple[str, ...]) -> set[str]:
    return {name.casefold() for name in names}


def _named(article: EnrichedArticle, *types: EntityType) -> set[str]:
    return {
        name.casefold()
        for entity in article.entities
        if entity.type in types
        for name in (entity.name, *(mention.text for mention in entity.mentions))
    }
