"""What the five seed articles, with all their quirks, must give."""

from pathlib import Path

import pytest

from services.enricher.draft import Draft
from services.enricher.enrichments.published_at import published_at
from services.enricher.enrichments.zones import zones
from tests.unit.enricher.builders import raw_article

SEEDS = {
    path.stem[:3]: path.read_bytes().decode()
    for path in (Path(__file__).parents[3] / "seeds").glob("*.txt")
}


def seed(number: str) -> Draft:
    text = SEEDS[number]
    draft = Draft(raw=raw_article(text), text=text)
    found = zones(draft)
    return Draft(raw=draft.raw, text=text, title=found.title, body=found.body)


@pytest.mark.parametrize(
    ("number", "title"),
    [
        ("000", None),
        ("001", "NATO commits to strengthening Ukraine's defenses"),
        ("002", "NATO reacts to massive Russian strikes on Ukraine"),
        ("003", "NATO chief says alliance won’t back down on Ukraine aid"),
        ("004", None),
    ],
)
def test_each_seed_has_its_title_or_rightly_none(number: str, title: str | None) -> None:
    found = seed(number).title
    assert (found.text if found else None) == title


@pytest.mark.parametrize(
    ("number", "junk"),
    [
        ("001", "Keep reading"),
        ("001", "new $300 million aid package"),
        ("001", "By Scribe"),
        ("003", "17.3 C"),
        ("003", "București"),
        ("003", "No menu items!"),
        ("003", "spot_img"),
        ("004", "Also Read"),
    ],
)
def test_the_boilerplate_of_the_seeds_is_not_body(number: str, junk: str) -> None:
    draft = seed(number)
    assert junk in draft.text
    assert not any(junk in draft.text[span.start : span.end] for span in draft.body)


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_no_seed_states_its_publication_date(number: str) -> None:
    assert published_at(seed(number)) is None
