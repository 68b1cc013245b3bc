import pytest

from tests.bench.legs.enrichment import WAYS, contestants, differing, figures, sized
from tests.bench.percore import ARTICLE, within
from tests.bench.rounds import Run

OURS, THEIRS = "newsreel, the model alone", "spaCy nlp.pipe, the same model"


def test_articles_are_counted_by_their_bytes():
    told = {"bytes": 3 * ARTICLE, "cpu": 0.5, "rss_mb": 100.0, "found": [[[0, 1, "ORG"]], [], []]}
    assert figures(told) == pytest.approx(
        {"per_cpu_second": 6.0, "cpu": 500 / 3, "rss_mb": 100.0, "found_per_article": 1 / 3}
    )


def test_what_finds_something_else_is_counted():
    found = {OURS: [[[0, 1, "ORG"], [2, 3, "GPE"]], [[0, 1, "GPE"]]]}
    found[THEIRS] = [[[2, 3, "GPE"], [0, 1, "ORG"]], [[0, 2, "GPE"]]]
    assert differing(found) == {"differing": 1}
    assert differing({OURS: []}) == {}


def test_who_runs_out_of_time_has_done_one_text_at_least():
    assert list(within(iter([[], [], []]), 0.0)) == [[]]
    assert len(list(within(iter([[], [], []]), 1e9))) == 3


def test_ours_finds_what_spacy_finds(tmp_path):
    """The leg in small, with real processes."""
    by_name = {one.name: one for one in contestants(tmp_path, 4, warm_up=1)}
    assert by_name.keys() == WAYS.keys()
    ours, theirs = by_name[OURS].run([]), by_name[THEIRS].run([])
    assert ours["per_cpu_second"] > 0
    assert ours["found_per_article"] == theirs["found_per_article"] > 0
    assert theirs["differing"] == 0


def test_a_pool_is_compared_with_cores_that_do_nothing_else():
    alone = [
        Run("enrichment", "newsreel, all enrichments", number, {"per_cpu_second": rate})
        for number, rate in enumerate((40.0, 50.0, 60.0))
    ]
    other = Run("enrichment", "newsreel, entities", 1, {"per_cpu_second": 500.0})
    assert sized(80.0 * 2_400, [*alone, other]) == {"sized_per_second": 80.0, "of_cores": 0.8}
    assert sized(80.0 * 2_400, [other]) == {"sized_per_second": 80.0}
