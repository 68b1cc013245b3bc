"""The real enrichments, model included, on the gold articles and on a sample of the corpus."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic_settings import CliApp

from schemas.enriched_article import EnrichedArticle
from schemas.raw_article import RawArticle
from services.accuracy.annotations import GoldSet
from services.accuracy.command import Accuracy
from services.accuracy.figures import Figure
from services.accuracy.reading import gold_sets
from services.accuracy.readme import folders
from services.accuracy.scoring import measured, misplaced
from services.enricher.command import raw_article
from services.enricher.local import enricher
from services.producer.articles import Defaults, article
from services.producer.sources import Received
from tests.unit.accuracy.gold import written

CORPUS = Path(__file__).parents[1] / "corpus" / "wikinews-2019-2020.jsonl"
SAMPLE = 40
FETCHED_AT = datetime(2026, 1, 1, tzinfo=UTC)
GOLD = {gold.head: gold for gold in gold_sets(folders())}

FLOORS = [
    ("seeds", "mention", 0.95),
    ("seeds", "number", 0.97),
    ("dev", "mention", 0.87),
    ("dev", "name", 0.78),
    ("dev", "number", 0.96),
    ("val", "mention", 0.85),
    ("val", "name", 0.70),
    ("val", "number", 0.93),
]
"""Set, figure, and the F1 below which a change is not accepted."""
IN_VIEW = ["seeds", "dev", "val"]
"""The sets that were read while the rules were written; the others only measure."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An article as received, and enriched."""

    raw: RawArticle
    made: EnrichedArticle


def gold_texts(gold: GoldSet) -> Iterator[RawArticle]:
    for annotated in gold.articles:
        yield raw_article(f"{annotated.item}.txt", annotated.text, 1, FETCHED_AT)


def corpus_sample() -> Iterator[RawArticle]:
    """Yield articles spread evenly over the corpus, with what their lines say about them."""
    lines = CORPUS.read_bytes().splitlines()
    for number in range(0, len(lines), -(-len(lines) // SAMPLE)):
        received = Received(f"corpus:{number}", f"corpus:{number}", "line", lines[number])
        raw = article(received, Defaults(), FETCHED_AT)
        assert isinstance(raw, RawArticle), raw
        yield raw


@pytest.fixture(scope="session")
def pairs() -> dict[str, list[Pair]]:
    """Every article, enriched once for all tests."""
    sources = {name: gold_texts(gold) for name, gold in GOLD.items()} | {"corpus": corpus_sample()}
    return {
        name: [Pair(raw, enricher()([raw])[0]) for raw in articles]
        for name, articles in sources.items()
    }


@pytest.fixture(scope="session")
def figures(pairs: dict[str, list[Pair]]) -> dict[str, dict[str, Figure]]:
    return {
        name: measured(gold, [pair.made for pair in pairs[name]]).scores.figures
        for name, gold in GOLD.items()
    }


@pytest.mark.parametrize(("name", "figure", "floor"), FLOORS)
def test_accuracy_stays_above_its_floor(figures, name, figure, floor):
    """What is wrong or missed: make quality ERRORS=1."""
    assert figures[name][figure].f1 >= floor


def test_every_seed_has_its_title_or_rightly_none(figures):
    assert figures["seeds"]["title"] == Figure(right=5, wrong=0, missed=0)


@pytest.mark.parametrize("name", IN_VIEW)
def test_no_wrong_publication_date_is_claimed(figures, name):
    assert figures[name]["published.wrong"].right == 0


@pytest.mark.parametrize("name", [*GOLD, "corpus"])
def test_all_evidence_is_what_stands_at_its_offsets(pairs, name):
    assert [problem for pair in pairs[name] for problem in misplaced(pair.made)] == []
    assert sum(len(pair.made.entities) for pair in pairs[name]) >= len(pairs[name])


@pytest.mark.parametrize("name", [*GOLD, "corpus"])
def test_enriching_never_alters_the_text(pairs, name):
    altered = [pair.raw.source.item for pair in pairs[name] if pair.made.text != pair.raw.text]
    assert altered == []


def test_the_sample_of_the_corpus_is_large_enough(pairs):
    assert len(pairs["corpus"]) >= SAMPLE


def test_the_command_enriches_the_articles_of_a_folder(tmp_path, capsys):
    written(tmp_path / "mine")
    CliApp.run(Accuracy, cli_args=[str(tmp_path / "mine")])
    shown = capsys.readouterr().out
    assert "Mentions: exact span and type" in shown
    assert "(2 of 2 found, 0 wrong)" in shown  # 5 to 7 pumps for 2 million euros
    assert "were not enriched" not in shown
