"""Which story an article belongs to, and which article it is a copy of.

Two articles belong together when they share enough weighty words within some weeks; a story is all
that hangs together so. The likeness of two does not depend on the others nor on their order, so the
stories that result, with their joins, don't either.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import exp, log

from services.stories.about import About

THRESHOLD = 0.33
"""Likeness from which two articles belong to one story; chosen on one half of tests/stories."""
FADING = 100.0
"""Days between two articles after which their likeness counts 1/e."""
WINDOW = int(FADING * log(1 / THRESHOLD)) + 1
"""Days beyond which no likeness is enough."""
BANDS = 32
"""Of a signature; schemas/enriched_article.py."""
ROWS = 4
COPY_BANDS = 12
"""Shared bands from which a text is a copy: about .78 of both texts' word 5-grams are shared."""


@dataclass(frozen=True, slots=True)
class Place:
    """What was decided on an article."""

    story_id: str
    """The article_id of the story's first article."""
    also: tuple[str, ...] = ()
    """Stories, or articles not yet placed, that the article joins to its own story."""
    duplicate_of: str | None = None
    """The article_id of the first of several copies of one text."""
    similarity: float | None = None
    """Estimated share of word 5-grams that copy and original have in common."""
    story: str | None = None
    """Day and title of the story's first article, as it came: for people, who cannot read ids."""


@dataclass(frozen=True, slots=True)
class Known:
    """An article that the memory holds; it has no place yet while somebody is at it."""

    about: About
    place: Place | None = None


def likeness(one: About, other: About) -> float:
    """Return 0 to 1: the cosine of both articles' words, the less the more days lie between."""
    shared = one.weights.keys() & other.weights.keys()
    cosine = sum(one.weights[term] * other.weights[term] for term in sorted(shared))
    return cosine * exp(-abs((one.day - other.day).days) / FADING)


def shared_bands(one: About, other: About) -> int:
    """Count the MinHash bands that two articles have in common."""
    return len(set(one.signature).intersection(other.signature))


def decide(article: About, candidates: Iterable[Known]) -> Place:
    """Place an article beside those that are there.

    It joins the story of the one most like it. Where it is like articles of several stories, the
    others are noted as joined; where it is like none, it begins a story of its own.
    """
    others = [one for one in candidates if _counts(one, article)]
    copied = _original(article, others)
    scored = [(_score(article, one.about), one) for one in others]
    alike = [(score, one) for score, one in scored if score >= THRESHOLD]
    stories = sorted(
        ((score, one.place) for score, one in alike if one.place),
        key=lambda entry: (-entry[0], entry[1].story_id),
    )
    first = stories[0][1] if stories else Place(article.article_id, story=_named(article))
    joined = {place.story_id for _, place in stories}
    joined |= {one.about.article_id for _, one in alike if not one.place}
    also = tuple(sorted(joined - {first.story_id}))
    return replace(copied, story_id=first.story_id, story=first.story, also=also)


def kept(before: Place, now: Place) -> Place:
    """Keep the story of a corrected article; what it is a copy of follows from its new text."""
    joined = {now.story_id, *before.also, *now.also} - {before.story_id}
    also = tuple(sorted(joined))
    return replace(now, story_id=before.story_id, story=before.story, also=also)


def _named(article: About) -> str:
    return f"{article.day} {article.title or article.article_id}"


def _counts(one: Known, article: About) -> bool:
    return one.about.usable and one.about.article_id != article.article_id


def _score(article: About, other: About) -> float:
    """Return the likeness; a copy belongs to its original, whenever it comes."""
    return 1.0 if shared_bands(article, other) >= COPY_BANDS else likeness(article, other)


def _original(article: About, others: Sequence[Known]) -> Place:
    """Find what the article is a copy of.

    Of two copies that are placed at the same time the one with the lesser id is the original: both
    sides see it so.
    """
    copies = [
        (shared_bands(article, one.about), one)
        for one in others
        if one.place or one.about.article_id < article.article_id
    ]
    copies = [(bands, one) for bands, one in copies if bands >= COPY_BANDS]
    for bands, one in sorted(copies, key=lambda entry: (-entry[0], entry[1].about.article_id)):
        root = (one.place and one.place.duplicate_of) or one.about.article_id
        if root != article.article_id:
            return Place("", (), root, round((bands / BANDS) ** (1 / ROWS), 3))
    return Place("")
