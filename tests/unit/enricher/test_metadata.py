import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enricher.draft import Draft
from services.enricher.enrichments.published_at import published_at
from services.enricher.layout.metadata import publication_date
from tests.builders import raw_article

TIME = "2023-05-04T10:30:00+02:00"


@pytest.mark.parametrize(
    ("html", "date"),
    [
        (f'<meta property="article:published_time" content="{TIME}">', TIME),
        (f"<meta content='{TIME}' property='article:published_time' />", TIME),
        ('<META NAME="Date" CONTENT="2023-05-04">', "2023-05-04"),
        ('<meta itemprop="datePublished" content="2023-05-04T10:30:00+0200">', TIME),
        (
            '<script type="application/ld+json">{"datePublished": "2023-05-04"}</script>',
            "2023-05-04",
        ),
        ('<meta name="date" content="yesterday"><meta name="pubdate" content="2023">', "2023"),
        (f"<meta property=article:published_time content={TIME}>", TIME),
        ('<meta name="dc.date.issued" content="20230504">', "2023-05-04"),
        ('<meta name="date" content="2023-05-04 10:30:00 +0200">', TIME),
        ('<meta name="pubdate" content="Thu, 04 May 2023 10:30:00 GMT">', "2023-05-04"),
        ('<meta name="date" content="May 4, 2023">', "2023-05-04"),
        (f'<time itemprop="datePublished" datetime="{TIME}">4 May</time>', TIME),
        (f'<h1>Rain</h1><p>By Jane Doe</p><time datetime="{TIME}">4 May</time>', TIME),
        (f'<h1>Rain</h1><p>{"It rained. " * 20}<time datetime="{TIME}">4 May</time>', None),
        (f'<time datetime="{TIME}">today</time><h1>Rain</h1>', None),
        (
            f'<meta name="date" content="2026-01-01"><meta name="datePublished" content="{TIME}">',
            TIME,
        ),
        ('<meta property="article:modified_time" content="2023-05-04">', None),
        ('<meta name="date" content="2023-02-30">', None),
        ("<p>2023-05-04</p>", None),
    ],
)
def test_the_date_that_a_page_states_is_read(html, date):
    assert publication_date(html) == date


def test_it_is_metadata_of_the_article():
    html = f'<html><head><meta name="date" content="{TIME}"></head><p>It rained.</p></html>'
    found = published_at(Draft(raw=raw_article(text=html, content_type="text/html")))
    assert found is not None
    assert (found.value, found.precision, found.evidence) == (TIME, "second", "metadata")
    assert published_at(Draft(raw=raw_article(text=html), text=html)) is None


@given(st.text())
def test_no_markup_is_too_odd(html):
    assert publication_date(html) is None


@pytest.mark.parametrize(
    "piece", ["<meta ", "<meta name=", '<meta a="', '"datePublished"', "</h1>", "<time "]
)
def test_a_megabyte_of_hostile_markup_states_no_date(piece):
    assert publication_date(piece * (1_000_000 // len(piece))) is None
