from pathlib import Path

from services.servers.distribution import SOURCE, digest, parse_java


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
