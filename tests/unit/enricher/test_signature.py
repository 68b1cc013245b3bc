import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.enriched_article import Span
from services.enricher.enrichments.signature import signature
from tests.unit.enricher.builders import draft

SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))


def shared(one: str, other: str) -> int:
    return len({*signature(draft(one))} & {*signature(draft(other))})


def british(text: str) -> str:
    return text.replace("defense", "defence").replace("ize", "ise").replace("center", "centre")


def without_a_line(text: str) -> str:
    lines = [line for line in text.split("\n") if line.strip()]
    return "\n".join(lines[: len(lines) // 2] + lines[len(lines) // 2 + 1 :])


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_copy_in_other_spelling_with_a_line_removed_shares_several_bands(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert shared(text, without_a_line(british(text))) >= 4


def test_articles_of_the_same_event_in_other_words_share_no_band() -> None:
    texts = [path.read_text(encoding="utf-8") for path in SEEDS]
    assert len(texts) == 5
    assert [shared(one, other) for one, other in combinations(texts, 2)] == [0] * 10


def test_case_spacing_and_punctuation_make_no_difference() -> None:
    one = "The alliance will deploy its response force, its chief announced on Tuesday."
    other = "THE ALLIANCE  will deploy\nits response force - its chief announced on Tuesday"
    assert signature(draft(one)) == signature(draft(other))


@given(st.characters(exclude_categories=()))
def test_what_is_no_letter_digit_or_underscore_ends_a_word(mark: str) -> None:
    folded = f"one{mark}two".casefold()
    words = " ".join(re.findall(r"\w+", folded))
    assert signature(draft(f"one{mark}two")) == signature(draft(words))


def test_boilerplate_makes_no_difference() -> None:
    text = "The alliance will deploy its response force on Tuesday. Subscribe to our newsletter."
    kept = text.index(" Subscribe")
    body = (Span(start=0, end=kept),)
    assert signature(draft(text, body=body)) == signature(draft(text[:kept]))


def test_a_signature_is_the_same_in_every_process_and_release() -> None:
    code = (
        "from tests.unit.enricher.builders import draft\n"
        "from services.enricher.enrichments.signature import signature\n"
        "print(*signature(draft('one two three four five six')))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert run.stdout.split() == [*signature(draft("one two three four five six"))]
    assert run.stdout.split()[0] == "00-660d30cedd4f"


@pytest.mark.parametrize("text", ["", "…", " \n"])
def test_a_body_without_words_has_no_signature(text: str) -> None:
    assert signature(draft(text)) == ()


@given(st.text(alphabet=st.characters(categories=["L", "N", "Z"]), min_size=1))
def test_a_signature_has_a_short_band_for_each_number(text: str) -> None:
    bands = signature(draft(text))
    assert [band[:3] for band in bands] in ([], [f"{i:02}-" for i in range(32)])
    assert all(re.fullmatch(r"\d\d-[0-9a-f]{12}", band) for band in bands)
