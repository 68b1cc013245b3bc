"""An article while it is being enriched."""

from collections.abc import Iterator
from dataclasses import dataclass

from schemas.enriched_article import (
    DateMention,
    Entity,
    Language,
    Number,
    PublicationDate,
    Quote,
    Span,
    Title,
)
from schemas.raw_article import RawArticle
from services.enricher.quantities.tokens import Tokens, tokenise


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known so far; each enrichment reads it and returns the field it is named after."""

    raw: RawArticle
    text: str = ""
    words: tuple[Tokens, ...] | None = None
    """The words of each zone, once they are split for all enrichments that read them."""
    title: Title | None = None
    body: tuple[Span, ...] = ()
    language: Language | None = None
    published_at: PublicationDate | None = None
    entities: tuple[Entity, ...] = ()
    numbers: tuple[Number, ...] = ()
    dates: tuple[DateMention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    signature: tuple[str, ...] = ()

    def zones(self) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of the title, if it stands in `text`, and of each body zone."""
        if self.title and self.title.start is not None and self.title.end is not None:
            yield self.title.start, self.title.end
        for span in self.body:
            yield span.start, span.end

    def tokens(self) -> tuple[Tokens, ...]:
        """Give the words of each zone."""
        if self.words is None:
            return tuple(tokenise(self.text, start, end) for start, end in self.zones())
        return self.words
