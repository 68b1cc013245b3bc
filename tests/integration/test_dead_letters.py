import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from aiokafka import AIOKafkaConsumer, ConsumerRecord

from schemas.headers import Origin, Rejection, dead_letter_headers
from schemas.topics import ENRICHED, ENRICHED_DEAD_LETTERS, RAW, RAW_DEAD_LETTERS, TOPICS
from services.runtime.publisher import Publisher
from services.runtime.record import Record
from services.runtime.settings import Kafka
from tests.integration.topics import create

pytestmark = pytest.mark.kafka

NEWSREEL = "from services.cli.main import main; main()"
MALFORMED = b'{"text": "\xff\x00'
TRACE = (("ce_id", b"1"), ("traceparent", b"00-a-b-01"))


class Ended(NamedTuple):
    code: int | None
    stdout: bytes
    stderr: str

    @property
    def rows(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.stdout.splitlines()]


DeadLetters = Callable[..., Awaitable[Ended]]


def refused(prefix: str, original: Record, place: Origin, reason: str = "not_json") -> Record:
    """What a worker writes about a record that it can't process."""
    letters = RAW_DEAD_LETTERS if place.topic.endswith(RAW.name) else ENRICHED_DEAD_LETTERS
    why = Rejection(reason, "ValueError", "can't be read")
    headers = dead_letter_headers(original.headers, "enricher", why, place)
    return Record(prefix + letters.name, original.key, original.value, headers)


@pytest.fixture
async def publisher(kafka: str, prefix: str) -> AsyncIterator[Publisher]:
    topics = [topic.prefixed(prefix) for topic in TOPICS]
    await create(kafka, topics, partitions=2)
    async with Publisher(Kafka(bootstrap_servers=kafka), topics) as publisher:
        yield publisher


@pytest.fixture
async def letters(publisher: Publisher, prefix: str) -> list[str]:
    """Bytes that are no JSON, a null value, and a document that was rejected; their ids."""
    raw, enriched = prefix + RAW.name, prefix + ENRICHED.name
    originals = [
        (Record(raw, b"key", MALFORMED, TRACE), Origin(raw, 1, 7, 1000), "not_json"),
        (Record(raw, b"key", None), Origin(raw, 1, 8, 1000), "null_value"),
        (Record(enriched, None, b"{}"), Origin(enriched, 0, 9, 1000), "document_rejected"),
    ]
    delivered = [
        await publisher.send(refused(prefix, original, place, reason))
        for original, place, reason in originals
    ]
    return [f"{one.topic}-{one.partition}-{one.offset}" for one in delivered]


@pytest.fixture
def dead_letters(kafka: str, prefix: str) -> DeadLetters:
    async def run(*arguments: str | Path, stdin: int = DEVNULL) -> Ended:
        servers = ("--kafka.bootstrap-servers", kafka, "--kafka.prefix", prefix)
        command = (sys.executable, "-c", NEWSREEL, "dead-letters", *arguments, *servers)
        process = await asyncio.create_subprocess_exec(
            *command, stdin=stdin, stdout=PIPE, stderr=PIPE
        )
        try:
            stdout, stderr = await asyncio.wait_for(process.communicate(), 120)
        finally:
            if process.returncode is None:
                process.kill()
        return Ended(process.returncode, stdout, stderr.decode())

    return run


async def records(kafka: str, topic: str, count: int) -> list[ConsumerRecord]:
    """Wait for as many records of a topic."""
    found: list[ConsumerRecord] = []
    async with AIOKafkaConsumer(
        topic, bootstrap_servers=kafka, auto_offset_reset="earliest", enable_auto_commit=False
    ) as consumer:
        async with asyncio.timeout(60):
            while len(found) < count:
                batches = await consumer.getmany(timeout_ms=200)
                found += [record for batch in batches.values() for record in batch]
    return found


async def test_open_letters_are_listed_and_one_is_shown_to_the_byte(
    dead_letters: DeadLetters, letters: list[str], prefix: str
) -> None:
    listed = await dead_letters("list")
    rows = listed.stdout.decode().splitlines()[1:]
    assert sorted(row.split()[0] for row in rows) == sorted(letters)
    assert {row.split()[6] for row in rows} == {
        f"{prefix}news-raw-1-7",
        f"{prefix}news-raw-1-8",
        f"{prefix}news-enriched-0-9",
    }
    chosen = (await dead_letters("list", "--json", "--reason", "null_value")).rows
    assert [(row["id"], row["size"]) for row in chosen] == [(letters[1], None)]
    assert (await dead_letters("list", "--json", "--since", "9000-01-01")).stdout == b""
    assert (await dead_letters("show", letters[0], "--raw")).stdout == MALFORMED
    shown = (await dead_letters("show", letters[0])).stdout.decode()
    assert "traceparent: 00-a-b-01" in shown
    assert "7b 22 74 65 78 74" in shown


async def test_a_replayed_letter_is_byte_identical_and_counts_on_when_it_fails_again(
    dead_letters: DeadLetters, letters: list[str], publisher: Publisher, kafka: str, prefix: str
) -> None:
    foretold = await dead_letters("replay", letters[0], "--dry-run")
    assert (foretold.code, letters[0] in foretold.stdout.decode()) == (0, True)
    replayed = await dead_letters("replay", "--reason", "not_json")
    assert replayed.code == 0
    (record,) = await records(kafka, prefix + RAW.name, 1)
    assert (record.key, record.value, record.headers[:2]) == (b"key", MALFORMED, TRACE)
    assert dict(record.headers)["dlq_topic"] == (prefix + RAW.name).encode()
    assert letters[0] not in (await dead_letters("list")).stdout.decode()

    twice = await dead_letters("replay", letters[0])
    assert (twice.code, twice.stdout) == (1, b"")
    assert f"{letters[0]} was replayed by " in twice.stderr

    place = Origin(record.topic, record.partition, record.offset, record.timestamp)
    again = Record(record.topic, record.key, record.value, record.headers)
    await publisher.send(refused(prefix, again, place))
    rows = (await dead_letters("list", "--json", "--all", "--reason", "not_json")).rows
    states = {row["id"]: (row["tries"], row["resolution"] is None) for row in rows}
    assert states.pop(letters[0]) == (1, False)
    assert list(states.values()) == [(2, True)]


async def test_what_has_no_value_goes_back_repaired_or_stays(
    dead_letters: DeadLetters, letters: list[str], kafka: str, prefix: str, tmp_path: Path
) -> None:
    replayed = await dead_letters("replay", "--everything")
    assert replayed.code == 1
    assert f"{letters[1]} has no value to replay" in replayed.stderr
    assert [row["id"] for row in (await dead_letters("list", "--json")).rows] == [letters[1]]

    repaired = tmp_path / "repaired.json"
    repaired.write_bytes(b'{"mended": true}')
    assert (await dead_letters("replay", letters[1], "--file", repaired)).code == 0
    values = {record.value for record in await records(kafka, prefix + RAW.name, 2)}
    assert values == {MALFORMED, b'{"mended": true}'}
    assert (await dead_letters("list", "--json")).rows == []


async def test_nothing_is_dropped_without_yes_where_there_is_no_terminal(
    dead_letters: DeadLetters, letters: list[str]
) -> None:
    refusal = await dead_letters("drop", *letters[:2])
    assert refusal.code == 1
    assert "add --yes" in refusal.stderr
    assert len((await dead_letters("list", "--json")).rows) == 3

    assert (await dead_letters("drop", *letters[:2], "--yes")).code == 0
    assert [row["id"] for row in (await dead_letters("list", "--json")).rows] == letters[2:]


async def test_on_a_terminal_a_letter_is_dropped_after_two_answers(
    dead_letters: DeadLetters, letters: list[str]
) -> None:
    keyboard, terminal = os.openpty()
    try:
        os.write(keyboard, b"y\n2\n")
        miscounted = await dead_letters("drop", letters[0], stdin=terminal)
        os.write(keyboard, b"y\n1\n")
        dropped = await dead_letters("drop", letters[0], stdin=terminal)
    finally:
        os.close(keyboard)
        os.close(terminal)
    assert (miscounted.code, miscounted.stdout) == (1, b"")
    assert "nothing was dropped" in miscounted.stderr
    assert (dropped.code, dropped.stdout.decode()) == (0, f"{letters[0]} dropped\n")


@pytest.mark.usefixtures("letters")
async def test_an_unknown_letter_is_one_line(dead_letters: DeadLetters, prefix: str) -> None:
    unknown = await dead_letters("show", f"{prefix}news-raw-dlq-0-99")
    assert unknown.code == 1
    assert unknown.stderr.count("\n") == 1
    assert f"there is no letter {prefix}news-raw-dlq-0-99" in unknown.stderr


async def test_missing_topics_name_the_command(dead_letters: DeadLetters) -> None:
    missing = await dead_letters("list")
    assert missing.code == 1
    assert missing.stderr.count("\n") == 1
    assert "newsreel provision" in missing.stderr
