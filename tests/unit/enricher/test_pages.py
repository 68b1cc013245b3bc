from dataclasses import replace

import pytest

from services.enricher.draft import Draft
from services.enricher.enrichments.language import language
from services.enricher.enrichments.published_at import published_at
from services.enricher.enrichments.text import text
from services.enricher.enrichments.zones import zones
from tests.unit.enricher import pages
from tests.unit.enricher.builders import raw_article


def read(page: str) -> Draft:
    raw = raw_article(page, content_type="text/html")
    draft = Draft(raw=raw, text=text(raw))
    found = zones(draft)
    draft = replace(draft, title=found.title, body=found.body)
    return replace(draft, published_at=published_at(draft), language=language(draft))


def body_of(page: str) -> list[str]:
    draft = read(page)
    return [
        line
        for span in draft.body
        for line in draft.text[span.start : span.end].split("\n")
        if line
    ]


WHOLE = {
    "article": (pages.ARTICLE, "2024-05-13T10:15:00+02:00"),
    "div soup": (pages.DIV_SOUP, "2024-05-13T08:15:00.000Z"),
    "line breaks": (pages.LINE_BREAKS, None),
    "malformed": (pages.MALFORMED, None),
    "by-line": (pages.BY_LINE, "2024-05-13T10:00"),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_page_gives_title_body_date_and_language(name: str) -> None:
    page, date = WHOLE[name]
    draft = read(page)
    assert draft.title is not None
    assert draft.title.text == pages.TITLE == draft.text[draft.title.start : draft.title.end]
    assert body_of(page) == pages.BODY
    assert (draft.published_at.value if draft.published_at else None) == date
    assert draft.language is not None
    assert draft.language.code == "en"


def test_lists_quotations_tables_and_headings_of_an_article_are_its_body() -> None:
    assert body_of(pages.LISTS) == [
        pages.LEAD,
        "The villages are:",
        "- Oberwald, with 210 residents",
        "- Hinterwald, with 50",
        "We have never seen so much water in this valley.",
        pages.FOOD,
        "| Year | Dead |",
        "| 1987 | 6 | ",
        "What next?",
        pages.ROAD,
        "Yes.",
    ]


def test_references_and_inline_tags_leave_the_words_as_they_are_read() -> None:
    draft = read(pages.INLINE)
    assert draft.title is not None
    assert draft.title.text == "Flood — three villages & a road"
    first, second, _ = body_of(pages.INLINE)
    assert first.startswith("Three villages in the Swiss Alps were cut off on Monday — a flood")
    assert second.startswith("“We have never seen so much water,” said Anna Keller’s son")
    assert second.endswith("post office & the shop, and lost £5 million.")


def test_a_page_in_another_language_says_so() -> None:
    draft = read(pages.GERMAN)
    assert draft.language is not None
    assert draft.language.code == "de"
    assert draft.title is not None
    assert draft.title.text == "Hochwasser schneidet drei Dörfer ab"


@pytest.mark.parametrize("page", [pages.NO_ARTICLE, "<html></html>", "", "<script>1</script>"])
def test_a_page_without_article_has_no_title_and_no_date(page: str) -> None:
    draft = read(page)
    assert draft.title is None
    assert draft.published_at is None
    assert sum(span.end - span.start for span in draft.body) < 20


@pytest.mark.parametrize("title", ["Flooded", "The road is gone.", "Watch: Flood from above"])
def test_a_title_that_a_page_states_need_not_look_like_one(title: str) -> None:
    draft = read(pages.ARTICLE.replace(pages.TITLE, title))
    assert draft.title is not None
    assert draft.title.text == title
    assert body_of(pages.ARTICLE.replace(pages.TITLE, title)) == pages.BODY


def test_the_name_of_the_site_in_the_only_other_headline_is_not_the_title() -> None:
    page = f"""<html><head><title>{pages.TITLE} | Alpine News</title></head><body><header>
    <h1>Alpine News</h1></header><article><h2>{pages.TITLE}</h2>{pages.PARAGRAPHS}</article>"""
    draft = read(page)
    assert draft.title is not None
    assert draft.title.text == pages.TITLE
