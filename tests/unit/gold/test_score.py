import pytest

from tests.gold.annotations import gold_articles
from tests.gold.figures import Figure
from tests.gold.score import BEGIN, END, GOLD, SHOWN, TEXTS, markdown, rewritten, table

FIGURES = {
    "seeds": {"mention": Figure(right=9, wrong=1, missed=1), "title": Figure(5, 0, 0)},
    "dev": {"mention": Figure(right=1, wrong=1, missed=1)},
}


def test_the_markdown_table_has_a_row_for_each_figure_and_a_column_for_each_set():
    lines = markdown(FIGURES).splitlines()
    assert lines[0] == "| what | measure | seeds | dev |"
    assert f"| {SHOWN['mention']} | F1 | 0.900 | 0.500 |" in lines
    assert f"| {SHOWN['title']} | share | 5 of 5 |  |" in lines
    assert len(lines) == 2 + len(SHOWN)


def test_the_plain_table_has_precision_recall_and_how_many_there_are():
    assert table(FIGURES["seeds"]).splitlines() == [
        "mention              0.9000  precision 0.9000  recall 0.9000  asked 10",
        "title                1.0000  5 of 5",
    ]


def test_the_table_replaces_what_stands_between_its_marks_and_nothing_else():
    readme = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    new = rewritten(readme, FIGURES)
    assert new == f"before\n{BEGIN}\n{markdown(FIGURES)}\n{END}\nafter\n"
    assert rewritten(new, FIGURES) == new


def test_a_readme_without_the_marks_is_refused():
    with pytest.raises(ValueError, match="there is no <!-- accuracy: begin -->"):
        rewritten("no table here", FIGURES)


@pytest.mark.parametrize("name", TEXTS)
def test_the_annotations_stand_in_the_texts_that_are_enriched(name):
    articles = gold_articles(GOLD / name)
    texts = {path.stem: path.read_bytes().decode() for path in TEXTS[name].glob("*.txt")}
    assert {article.item: article.text for article in articles} == texts
    parts = [
        (article.text[part.start : part.end], part.surface)
        for article in articles
        for part in (*article.entities, *article.numbers, *(article.dates or ()))
    ]
    assert [pair for pair in parts if pair[0] != pair[1]] == []


def test_a_folder_without_annotations_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="no gold files in"):
        gold_articles(tmp_path)
