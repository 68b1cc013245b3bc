"""One line per enriched article, for a person or for a program."""

from collections.abc import Iterable

from schemas.enriched_article import EnrichedArticle, EntityType

FIRST_CHARACTERS = 80
SHOWN = 3
"""Names of each type, at most."""


def human(article: EnrichedArticle) -> str:
    """Tell when, what, who, where and how many numbers; `withheld` and `canceled` are shown."""
    when = article.published_at.value if article.published_at else "undated"
    status = "" if article.status == "usable" else f"[{article.status}] "
    parts = [
        f"{when}  {status}{headline(article)}",
        *(
            f"{label}: {', '.join(names)}"
            for label, types in LABELS.items()
            if (names := top_names(article, types))
        ),
        f"{len(article.numbers)} number{'' if len(article.numbers) == 1 else 's'}",
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


def _printable(text: str) -> str:
    # An article may hold escape sequences, which a terminal would obey.
    shown = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(shown.split())
