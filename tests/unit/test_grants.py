"""What deploy/ grants in Kafka and Elasticsearch, as far as it can be judged without them."""

import json
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from schemas.topics import ENRICHER_GROUP, INDEXER_GROUP, TOPICS
from services.runtime.settings import Elasticsearch

DEPLOY = Path(__file__).parents[2] / "deploy"


def granted(prefix: str = "") -> list[str]:
    """Return the commands that grant prints."""
    printed = subprocess.run(
        [DEPLOY / "kafka" / "grant", prefix], capture_output=True, text=True, check=True
    ).stdout
    first, *commands = printed.splitlines()
    assert first == "set -e"  # a command that fails is the last
    return commands


def test_every_topic_and_group_is_named() -> None:
    words = {word for command in granted() for word in command.split()}
    assert words >= {topic.name for topic in TOPICS} | {ENRICHER_GROUP, INDEXER_GROUP}


def test_an_installations_prefix_is_put_before_users_topics_and_groups() -> None:
    (command,) = (one for one in granted("staging-") if "newsreel-producer" in one)
    assert command == (
        'kafka-acls.sh "$@" --add --allow-principal User:staging-newsreel-producer '
        "--operation Write --resource-pattern-type literal --topic staging-news-raw </dev/null"
    )


def test_a_prefix_that_a_shell_would_read_is_refused() -> None:
    words = [DEPLOY / "kafka" / "grant", "a;b"]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")


def test_nobody_may_do_everything() -> None:
    operations = defaultdict(set)
    for line in (DEPLOY / "kafka" / "acls.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            user, given, _, name = line.split()
            operations[user].update(given.split(","))
            assert name != "*"
    assert not {"All", "Delete", "ClusterAction"} & set().union(*operations.values())
    readers = {user for user, given in operations.items() if "Read" in given}
    assert readers.isdisjoint({"newsreel-producer", "newsreel-provision"})


@pytest.mark.parametrize("file", sorted((DEPLOY / "elasticsearch" / "api-keys").glob("*.json")))
def test_an_api_key_reaches_our_own_indices_only(file: Path) -> None:
    (role,) = json.loads(file.read_text(encoding="utf-8"))["role_descriptors"].values()
    names = {name for entry in role["indices"] for name in entry["names"]}
    ours = (Elasticsearch().articles, *Elasticsearch().beside)
    assert names <= {name + end for name in ours for end in ("", "*")}
