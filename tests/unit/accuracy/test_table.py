from collections import Counter

import pytest

from services.accuracy.figures import Figure, Scores
from services.accuracy.report import report
from services.accuracy.scoring import Measured
from services.accuracy.table import SHOWN, Row, made_by, rows


def column(head="mine", made_by=frozenset({("model 3.8", "1")}), errors=(), **figures):
    named = {name.replace("_", "."): Figure(*counts) for name, counts in figures.items()}
    return Measured(head, 12, 12, made_by, Scores(named, Counter(errors)))


def cells(found, what):
    return next(row.cells for row in found if row.what == what)


def test_a_figure_stands_with_the_counts_behind_it():
    found = rows([column(mention=(399, 13, 13), title=(60, 2, 0))])
    assert found == [
        Row("Articles", "count", ("12",)),
        Row(SHOWN["mention"], "F1", ("0.968 (399 of 412 found, 13 wrong)",)),
        Row(SHOWN["title"], "share", ("60 of 62",)),
    ]


@pytest.mark.parametrize(("right", "marked"), [(49, True), (50, False)])
def test_a_figure_of_few_is_marked(right, marked):
    (cell,) = cells(rows([column(title=(right, 0, 0))]), SHOWN["title"])
    assert cell.endswith(" *") is marked


def test_each_folder_has_its_column_empty_where_nothing_was_annotated():
    found = rows([column(date=(50, 0, 0)), column("other", quote=(50, 0, 0))])
    assert cells(found, "Articles") == ("12", "12")
    assert cells(found, SHOWN["date"]) == ("1.000 (50 of 50 found, 0 wrong)", "")
    assert cells(found, SHOWN["quote"]) == ("", "1.000 (50 of 50 found, 0 wrong)")


def test_types_and_kinds_are_shown_when_all_is_asked_for():
    columns = [column(mention=(2, 0, 0), mention_ORG=(1, 0, 0), number_age=(3, 0, 0))]
    assert [row.what for row in rows(columns)] == ["Articles", SHOWN["mention"]]
    assert [row.what for row in rows(columns, every=True)] == [
        "Articles",
        SHOWN["mention"],
        "mention.ORG",
        "number.age",
    ]


def test_the_makers_are_named_once():
    other = column(made_by=frozenset({("model 3.8", "1"), ("model 4", "2")}))
    assert made_by([column(), other]) == "model 3.8, pipeline 1; model 4, pipeline 2"


def test_the_report_has_every_figure_with_its_counts():
    (folder,) = report([column(mention_ORG=(3, 1, 2), of=(1, 1, 0))])["folders"]
    assert folder == {
        "folder": "mine",
        "articles": 12,
        "enriched": 12,
        "made_by": [{"model": "model 3.8", "pipeline": "1"}],
        "figures": {
            "mention.ORG": {
                "measure": "F1",
                "value": 6 / 9,
                "precision": 3 / 4,
                "recall": 3 / 5,
                "right": 3,
                "of": 5,
                "wrong": 1,
                "missed": 2,
            },
            "of": {"measure": "share", "value": 0.5, "right": 1, "of": 2},
        },
    }


def test_the_report_lists_errors_if_asked_to():
    columns = [column(errors=["b", "a", "b"])]
    (folder,) = report(columns, errors=True)["folders"]
    assert folder["errors"] == [{"what": "a", "count": 1}, {"what": "b", "count": 2}]
