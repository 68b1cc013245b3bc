from pathlib import Path

from services.producer.sources import Found, Received, Refusal, contents, files

LIMIT = 1000


def items(*paths: Path) -> list[str]:
    return [found.item for found in files(map(str, paths)) if isinstance(found, Found)]


def received(path: Path, limit: int = LIMIT) -> list[Received | Refusal]:
    return [
        each
        for found in files([str(path)])
        for each in ([found] if isinstance(found, Refusal) else contents(found, limit))
    ]


def test_a_folder_is_searched_through_in_order_and_other_files_are_passed(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.HTML", "sub/c.jsonl", "README.md", "d.v2.htm"):
        (tmp_path / name).write_text("{}")
    assert items(tmp_path) == ["a", "b", "d.v2", "sub/c"]
    assert items(tmp_path / "sub", tmp_path / "b.txt") == ["c", "b"]


def test_a_file_that_is_missing_or_of_another_kind_is_named(tmp_path: Path) -> None:
    for name in ("missing.txt", "picture.png"):
        (refusal,) = received(tmp_path / name)
        assert isinstance(refusal, Refusal)
        assert name in refusal.origin
        assert refusal.kind == "unreadable"


def test_bytes_come_as_they_are(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbfa\r\n\x80\x00"
    (tmp_path / "a.txt").write_bytes(content)
    assert [each.content for each in received(tmp_path) if isinstance(each, Received)] == [content]


def test_a_file_over_the_limit_is_refused_with_its_size(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * (LIMIT + 1))
    (refusal,) = received(tmp_path)
    assert isinstance(refusal, Refusal)
    assert refusal.kind == "refused"
    assert "1,001" in refusal.reason


def test_lines_are_named_by_number_and_empty_ones_are_passed(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\xef\xbb\xbf{1}\n\n \r\n{4}")
    lines = [each for each in received(tmp_path) if isinstance(each, Received)]
    assert [(line.item, line.content) for line in lines] == [("a:1", b"{1}\n"), ("a:4", b"{4}")]
    assert lines[1].origin == f"{tmp_path}/a.jsonl:4"


def test_a_line_too_long_to_hold_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"x" * (20 * LIMIT) + b"\n{}\n")
    refusal, line = received(tmp_path)
    assert isinstance(refusal, Refusal)
    assert refusal.kind == "refused"
    assert isinstance(line, Received)
    assert line.item == "a:2"


def test_a_name_that_is_not_unicode_still_makes_an_item(tmp_path: Path) -> None:
    Path(bytes(tmp_path).decode() + "/caf\udce9.txt").write_text("x")
    assert items(tmp_path) == ["caf\\xe9"]
