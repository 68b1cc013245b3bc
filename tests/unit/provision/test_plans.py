"""What provisioning wants, before any server is asked."""

from datetime import timedelta
from pathlib import Path

import pytest

from schemas.topics import RAW, TOPICS
from services.provision.command import DEPLOY, Provision
from services.provision.index import plan
from services.provision.kibana import shipped
from services.provision.topics import Standing, differing, kept_partitions
from services.runtime.settings import Kafka


def test_without_settings_the_topics_are_those_of_the_contract() -> None:
    assert Provision().topics == list(TOPICS)


def test_partitions_and_retention_are_of_the_keyed_topics_and_the_prefix_of_all() -> None:
    topics = Provision(kafka=Kafka(prefix="x-"), partitions=3, raw_retention_days=0.5).topics
    assert [topic.name for topic in topics] == ["x-" + topic.name for topic in TOPICS]
    assert [topic.partitions for topic in topics] == [3, 3, 1, 1, 1, 1]
    assert topics[0].retention == timedelta(hours=12)


def test_only_settings_that_differ_are_changed() -> None:
    there = {"retention.ms": "1", "cleanup.policy": "delete", "segment.ms": "5"}
    assert differing({"retention.ms": "2", "cleanup.policy": "delete"}, there) == {
        "retention.ms": "2"
    }


@pytest.mark.parametrize(("partitions", "why"), [(3, "--add-partitions"), (9, "cannot take")])
def test_another_number_of_partitions_stays_and_says_why(partitions: int, why: str) -> None:
    line = str(kept_partitions(RAW, Standing(partitions, {})))
    assert line.startswith(f"kept      topic news-raw: {partitions} partitions, not 6")
    assert why in line


def test_all_names_follow_the_read_alias() -> None:
    wanted = plan(DEPLOY / "elasticsearch", "mine", {})
    assert wanted.index["index_patterns"] == ["mine-*"]
    assert wanted.index["composed_of"] == ["mine-settings", "mine-mappings"]
    assert set(wanted.aliases) == {"mine", "mine-write"}
    patterns = {name: body["index_patterns"] for name, body in wanted.beside.items()}
    assert patterns == {
        "mine-stories": ["mine-stories-*"],
        "mine-operations": ["mine-operations-*"],
        "mine-dead-letters": ["mine-dead-letters-*"],
    }


def test_a_template_never_lets_a_write_create_an_index() -> None:
    wanted = plan(DEPLOY / "elasticsearch", "mine", {})
    assert [t["allow_auto_create"] for t in (wanted.index, *wanted.beside.values())] == [False] * 4


def test_index_settings_that_are_given_replace_the_shipped_ones() -> None:
    chosen = Provision(replicas=1).index_settings
    wanted = plan(DEPLOY / "elasticsearch", "mine", chosen)
    for one in (wanted.settings, *wanted.beside.values()):
        assert one["template"]["settings"]["index"] == {
            "number_of_shards": "1",
            "number_of_replicas": "1",
            "refresh_interval": "1s",
        }


def test_the_shipped_kibana_objects_and_settings_are_found() -> None:
    objects = shipped(DEPLOY / "kibana")
    assert objects.exports
    assert objects.settings is not None
    assert "defaultIndex" in objects.settings["changes"]


def test_a_missing_folder_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"newsreel provision: .*--deploy"):
        Provision(deploy=tmp_path).cli_cmd()
