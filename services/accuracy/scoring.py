"""Score enriched articles against gold annotations: `measured(gold, made)`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from schemas.enriched_article import EnrichedArticle
from services.accuracy.annotations import GoldArticle, GoldSet, UnusableError
from services.accuracy.figures import Judgement, Scores, added_up
from services.accuracy.layout import dates, published, quotes, zones
from services.accuracy.mentions import mentions, names
from services.accuracy.numbers import numbers

RULES = (mentions, names, numbers, dates, published, zones, quotes)
NOTHING: dict[str, Any] = {"title": None, "published_at": None} | dict.fromkeys(
    ("body", "entities", "numbers", "dates", "quotes"), ()
)
"""What stands in the fields that are judged when nothing was found."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How right the enrichment of a folder's articles is."""

    head: str
    articles: int
    enriched: int
    """How many of the articles were enriched; in the others nothing was found."""
    made_by: frozenset[tuple[str, str]]
    """The model and the version of the pipeline."""
    scores: Scores


def measured(gold: GoldSet, made: Iterable[EnrichedArticle]) -> Measured:
    """Score a folder; enriched articles of others are not looked at."""
    items = {article.item for article in gold.articles}
    ours = [article for article in made if article.source.item in items]
    return Measured(
        head=gold.head,
        articles=len(gold.articles),
        enriched=len({article.source.item for article in ours}),
        made_by=frozenset((made.enrichment.model, made.enrichment.pipeline) for made in ours),
        scores=score(gold.articles, ours),
    )


def score(gold: Iterable[GoldArticle], made: Iterable[EnrichedArticle]) -> Scores:
    """Compare each gold article with the enriched one whose `source.item` is its id.

    An article that was not enriched counts as one in which nothing was found. Offsets that would
    mean nothing raise `UnusableError`: another text, or evidence that does not stand in it.
    """
    by_item = {article.source.item: article for article in made}
    return added_up(judgement for article in gold for judgement in _judged(article, by_item))


def misplaced(article: EnrichedArticle) -> list[str]:
    """List the evidence that is not what stands at its offsets."""
    title = () if article.title is None or article.title.start is None else (article.title,)
    parts = (
        *title,
        *(mention for entity in article.entities for mention in entity.mentions),
        *article.numbers,
        *article.dates,
        *article.quotes,
    )
    return [
        f"{part.text!r} is not what stands at {part.start}:{part.end}"
        for part in parts
        if article.text[part.start : part.end] != part.text
    ]


def _judged(gold: GoldArticle, by_item: Mapping[str, EnrichedArticle]) -> Iterator[Judgement]:
    made = by_item.get(gold.item)
    if made is None:
        made = EnrichedArticle.model_construct(text=gold.text, **NOTHING)
    elif made.text != gold.text:
        raise UnusableError(f"{gold.item}: its text is not the one that was annotated; enrich that")
    elif problems := misplaced(made):
        raise UnusableError(f"{gold.item}: {problems[0]}")
    for rule in RULES:
        yield from rule(gold, made)
