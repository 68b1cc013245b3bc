import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enricher.enrichments.text import text
from tests.unit.enricher.builders import raw_article

PARAGRAPH = "The alliance said on Tuesday that it would go on helping for as long as it takes. "

PAGE = f"""<html><head><title>NATO reacts - Daily News</title>
<meta property="og:title" content="NATO reacts to strikes"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>NATO reacts to strikes</h1><p>{PARAGRAPH * 3}</p><p>{PARAGRAPH * 2}</p></article>
<footer>Copyright 2024 Daily News</footer></body></html>"""

MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div",
                ">",
                "<!--",
                "-->",
                "<script>",
                "</script>",
                "<style>",
                "&amp;",
                "&#0;",
                "&#xD800;",
                "<h1>",
                "</html>",
                "<table><tr>",
                "<?xml encoding='x'?>",
                "\x00",
            ]
        ),
        st.text(max_size=20),
    ),
    max_size=30,
).map("".join)


def html(source: str) -> str:
    return text(raw_article(source, content_type="text/html"))


@given(st.text())
def test_plain_text_stays_exactly_as_received(received: str) -> None:
    assert text(raw_article(received)) == received


def test_of_a_page_the_title_a_blank_line_and_the_body_are_kept() -> None:
    lines = html(PAGE).split("\n")
    assert lines[:2] == ["NATO reacts to strikes", ""]
    assert lines[2].startswith("The alliance said on Tuesday")


def test_navigation_and_footer_of_a_page_are_dropped() -> None:
    assert "World" not in html(PAGE)
    assert "Copyright" not in html(PAGE)


def test_the_title_is_not_repeated_at_the_head_of_the_body() -> None:
    assert html(PAGE).count("NATO reacts to strikes") == 1


@pytest.mark.parametrize(
    ("source", "visible"),
    [
        ("plain words, no markup", "plain words, no markup"),
        ("<p>one &amp; two</p><p>three</p>", "one & two\nthree"),
        ("a < b and c > d", "a d"),
        ("<script>var x = 1</script><p>seen</p>", "seen"),
        ("<!-- hidden -->seen", "seen"),
        ("seen<style>p { color: red }", "seen"),
        ("", ""),
    ],
)
def test_where_no_article_is_found_the_visible_text_is_kept(source: str, visible: str) -> None:
    assert html(source) == visible


def test_a_page_with_too_many_elements_still_gives_its_text() -> None:
    assert html("<html><body>" + "<p>word</p>" * 30_000).startswith("word\nword")


@given(MARKUP)
def test_no_markup_raises_and_every_result_can_be_written_as_utf8(source: str) -> None:
    assert html(source).encode().decode() == html(source)


@pytest.mark.parametrize("piece", ["<", "<div>", "<!--", "<script>", "<b", "&lt;", '<a href="'])
def test_hostile_markup_is_read_in_linear_time(piece: str) -> None:
    source = piece * (200_000 // len(piece))
    assert len(html(source)) <= len(source)
