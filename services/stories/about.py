"""What an article is about, in a form that two articles can be compared by.

Nothing here depends on other articles, so the likeness of two does not depend on which came first,
nor on what else has come: the groups don't change with the order of arrival.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import log, sqrt
from pathlib import Path

from schemas.enriched_article import EnrichedArticle

TERMS = 60
"""Terms kept of an article: those that weigh most."""
LONGEST_TERM = 40
"""Characters of a term."""
MOST_CHARACTERS = 20_000
"""Of the body: a story shows in its first pages."""
LONGEST_TITLE = 200
"""Characters of the title in a story's name."""
_IN_TITLE, _IN_NAME = 2.0, 1.5

_WORD = re.compile(r"[^\W\d_]\w*(?:['’]\w+)*|\d{4,}")
_SUFFIXES = ("ies", "ing", "ed", "es", "s")
# Words that stand in news of every kind. Nothing that comes and goes, such as a name, is in there.
_COMMON = frozenset(Path(__file__).with_name("common_words.txt").read_text("utf-8").split())


@dataclass(frozen=True, slots=True)
class About:
    """An article as the memory of stories keeps it."""

    article_id: str
    version: int
    day: date
    """Of publication, else of the fetch."""
    usable: bool = True
    weights: Mapping[str, float] = field(default_factory=dict)
    """Its terms, the weightiest first; the squares add up to 1."""
    signature: tuple[str, ...] = ()
    title: str = ""
    """Only of an article that comes, to name a story that it begins; the memory has it not."""


def about(article: EnrichedArticle, day: date) -> About:
    """Weigh the words of title and body; names and words of the title count for more."""
    identity = str(article.article_id)
    if article.status != "usable":
        return About(identity, article.version, day, usable=False)
    body = " ".join(article.text[zone.start : zone.end] for zone in article.body)
    counts = Counter(terms(body[:MOST_CHARACTERS]))
    title = set(terms(article.title.text)) if article.title else set()
    names = {term for entity in article.entities for term in terms(entity.name)}
    raw = {
        term: (1 + log(max(counts[term], 1)))
        * (_IN_TITLE if term in title else 1)
        * (_IN_NAME if term in names else 1)
        for term in [*counts, *(title - counts.keys())]
    }
    headline = article.title.text[:LONGEST_TITLE] if article.title else ""
    return About(
        article_id=identity,
        version=article.version,
        day=day,
        weights=_normal(raw),
        signature=article.signature,
        title=" ".join(headline.split()),
    )


def terms(text: str) -> Iterator[str]:
    """Yield the words that tell something, lower-cased and without their endings."""
    for word in _WORD.findall(text.lower()):
        if len(word) > 2 and word not in _COMMON:
            yield _stem(word)[:LONGEST_TERM]


def _stem(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("’s")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3 and not word.endswith("ss"):
            return word[: -len(suffix)]
    return word


def _normal(raw: Mapping[str, float]) -> dict[str, float]:
    """Keep the weightiest terms, equals by name, and scale them to a length of 1."""
    kept = sorted(raw.items(), key=lambda entry: (-entry[1], entry[0]))[:TERMS]
    length = sqrt(sum(weight * weight for _, weight in kept))
    return {term: round(weight / length, 4) for term, weight in kept}
