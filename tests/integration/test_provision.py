"""Provisioning on the real servers, with the templates that ship."""

import asyncio
import json
import shutil
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import MessageSizeTooLargeError
from elasticsearch import Elasticsearch

from schemas.topics import RAW, TOPICS
from services.provision.command import DEPLOY, Provision
from services.provision.topics import Standing
from services.runtime import settings
from tests.topics import read

pytestmark = [pytest.mark.kafka, pytest.mark.elasticsearch]

Run = Callable[..., list[str]]


@pytest.fixture
def provision(
    kafka: str, elasticsearch_url: str, prefix: str, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run the command with changed settings and return the lines it prints."""

    def run(**changes: Any) -> list[str]:
        capsys.readouterr()
        given = {
            "kafka": settings.Kafka(bootstrap_servers=kafka, prefix=prefix),
            "elasticsearch": settings.Elasticsearch(
                url=elasticsearch_url, articles=f"{prefix}news"
            ),
            "wait": 30.0,
        }
        Provision(**(given | changes)).cli_cmd()
        return capsys.readouterr().out.splitlines()

    return run


@pytest.fixture
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch_url) as client:
        yield client


@pytest.fixture
def index(prefix: str) -> str:
    return f"{prefix}news-000001"


@pytest.fixture
def deploy(tmp_path: Path) -> Path:
    """A copy of the shipped folder that a test may change."""
    return Path(shutil.copytree(DEPLOY, tmp_path / "deploy"))


def remap(
    deploy: Path,
    change: Callable[[dict[str, Any]], object],
    name: str = "news-articles-mappings",
) -> None:
    """Change the fields that the next run wants."""
    file = deploy / "elasticsearch" / f"{name}.json"
    body = json.loads(file.read_text(encoding="utf-8"))
    change(body["template"]["mappings"]["properties"])
    file.write_text(json.dumps(body), encoding="utf-8")


def states(lines: list[str]) -> set[str]:
    return {line.split()[0] for line in lines}


def on_broker(kafka: str, ask: Callable[[AIOKafkaAdminClient], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
        await admin.start()
        try:
            return await ask(admin)
        finally:
            await admin.close()

    return asyncio.run(run())


def standing(kafka: str, name: str) -> Standing:
    """Ask the broker for a topic, all settings included, a default or not."""

    async def ask(admin: AIOKafkaAdminClient) -> Standing:
        (topic,) = await admin.describe_topics([name])
        resource = ConfigResource(ConfigResourceType.TOPIC, name)
        (response,) = await admin.describe_configs([resource])
        entries = response.to_object()["resources"][0]["config_entries"]
        config = {entry["config_names"]: entry["config_value"] for entry in entries}
        return Standing(len(topic["partitions"]), config)

    found: Standing = on_broker(kafka, ask)
    return found


def test_a_second_run_changes_nothing(provision: Run) -> None:
    assert states(provision()) == {"created"}
    assert states(provision()) == {"unchanged"}


def test_topics_get_their_partitions_and_settings(provision: Run, kafka: str, prefix: str) -> None:
    provision()
    for topic in TOPICS:
        found = standing(kafka, prefix + topic.name)
        assert found.partitions == topic.partitions
        assert found.config.items() >= topic.config.items()


def test_what_unpacks_to_more_than_a_topic_takes_is_refused_by_the_broker(
    provision: Run, kafka: str, prefix: str
) -> None:
    """5 kB of gzip can be 5 MB, and a consumer unpacks whatever it gets."""
    provision()
    name = prefix + RAW.name

    async def packed(size: int) -> None:
        producer = AIOKafkaProducer(
            bootstrap_servers=kafka,
            compression_type="gzip",
            max_request_size=10_000_000,
            max_batch_size=10_000_000,
        )
        async with producer:
            await producer.send_and_wait(name, b"0" * size, key=b"k")

    with pytest.raises(MessageSizeTooLargeError):
        asyncio.run(packed(5_000_000))
    asyncio.run(packed(900_000))
    [record] = asyncio.run(read(kafka, name))
    assert record.value == b"0" * 900_000


def test_a_changed_setting_is_altered_and_an_operators_own_is_left(
    provision: Run, kafka: str, prefix: str
) -> None:
    provision()
    name = prefix + RAW.name
    by_hand = ConfigResource(
        ConfigResourceType.TOPIC, name, configs=RAW.config | {"segment.ms": "123456"}
    )
    on_broker(kafka, lambda admin: admin.alter_configs([by_hand]))
    lines = provision(raw_retention_days=1)
    assert f"changed   topic {name}: retention.ms=86400000" in lines
    config = standing(kafka, name).config
    assert (config["retention.ms"], config["segment.ms"]) == ("86400000", "123456")
    assert config["max.message.bytes"] == "1000000"


def test_partitions_are_added_only_when_asked_for(provision: Run, kafka: str, prefix: str) -> None:
    name = prefix + RAW.name
    provision(partitions=2)
    kept = [line for line in provision(partitions=3) if line.startswith("kept")]
    assert kept[0].startswith(f"kept      topic {name}: 2 partitions, not 3")
    assert standing(kafka, name).partitions == 2
    lines = provision(partitions=3, add_partitions=True)
    assert f"changed   topic {name}: 3 partitions, before 2" in lines
    assert standing(kafka, name).partitions == 3
    assert "kept" in states(provision(partitions=2, add_partitions=True))
    assert standing(kafka, name).partitions == 3


def test_the_live_mapping_is_the_shipped_one(
    provision: Run, client: Elasticsearch, index: str
) -> None:
    provision()
    shipped = json.loads(
        (DEPLOY / "elasticsearch" / "news-articles-mappings.json").read_text(encoding="utf-8")
    )
    live = client.indices.get_mapping(index=index)[index]["mappings"]
    assert live == shipped["template"]["mappings"]


def test_new_fields_parts_and_multi_fields_are_added_to_a_live_mapping(
    provision: Run, client: Elasticsearch, index: str, deploy: Path
) -> None:
    provision(deploy=deploy)

    def grow(properties: dict[str, Any]) -> None:
        properties["mood"] = {"type": "keyword"}
        properties["numbers"]["properties"]["rank"] = {"type": "integer"}
        properties["title"]["fields"]["exact"] = {"type": "text"}

    remap(deploy, grow)
    lines = provision(deploy=deploy)
    changed = next(line for line in lines if line.startswith(f"changed   index {index}"))
    assert set(changed.split("new fields ")[1].split(", ")) == {
        "mood",
        "numbers.rank",
        "title.exact",
    }
    live = client.indices.get_mapping(index=index)[index]["mappings"]["properties"]
    assert live["mood"] == {"type": "keyword"}
    assert live["numbers"]["properties"]["rank"] == {"type": "integer"}
    assert set(live["title"]["fields"]) == {"keyword", "exact"}
    assert states(provision(deploy=deploy)) == {"unchanged"}


BESIDE = ("stories", "operations", "dead-letters")


@pytest.mark.parametrize("name", BESIDE)
def test_an_index_beside_the_articles_gets_new_fields_too(
    provision: Run, client: Elasticsearch, prefix: str, deploy: Path, name: str
) -> None:
    provision(deploy=deploy)
    index = f"{prefix}news-{name}-000001"
    client.index(index=index, document={}, refresh=True)
    remap(deploy, lambda fields: fields.update(mood={"type": "keyword"}), f"news-{name}")
    assert f"changed   index {index}: new fields mood" in provision(deploy=deploy)
    live = client.indices.get_mapping(index=index)[index]["mappings"]
    assert live["properties"]["mood"] == {"type": "keyword"}
    assert client.count(index=f"{prefix}news-{name}")["count"] == 1
    assert states(provision(deploy=deploy)) == {"unchanged"}


@pytest.mark.parametrize("name", BESIDE)
def test_an_index_beside_the_articles_keeps_its_fields_and_nothing_else_is_changed_then(
    provision: Run, client: Elasticsearch, prefix: str, deploy: Path, name: str
) -> None:
    provision(deploy=deploy)
    remap(deploy, lambda fields: fields.update(mood={"type": "keyword"}))
    remap(deploy, lambda fields: fields.popitem(), f"news-{name}")
    with pytest.raises(SystemExit, match=r"news-.*-000001 cannot be changed: .* no longer wanted"):
        provision(deploy=deploy)
    index = f"{prefix}news-000001"
    assert "mood" not in client.indices.get_mapping(index=index)[index]["mappings"]["properties"]


def test_the_alias_of_an_index_beside_the_articles_comes_back(
    provision: Run, client: Elasticsearch, prefix: str
) -> None:
    provision()
    alias, index = f"{prefix}news-stories", f"{prefix}news-stories-000001"
    client.indices.delete_alias(index=index, name=alias)
    assert f"created   alias {alias}" in provision()
    behind = client.indices.get_alias(name=alias)[index]["aliases"]
    assert behind == {alias: {"is_write_index": True}}


CHANGES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a type": (
        lambda properties: properties["word_count"].update(type="long"),
        "word_count is type=integer, wanted type=long",
    ),
    "a part's type": (
        lambda properties: properties["numbers"]["properties"]["value"].update(type="float"),
        "numbers.value is type=double, wanted type=float",
    ),
    "a removed field": (
        lambda properties: properties.pop("speakers"),
        "speakers is mapped and no longer wanted",
    ),
    "a removed multi-field": (
        lambda properties: properties["title"].pop("fields"),
        "title.keyword is mapped and no longer wanted",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_elasticsearch_cannot_undo_is_refused_by_name_and_nothing_changes(
    provision: Run, client: Elasticsearch, prefix: str, deploy: Path, change: str
) -> None:
    provision(deploy=deploy)
    template = f"{prefix}news-mappings"
    before = client.cluster.get_component_template(name=template).body
    edit, message = CHANGES[change]
    remap(deploy, edit)
    with pytest.raises(SystemExit, match=message):
        provision(deploy=deploy)
    assert client.cluster.get_component_template(name=template).body == before


def test_aliases_that_somebody_removed_come_back(
    provision: Run, client: Elasticsearch, prefix: str, index: str
) -> None:
    provision()
    client.indices.delete_alias(index=index, name=[f"{prefix}news", f"{prefix}news-write"])
    assert f"created   alias {prefix}news-write" in provision()
    aliases = client.indices.get_alias(index=index)[index]["aliases"]
    assert aliases == {
        f"{prefix}news": {"filter": {"term": {"status": "usable"}}},
        f"{prefix}news-write": {"is_write_index": True},
    }


def test_a_read_alias_without_its_filter_gets_it_back(
    provision: Run, client: Elasticsearch, prefix: str, index: str
) -> None:
    provision()
    client.indices.put_alias(index=index, name=f"{prefix}news")
    assert f"changed   alias {prefix}news" in provision()
    alias = client.indices.get_alias(index=index)[index]["aliases"][f"{prefix}news"]
    assert alias == {"filter": {"term": {"status": "usable"}}}


def test_an_index_where_an_alias_must_be_is_refused(
    provision: Run, client: Elasticsearch, prefix: str
) -> None:
    client.indices.create(index=f"{prefix}news")
    with pytest.raises(SystemExit, match=f"{prefix}news is an index and must be an alias"):
        provision()


def test_settings_that_are_asked_for_reach_the_live_index(
    provision: Run, client: Elasticsearch, index: str
) -> None:
    provision()
    lines = provision(refresh_interval="5s", shards=2)
    assert f"changed   index {index}: refresh_interval=5s" in lines
    assert f"kept      index {index}: 1 shards, not 2: only a new index can have more" in lines
    there = client.indices.get_settings(index=index)[index]["settings"]["index"]
    assert (there["refresh_interval"], there["number_of_shards"]) == ("5s", "1")


def test_no_write_creates_an_index_of_ours_even_where_the_cluster_allows_it(
    provision: Run, client: Elasticsearch, prefix: str
) -> None:
    provision()
    client.cluster.put_settings(persistent={"action.auto_create_index": "true"})
    try:
        name = f"{prefix}news-000002"
        answer = client.options(ignore_status=404).index(index=name, document={"status": "usable"})
        assert answer["status"] == 404
        assert not client.indices.exists(index=name)
    finally:
        client.cluster.put_settings(persistent={"action.auto_create_index": None})


def test_english_stems_folded_letters_and_no_stop_words(
    provision: Run, client: Elasticsearch, index: str
) -> None:
    provision()
    answer = client.indices.analyze(index=index, field="body", text="The café’s Zürich grants")
    assert [token["token"] for token in answer["tokens"]] == ["cafe", "zurich", "grant"]


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("Air defences, offences and a licence", "air defenses, offenses and a license"),
        ("Neighbours' behaviour dishonoured Labour", "neighbors' behavior dishonored labor"),
        ("kilometres from the town centre", "kilometers from the town center"),
        ("organisations criticised privatisation", "organizations criticized privatization"),
        ("analysing paralysed travellers", "analyzing paralyzed travelers"),
        ("a cancelled programme for paediatricians", "a canceled program for pediatricians"),
    ],
)
def test_british_and_american_spellings_are_the_same_words(
    provision: Run, client: Elasticsearch, index: str, british: str, american: str
) -> None:
    provision()
    ours, theirs = (
        [
            token["token"]
            for token in client.indices.analyze(index=index, field="body", text=text)["tokens"]
        ]
        for text in (british, american)
    )
    assert ours == theirs


def test_words_that_only_look_british_stay(
    provision: Run, client: Elasticsearch, index: str
) -> None:
    provision()
    text = "four hours tour, premises exercise, literature, precedence, rolled, organism"
    answer = client.indices.analyze(index=index, field="body", text=text)
    tokens = [token["token"] for token in answer["tokens"]]
    stems = ["four", "hour", "tour", "premis", "exercis", "literatur", "preced", "roll", "organ"]
    assert [token.removesuffix("ism") for token in tokens] == stems
