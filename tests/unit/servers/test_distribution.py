import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from services.servers.distribution import SOURCE, digest, parse_java, prepared


def test_the_digest_follows_the_content_not_the_folder(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / "pom.xml").write_text("8.19.21")
    before = digest([one / "pom.xml"])
    assert digest([other / "pom.xml"]) == before
    (other / "pom.xml").write_text("8.19.22")
    assert digest([other / "pom.xml"]) != before


def test_the_versions_are_pinned_where_the_real_servers_come_from():
    pom = (SOURCE / "pom.xml").read_text()
    assert "<version>4.3.0</version>" in pom
    assert "<version>8.19.21</version>" in pom


def test_java_says_its_home_and_version():
    printed = (
        "Property settings:\n"
        "    java.home = /usr/lib/jvm/java 17\n"
        "    java.specification.name = Java Platform API Specification\n"
        "    java.specification.version = 17\n"
    )
    assert parse_java(printed) == (Path("/usr/lib/jvm/java 17"), 17)


def test_java_8_called_itself_1_8():
    printed = "    java.home = /jre\n    java.specification.version = 1.8\n"
    assert parse_java(printed) == (Path("/jre"), 8)


def fill(part: Path) -> None:
    (part / "server").write_text("whole")


def interrupted(part: Path) -> None:
    (part / "server").write_text("ha")
    raise KeyboardInterrupt


def unused(part: Path) -> None:
    raise AssertionError(part)


def test_what_is_there_already_is_not_made_again(tmp_path):
    folder = prepared(tmp_path / "cache" / "1", fill)
    assert prepared(folder, unused) == folder
    assert (folder / "server").read_text() == "whole"


def test_an_interrupted_preparation_leaves_nothing_half_made(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        prepared(tmp_path / "1", interrupted)
    assert [file.name for file in tmp_path.iterdir()] == ["lock"]


def test_what_a_killed_preparation_left_is_cleared_by_the_next(tmp_path):
    (tmp_path / "part-of-it").mkdir()
    prepared(tmp_path / "1", fill)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["1", "lock"]


def test_two_preparations_at_once_make_it_once(tmp_path):
    made = []

    def slow(part: Path) -> None:
        made.append(part)
        time.sleep(0.2)
        fill(part)

    with ThreadPoolExecutor() as pool:
        both = [pool.submit(prepared, tmp_path / "1", slow) for _ in range(2)]
        assert [one.result() for one in both] == [tmp_path / "1"] * 2
    assert len(made) == 1
