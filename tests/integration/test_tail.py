import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from schemas.enriched_article import Entity, Mention
from schemas.raw_article import Source
from schemas.topics import ENRICHED
from services.runtime.publisher import Publisher
from services.runtime.record import Record
from services.runtime.settings import Kafka
from tests.builders import enriched_article

pytestmark = pytest.mark.kafka

NEWSREEL = "from services.cli.main import main; main()"


@pytest.fixture
async def topic(kafka: str, prefix: str) -> AsyncIterator[str]:
    """The enriched topic with two articles, one from a later release, and what is none."""
    topic = ENRICHED.prefixed(prefix)
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(topic.name, 1, 1, topic_configs=topic.config)])
        events = [enriched_article(source=Source(name="s", item=item)) for item in ("a", "b")]
        later = events[1].to_json()[:-1] + b',"added_later":1}'
        async with Publisher(Kafka(bootstrap_servers=kafka), [topic]) as publisher:
            for event, value in zip(
                [events[0], events[0], events[1]],
                [events[0].to_json(), b"{", later],
                strict=True,
            ):
                await publisher.send(Record(topic.name, str(event.article_id).encode(), value))
        yield topic.name
    finally:
        await admin.close()


async def tail(kafka: str, prefix: str, *arguments: str) -> Process:
    servers = ("--kafka.bootstrap-servers", kafka, "--kafka.prefix", prefix)
    command = (sys.executable, "-c", NEWSREEL, "tail", *arguments, *servers)
    return await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE)


async def ended(process: Process) -> tuple[int | None, str, str]:
    stdout, stderr = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode, stdout.decode(), stderr.decode()


async def test_each_article_is_a_line_and_what_is_unreadable_is_told_apart(
    kafka: str, prefix: str, topic: str
) -> None:
    process = await tail(kafka, prefix, "--from", "beginning", "--max", "2")
    code, stdout, stderr = await ended(process)
    assert code == 0
    assert stdout.count("Kyiv receives air defence") == stdout.count("\n") == 2
    assert f"{topic}-0-1" in stderr
    assert "not_json" in stderr


@pytest.mark.usefixtures("topic")
async def test_json_lines_are_the_events_without_unknown_fields(kafka: str, prefix: str) -> None:
    process = await tail(kafka, prefix, "--from", "beginning", "--json", "--max", "2")
    _, stdout, _ = await ended(process)
    events = [json.loads(line) for line in stdout.splitlines()]
    assert [event["source"]["item"] for event in events] == ["a", "b"]
    assert "added_later" not in events[1]


async def test_what_has_not_all_that_is_asked_for_is_left_out(
    kafka: str, prefix: str, topic: str
) -> None:
    nato = Entity(name="NATO", type="ORG", mentions=(Mention(start=0, end=1, text="K"),))
    event = enriched_article(source=Source(name="s", item="c"), entities=(nato,))
    async with Publisher(Kafka(bootstrap_servers=kafka), [ENRICHED.prefixed(prefix)]) as publisher:
        await publisher.send(Record(topic, str(event.article_id).encode(), event.to_json()))
    wanted = ("--organization", "nato", "--kind", "money")
    process = await tail(kafka, prefix, "--from-beginning", "--json", "--max", "1", *wanted)
    _, stdout, _ = await ended(process)
    assert [json.loads(line)["source"]["item"] for line in stdout.splitlines()] == ["c"]


async def test_since_starts_at_what_was_sent_since_then(
    kafka: str, prefix: str, topic: str
) -> None:
    async with Publisher(Kafka(bootstrap_servers=kafka), [ENRICHED.prefixed(prefix)]) as publisher:
        await asyncio.sleep(1.1)
        since = datetime.now(UTC)
        for item, enriched_at in (("late", since - timedelta(hours=1)), ("new", since)):
            event = enriched_article(source=Source(name="s", item=item))
            made = event.enrichment.model_copy(update={"enriched_at": enriched_at})
            value = event.model_copy(update={"enrichment": made}).to_json()
            await publisher.send(Record(topic, str(event.article_id).encode(), value))
    arguments = ("--since", since.isoformat(), "--json", "--max", "1")
    code, stdout, stderr = await ended(await tail(kafka, prefix, *arguments))
    assert code == 0
    assert [json.loads(line)["source"]["item"] for line in stdout.splitlines()] == ["new"]
    assert "not_json" not in stderr  # that record was sent before


@pytest.mark.usefixtures("topic")
async def test_a_named_group_goes_on_where_it_stopped(kafka: str, prefix: str) -> None:
    arguments = ("--from", "beginning", "--json", "--max", "1", "--group", "readers")
    items = []
    for _ in range(2):
        _, stdout, _ = await ended(await tail(kafka, prefix, *arguments))
        items.append(json.loads(stdout)["source"]["item"])
    assert items == ["a", "b"]


@pytest.mark.usefixtures("topic")
async def test_ctrl_c_ends_it_cleanly(kafka: str, prefix: str) -> None:
    process = await tail(kafka, prefix, "--from", "beginning")
    assert process.stdout
    await asyncio.wait_for(process.stdout.readline(), 60)
    process.send_signal(signal.SIGINT)
    code, _, stderr = await ended(process)
    assert code == 0
    assert "Traceback" not in stderr


async def test_a_missing_topic_names_the_command(kafka: str, prefix: str) -> None:
    code, _, stderr = await ended(await tail(kafka, prefix))
    assert code == 1
    assert "newsreel provision" in stderr
