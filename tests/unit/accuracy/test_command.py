import json

import pytest
from pydantic_settings import CliApp

from services.accuracy.command import Accuracy
from tests.unit.accuracy.gold import ACME_FOUND, ANN_FOUND, entity, made, written


@pytest.fixture
def folder(tmp_path):
    written(tmp_path / "mine")
    return tmp_path / "mine"


@pytest.fixture
def lines(tmp_path):
    rome = entity("Rome", "ORG", "Rome")
    path = tmp_path / "enriched.jsonl"
    path.write_bytes(made(entities=(ANN_FOUND, ACME_FOUND, rome)).to_json())
    return path


@pytest.fixture
def printed(capsys):
    def run(*arguments):
        CliApp.run(Accuracy, cli_args=[str(argument) for argument in arguments])
        return capsys.readouterr().out

    return run


def refused(*arguments):
    with pytest.raises(SystemExit) as refusal:
        CliApp.run(Accuracy, cli_args=[str(argument) for argument in arguments])
    return refusal.value.code.splitlines()


def test_the_table_has_figures_counts_and_who_made_what_is_measured(printed, folder, lines):
    shown = printed(folder, "--enriched", lines).splitlines()
    assert [" ".join(line.split()) for line in (shown[0], *shown[2:4])] == [
        "What Measure mine",
        "Articles count 1",
        "Mentions: exact span and type F1 0.750 (3 of 4 found, 1 wrong) *",
    ]
    how = made().enrichment
    assert shown[-2:] == [
        f"Model {how.model}, pipeline {how.pipeline}.",
        "* Fewer than 50 counted: one article can move the figure by points.",
    ]


def test_types_and_errors_are_shown_when_asked_for(printed, folder, lines):
    brief = printed(folder, "--enriched", lines)
    assert "mention.ORG" not in brief
    assert "missed" not in brief
    shown = printed(folder, "--enriched", lines, "--all", "--errors")
    assert "mention.ORG" in shown
    assert "   1  mention missed: GPE 'Rome'\n   1  mention wrong: ORG 'Rome'\n" in shown


def test_it_prints_json(printed, folder, lines):
    (found,) = json.loads(printed(folder, "--enriched", lines, "--json"))["folders"]
    assert found["figures"]["mention"]["value"] == 0.75
    assert "errors" not in found


def test_articles_that_were_not_enriched_are_told(printed, folder, lines):
    written(folder, id="other")
    shown = printed(folder, "--enriched", lines)
    assert "1 of 2 articles of mine were not enriched and count as if nothing" in shown


def test_without_a_folder_it_says_what_to_give():
    first, where = refused()
    assert first.startswith("newsreel accuracy: give a folder of annotated articles")
    assert "tests/gold/GUIDE.md" in where


def test_bad_input_is_told_with_its_file(folder):
    (folder / "bad.json").write_text("no")
    first, where = refused(folder)
    assert first.startswith(f"newsreel accuracy: {folder}/bad.json: is not JSON")
    assert "tests/gold/GUIDE.md" in where


def test_enriched_articles_of_another_text_or_of_others_are_refused(folder, lines, tmp_path):
    lines.write_bytes(made(text="?", title=None, body=(), entities=()).to_json())
    (text,) = refused(folder, "--enriched", lines)
    assert text.endswith("tiny: its text is not the one that was annotated; enrich that")
    written(tmp_path / "others", id="other")
    (others,) = refused(tmp_path / "others", "--enriched", lines)
    assert f"{lines}: no article of these folders is in it" in others
