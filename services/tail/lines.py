"""One line per enriched article, for a person or for a program."""

from collections.abc import Collection, Iterable

from schemas.enriched_article import EnrichedArticle, EntityType, Number, NumberKind

FIRST_CHARACTERS = 80
SHOWN = 3
"""Names of each type, and numbers, at most."""
TELLING: tuple[NumberKind, ...] = ("money", "count")
"""Kinds of numbers that say something without the text around them."""


def human(article: EnrichedArticle, kinds: Collection[NumberKind] = ()) -> str:
    """Tell when, what, who, where and how much; `withheld` and `canceled` are shown.

    `kinds` are those of the numbers to show, where some were asked for.
    """
    when = article.published_at.value if article.published_at else "undated"
    status = "" if article.status == "usable" else f"[{article.status}] "
    parts = [
        f"{when}  {status}{headline(article)}",
        *(
            f"{label}: {', '.join(names)}"
            for label, types in LABELS.items()
            if (names := top_names(article, types))
        ),
        _numbers(article.numbers, kinds or TELLING),
    ]
    return "  |  ".join(parts)


LABELS: dict[str, tuple[EntityType, ...]] = {
    "people": ("PERSON",),
    "orgs": ("ORG",),
    "places": ("GPE", "LOC"),
}


def headline(article: EnrichedArticle) -> str:
    """Return the title, else the first words, on one line and without control characters."""
    text = article.title.text if article.title else article.text
    words = _printable(text[: 4 * FIRST_CHARACTERS])
    return words if len(words) <= FIRST_CHARACTERS else words[: FIRST_CHARACTERS - 1] + "…"


def top_names(article: EnrichedArticle, types: Iterable[EntityType]) -> list[str]:
    """Return the most mentioned names, first come first on a tie."""
    entities = [entity for entity in article.entities if entity.type in types]
    entities.sort(key=lambda entity: -len(entity.mentions))
    return [_printable(entity.name) for entity in entities[:SHOWN]]


def _numbers(numbers: Collection[Number], kinds: Collection[NumberKind]) -> str:
    """Count all numbers, and name the first ones of some kinds, counts with what they are of."""
    total = f"{len(numbers)} number{'' if len(numbers) == 1 else 's'}"
    shown = [
        _printable(f"{one.text} {(one.kind == 'count' and one.of) or ''}")
        for one in numbers
        if one.kind in kinds
    ]
    return f"{total}: {', '.join(shown[:SHOWN])}" if shown else total


def _printable(text: str) -> str:
    # An article may hold escape sequences, which a terminal would obey.
    shown = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(shown.split())
