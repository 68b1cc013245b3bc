"""An article of up to a megabyte is enriched in time that grows as its text does."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from schemas.raw_article import ContentType
from services.enricher.enrichments import enrichments
from services.enricher.enrichments.text import text as extracted
from services.enricher.naming.spans import LabelledSpan
from services.enricher.pipeline import enrich
from tests.builders import raw_article
from tests.unit.worst_cases.cpu import cpu_seconds

CAPITAL = re.compile(r"\b[A-Z]\w+")


def capitals(zones: Sequence[str]) -> list[list[LabelledSpan]]:
    """Take each capital for a place's, in the model's stead: that reads a text in pieces."""
    return [
        [LabelledSpan(found.start(), found.end(), "GPE") for found in CAPITAL.finditer(zone)]
        for zone in zones
    ]


ALL = enrichments(capitals)
SMALL, FOUR_TIMES = 60_000, 240_000
MEGABYTE = 980_000
NOISE = 0.1
"""CPU seconds by which a measurement may be off."""


def repeated(again: str, size: int) -> str:
    return again * (size // len(again))


def people(size: int) -> str:
    """Each is another one, so that nothing may be compared with all that was found."""
    letters = "bcdfghjklmnp"
    numbers = range(size // len("Anna Bcdfg came. "))
    names = ("".join(letters[number // 12**i % 12] for i in range(5)) for number in numbers)
    return " ".join(f"Anna {name.capitalize()} came." for name in names)


TEXTS = {
    "one word": lambda size: "a" * size,
    "one number": lambda size: "1" * size,
    "numbers": lambda size: repeated("1,1,", size),
    "people": lambda size: people(3 * size),
    "places": lambda size: repeated("Seven people met in Paris. ", size),
    "abbreviations": lambda size: repeated("U.S. ", size),
    "quotations": lambda size: repeated('"one two three four five," he said. ', size),
    "open quotations": lambda size: repeated("“a ", size),
    "dates": lambda size: repeated("last Friday, 3 May 2024 ", size),
    "lines": lambda size: repeated("a\n", size),
    "by-lines": lambda size: repeated("By " + "A-" * 190 + "!\n", size),
    "hyphens": lambda size: repeated("a-", size),
}


def seconds(kind: str, size: int, at_most: float = 30.0) -> float:
    raw = raw_article(text=TEXTS[kind](size))
    now = datetime.now(UTC)
    return cpu_seconds(lambda: enrich([raw], ALL, "capitals", now), at_most)


@pytest.mark.parametrize("kind", TEXTS)
def test_four_times_the_text_does_not_take_six_times_as_long(kind):
    small = seconds(kind, SMALL)
    limit = 6 * (small + NOISE)
    assert seconds(kind, FOUR_TIMES, limit) < limit


PARAGRAPH = "<p>" + "The man said that the house was big and red. " * 20 + "</p>"
ENTITY_BOMB = (
    '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]><p>&j;</p>"
)
PAGES = {
    "less-than signs": "<" * MEGABYTE,
    "nested elements": PARAGRAPH + repeated("<div>", MEGABYTE),
    "as many nested elements as are read": PARAGRAPH + "<div>" * 39_000,
    "open comments": repeated("<!--", MEGABYTE),
    "open attributes": repeated('<a b="', MEGABYTE),
    "attributes": "<a " + repeated("a=b ", MEGABYTE) + ">",
    "character references": repeated("&#", MEGABYTE),
    "paragraphs": PARAGRAPH + "<p>ab cd ef gh" * 19_000,
    "nested data": f'<script type="application/ld+json">{"[" * MEGABYTE}</script>{PARAGRAPH}',
    "metadata": repeated('<meta property="article:published_time" content="x">', MEGABYTE),
    "entities of entities": ENTITY_BOMB,
}
PAGE_SECONDS = 10.0


@pytest.mark.parametrize("kind", PAGES)
def test_no_page_takes_long_to_read_or_grows(kind):
    page, read = PAGES[kind], []
    html: ContentType = "text/html"
    raw = raw_article(text=page, content_type=html)
    assert cpu_seconds(lambda: read.append(extracted(raw)), PAGE_SECONDS) < PAGE_SECONDS
    assert len(read[0]) <= len(page)


def test_a_page_cannot_have_a_file_read():
    page = (
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body>'
        f"{PARAGRAPH}<p>Here it is: &x;</p></body></html>"
    )
    assert "root:" not in extracted(raw_article(text=page, content_type="text/html"))
