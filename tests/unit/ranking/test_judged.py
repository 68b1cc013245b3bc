import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.ranking.corpus import CORPUS
from tests.ranking.judged import QUERIES, judged, ndcg

GRADES = {"a": 3, "b": 1}


def test_the_best_order_is_one_and_what_helps_nobody_nothing():
    assert ndcg(["a", "b", "x"], GRADES) == 1.0
    assert ndcg(["x", "y"], GRADES) == 0.0
    assert ndcg([], GRADES) == 0.0


def test_a_worse_order_is_worth_less_by_the_logarithm_of_the_rank():
    # gains 7 and 1: (1 + 7 / log2 3) / (7 + 1 / log2 3)
    assert ndcg(["b", "a"], GRADES) == pytest.approx(0.7098, abs=1e-4)


def test_what_stands_below_the_tenth_rank_counts_for_nothing():
    assert ndcg([*"0123456789", "a"], GRADES) == 0.0


def test_there_are_enough_queries_each_judged_once_over_articles_of_the_corpus():
    queries = judged()
    urls = {json.loads(line)["url"] for line in CORPUS.read_text("utf-8").splitlines()}
    assert len({one.query for one in queries}) == len(queries) >= 36
    for one in queries:
        assert one.grades.keys() <= urls
        assert set(one.grades.values()) <= {1, 2, 3}


def test_the_halves_are_those_of_the_hash():
    for one in judged():
        even = sha256(one.query.encode()).digest()[0] % 2 == 0
        assert one.half == ("tuning" if even else "held_back")


def test_the_readme_counts_them():
    readme = (Path(QUERIES).parent / "README.md").read_text("utf-8")
    halves = [one.half for one in judged()]
    assert f"answer {len(halves)} queries" in readme
    assert f"the {halves.count('tuning')} of the tuning half" in readme
