"""The measure of the stories, and the labels it measures against."""

import json
from collections import Counter

import pytest

from tests.stories import corpus
from tests.stories.scoring import bcubed, components, in_half


def test_bcubed_averages_over_articles() -> None:
    wanted = {"a": "1", "b": "1", "c": "2"}
    score = bcubed({"a": "x", "b": "x", "c": "x"}, wanted, wanted)
    assert (score.precision, score.recall) == (pytest.approx(5 / 9), 1)
    score = bcubed({"a": "x", "b": "y", "c": "z"}, wanted, wanted)
    assert (score.precision, score.recall) == (1, pytest.approx(2 / 3))


def test_what_is_not_judged_spoils_a_group_all_the_same() -> None:
    wanted = {"a": "1", "b": "2"}
    assert bcubed({"a": "x", "b": "x"}, wanted, ["a"]).precision == 0.5


def test_what_hangs_together_is_one_group() -> None:
    found = components("abcd", [("a", "b"), ("c", "b")])
    assert found["a"] == found["b"] == found["c"] != found["d"]


def test_every_article_of_the_corpus_has_one_label_and_stories_are_in_both_halves() -> None:
    labels = corpus.labels()
    lines = corpus.CORPUS.read_text(encoding="utf-8").splitlines()
    assert len(labels) == len(lines) == len({json.loads(line)["url"] for line in lines})
    several = [label for label, count in Counter(labels.values()).items() if count > 1]
    halves = Counter(
        half for label in several for half in ("tune", "report") if in_half(label, half)
    )
    assert halves == {"tune": 12, "report": 8}
