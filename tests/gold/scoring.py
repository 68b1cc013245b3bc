"""Score enriched articles against the gold annotations: `score(gold_articles(folder), made)`."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from schemas.enriched_article import EnrichedArticle
from tests.gold.annotations import GoldArticle
from tests.gold.figures import Judgement, Scores, added_up
from tests.gold.layout import dates, published, quotes, zones
from tests.gold.mentions import mentions, names
from tests.gold.numbers import numbers

RULES = (mentions, names, numbers, dates, published, zones, quotes)
NOTHING: dict[str, Any] = {"title": None, "published_at": None} | dict.fromkeys(
    ("body", "entities", "numbers", "dates", "quotes"), ()
)
"""What stands in the fields that are judged when nothing was found."""


def score(gold: Iterable[GoldArticle], made: Iterable[EnrichedArticle]) -> Scores:
    """Compare each gold article with the enriched one whose `source.item` is its id.

    An article that was not enriched counts as one in which nothing was found. Raises `ValueError`
    where offsets would mean nothing: another text, or evidence that does not stand in it.
    """
    by_item = {article.source.item: article for article in made}
    return added_up(judgement for article in gold for judgement in _judged(article, by_item))


def from_lines(lines: Iterable[bytes]) -> list[EnrichedArticle]:
    """Read enriched articles from JSON lines, such as `newsreel enrich` prints."""
    return [EnrichedArticle.from_json(line) for line in lines if line.strip()]


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
        raise ValueError(f"{gold.item}: its `text` is not the text that was annotated")
    elif problems := misplaced(made):
        raise ValueError(f"{gold.item}: {problems[0]}")
    for rule in RULES:
        yield from rule(gold, made)
