"""What an article is about."""

from math import isclose

from schemas.enriched_article import Span
from services.stories.about import TERMS, about, terms
from tests.builders import enriched_article
from tests.unit.stories.articles import DAY


def test_words_that_stand_everywhere_and_endings_tell_nothing() -> None:
    assert [*terms("The Senators’ votes were counted on Monday; Dorian's winds")] == [
        "senator",
        "vot",
        "count",
        "dorian",
        "wind",
    ]


def test_words_of_the_title_and_of_names_weigh_more() -> None:
    weights = about(enriched_article(), DAY).weights
    assert weights["kyiv"] > weights["stoltenberg"] > weights["system"]
    assert isclose(sum(weight**2 for weight in weights.values()), 1, abs_tol=0.01)


def test_only_the_weightiest_terms_are_kept_and_always_the_same() -> None:
    text = " ".join(f"word{i:c}" for i in range(97, 1000) if chr(i).isalpha())
    article = enriched_article(text=text, title=None, body=(Span(start=0, end=len(text)),))
    found = about(article, DAY)
    assert len(found.weights) == TERMS
    assert found == about(article, DAY)


def test_a_withdrawn_article_is_about_nothing() -> None:
    found = about(enriched_article(status="canceled"), DAY)
    assert (found.usable, found.weights, found.signature) == (False, {}, ())
