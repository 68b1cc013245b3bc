from collections import Counter
from datetime import date

import pytest

from services.accuracy.figures import Figure, Scores
from services.accuracy.reading import gold_articles, gold_sets
from services.accuracy.readme import BEGIN, END, ROOT, folders, markdown, rewritten
from services.accuracy.scoring import Measured
from services.accuracy.table import HINT

SEEDS = "seeds"


def test_the_table_has_the_counts_the_date_and_the_model():
    scores = Scores({"mention": Figure(9, 1, 1)}, Counter())
    columns = [Measured("dev", 2, 2, frozenset({("model 3.8", "1")}), scores)]
    assert markdown(columns, date(2026, 11, 9)).splitlines() == [
        "| what | measure | dev |",
        "|---|---|---|",
        "| Articles | count | 2 |",
        r"| Mentions: exact span and type | F1 | 0.900 (9 of 10 found, 1 wrong) \* |",
        "",
        "Measured on 9 November 2026 with model 3.8, pipeline 1. " + HINT.replace("*", r"\*"),
    ]


def test_the_table_replaces_what_stands_between_its_marks_and_nothing_else():
    new = rewritten(f"before\n{BEGIN}\nold\n{END}\nafter\n", "table")
    assert new == f"before\n{BEGIN}\ntable\n{END}\nafter\n"
    assert rewritten(new, "table") == new


def test_a_readme_without_the_marks_is_refused():
    with pytest.raises(ValueError, match="there is no <!-- accuracy: begin -->"):
        rewritten("no table here", "table")


def test_the_projects_own_annotations_can_all_be_used():
    sets = {gold.head: len(gold.articles) for gold in gold_sets(folders())}
    assert sets.items() >= {"seeds": 5, "dev": 12}.items()


def test_the_annotated_seeds_are_the_seeds():
    (seeds,) = (folder for folder in folders() if folder.name == SEEDS)
    texts = {path.stem: path.read_bytes().decode() for path in (ROOT / SEEDS).glob("*.txt")}
    assert {article.item: article.text for article in gold_articles(seeds)} == texts
