import pytest

from services.accuracy.annotations import UnusableError
from services.accuracy.reading import (
    FORMAT,
    MOST_LINES,
    enriched_articles,
    gold_articles,
    gold_sets,
)
from tests.unit.accuracy.gold import ACME, PUMPS, TEXT, gold, made, written


def refused(folder):
    with pytest.raises(UnusableError) as refusal:
        gold_articles(folder)
    return [line.removeprefix(f"{folder}/") for line in refusal.value.lines]


def test_a_gold_file_is_read(tmp_path):
    written(tmp_path)
    assert gold_articles(tmp_path) == (gold(),)


def test_a_text_may_stand_beside_the_annotations(tmp_path):
    written(tmp_path, text=None)
    assert refused(tmp_path) == [
        "tiny.json: text is missing, and there is no tiny.txt beside it",
    ]
    (tmp_path / "tiny.txt").write_bytes(TEXT.encode())
    assert gold_articles(tmp_path) == (gold(),)


def test_two_texts_that_differ_are_refused(tmp_path):
    written(tmp_path)
    (tmp_path / "tiny.txt").write_bytes(TEXT.encode())
    assert gold_articles(tmp_path) == (gold(),)
    (tmp_path / "tiny.txt").write_bytes(TEXT.encode() + b"!")
    assert refused(tmp_path) == [
        "tiny.json: its text is not that of tiny.txt; leave one of them out",
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{", "is not JSON: EOF while parsing an object at line 1 column 1"),
        (b"\xff", "is not JSON: expected value at line 1 column 1"),
        (b"[" * 9999, "is not JSON: recursion limit exceeded at line 1 column 202"),
        (b"[]", "has to be one JSON object, the annotations of one article"),
    ],
)
def test_a_file_that_is_no_json_object_is_refused(tmp_path, content, why):
    (tmp_path / "tiny.json").write_bytes(content)
    assert refused(tmp_path) == [f"tiny.json: {why}"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"numbers": None}, "numbers is missing"),
        ({"entities": [{**ACME, "type": "FIRM"}]}, "entities[0].type: Input should be 'PERSON',"),
        ({"numbers": [{**PUMPS, "kind": "amount"}]}, "numbers[0].kind: Input should be 'count',"),
        ({"entities": [{**ACME, "end": 19}]}, "entities[0] 'Acme' is not what stands at 0:19"),
    ],
)
def test_annotations_that_break_the_format_are_refused(tmp_path, changes, why):
    written(tmp_path, **changes)
    (line,) = refused(tmp_path)
    assert line.startswith(f"tiny.json: {why}")


def test_all_that_is_wrong_is_told_at_once(tmp_path):
    written(tmp_path, entities=[{"start": 0, "end": 4}], pub_date=[])
    (tmp_path / "other.json").write_text("")
    assert refused(tmp_path) == [
        "other.json: is not JSON: EOF while parsing a value at line 1 column 0",
        "tiny.json: pub_date: Input should be a valid string, not []",
        "tiny.json: entities[0].surface is missing",
        "tiny.json: entities[0].type is missing",
        "tiny.json: entities[0].canonical is missing",
    ]


def test_the_id_is_the_name_of_the_file(tmp_path):
    written(tmp_path).rename(tmp_path / "renamed.json")
    assert refused(tmp_path) == [
        "renamed.json: id is 'tiny'; it has to be the file's name, 'renamed'",
    ]


def test_a_folder_without_annotations_is_refused(tmp_path):
    assert refused(tmp_path) == [
        f"{tmp_path}: there is no *.json in it; each is one annotated article"
    ]
    assert refused(tmp_path / "none") == [f"{tmp_path}/none: there is no such folder"]
    path = written(tmp_path)
    assert refused(path) == [f"{path}: give the folder, not a file in it"]


def test_folders_of_one_name_are_told_apart_by_their_paths(tmp_path):
    folders = [tmp_path / "a" / "gold", tmp_path / "b" / "gold", tmp_path / "mine"]
    for folder in folders:
        folder.mkdir(parents=True)
        written(folder)
    heads = [gold.head for gold in gold_sets(folders)]
    assert heads == [str(folders[0]), str(folders[1]), "mine"]


def test_of_many_problems_the_first_are_told(tmp_path):
    for number in range(MOST_LINES + 5):
        (tmp_path / f"{number}.json").write_text("[]")
    with pytest.raises(UnusableError) as refusal:
        gold_sets([tmp_path])
    assert refusal.value.lines[MOST_LINES:] == ("and 5 more", FORMAT)


def test_enriched_articles_are_read_from_json_lines(tmp_path):
    path = tmp_path / "enriched.jsonl"
    path.write_bytes(made().to_json() + b"\n\n")
    assert enriched_articles(path) == [made()]


def test_a_line_that_is_no_enriched_article_is_refused(tmp_path):
    path = tmp_path / "enriched.jsonl"
    path.write_bytes(made().to_json() + b"\n{}\n")
    with pytest.raises(UnusableError, match=r"enriched.jsonl:2: not an enriched article as .* is"):
        enriched_articles(path)
    with pytest.raises(UnusableError, match="none: No such file or directory"):
        enriched_articles(tmp_path / "none")
