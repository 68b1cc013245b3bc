"""Who gets into Kafka, to do what, and what those hear who do not."""

import asyncio
import gc
import warnings
from collections.abc import Callable

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import ClusterAuthorizationFailedError, TopicAuthorizationFailedError

from schemas.topics import ENRICHED, ENRICHED_DEAD_LETTERS, RAW, RAW_DEAD_LETTERS, RESOLUTIONS
from services.cli.main import run
from services.runtime.kafka import options
from services.runtime.record import MissingTopic
from tests.security.installation import Installation, variables

pytestmark = [pytest.mark.kafka, pytest.mark.elasticsearch]

COMMANDS = (
    *("replay seeds", "enricher", "indexer", "monitor"),
    *("tail", "dead-letters list", "provision"),
)
FORBIDDEN = (TopicAuthorizationFailedError, ClusterAuthorizationFailedError, MissingTopic)
"""Who may write nowhere gets no number as a producer from the cluster."""
GUESSED = "guessed"
PARTITIONED = {RAW.name, ENRICHED.name}
Told = Callable[..., str]


@pytest.fixture
def told(
    installation: Installation,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Told:
    """Run a command with one setting changed, and return the line that it ends with."""

    def told(command: str, **changes: object) -> str:
        login = installation.kafka.login("enricher", **changes)
        for name, value in {**variables("KAFKA", login), "NEWSREEL_HEALTH__PORT": "0"}.items():
            monkeypatch.setenv(name, value)
        with warnings.catch_warnings():
            # aiokafka does not wait until a connection that was refused is closed.
            warnings.simplefilter("ignore", ResourceWarning)
            line = last_line(command.split())
            gc.collect()
        assert "\n" not in line
        assert login.password.get_secret_value() not in capsys.readouterr().err + line
        return line

    return told


def last_line(words: list[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        run(words[0], words[1:])
    return str(ended.value)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_password_ends_every_command_with_one_line(told: Told, command: str) -> None:
    line = told(command, password=GUESSED)
    assert line.startswith("newsreel")
    assert "refuses user sec-newsreel-enricher ([Error 58] SaslAuthenticationFailed" in line


@pytest.mark.parametrize("command", COMMANDS)
def test_an_unknown_authority_ends_every_command_with_one_line(
    told: Told, installation: Installation, command: str
) -> None:
    line = told(command, ca_file=installation.kafka.authority.stranger)
    assert "is not to be trusted (unable to get local issuer certificate)" in line


@pytest.mark.parametrize("command", COMMANDS)
def test_a_certificate_for_another_host_ends_every_command_with_one_line(
    told: Told, installation: Installation, command: str
) -> None:
    line = told(command, bootstrap_servers=f"localhost:{installation.kafka.port}")
    assert "is not to be trusted (Hostname mismatch, certificate is not valid for 'loc" in line


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("replay seeds", "TopicAuthorizationFailedError: sec-news-raw"),
        ("indexer", "Kafka shows us no topic sec-news-enriched-dlq"),
        ("monitor", "Kafka shows us no topic sec-news-dlq-resolutions, sec-news-enriched-dlq"),
        ("tail --group mine", "GroupAuthorizationFailedError: sec-mine"),
        ("dead-letters list", "Kafka shows us no topic sec-news-dlq-resolutions"),
        ("provision", "TopicAuthorizationFailed"),
    ],
)
def test_who_may_not_is_told_what_in_one_line(told: Told, command: str, words: str) -> None:
    """The user is the enricher's."""
    assert words in told(command)


@pytest.mark.parametrize(
    ("user", "topic"),
    [
        ("producer", ENRICHED),
        ("enricher", RAW),
        ("indexer", ENRICHED),
        ("indexer", RAW_DEAD_LETTERS),
        ("monitor", RAW_DEAD_LETTERS),
        ("monitor", RESOLUTIONS),
        ("consumer", ENRICHED),
        ("operator", RAW_DEAD_LETTERS),
        ("provision", RAW),
    ],
    ids=lambda named: getattr(named, "name", named),
)
def test_nobody_writes_where_it_is_not_their_part(installation, user, topic) -> None:
    with pytest.raises(FORBIDDEN):
        installation.send(user, topic.name, b"key", b"{}")
    assert all(record.key != b"key" for record in installation.records(topic.name))


@pytest.mark.parametrize(
    ("user", "topic"),
    [
        ("producer", RAW),
        ("enricher", ENRICHED),
        ("enricher", RAW_DEAD_LETTERS),
        ("indexer", RAW),
        ("indexer", ENRICHED_DEAD_LETTERS),
        ("monitor", RAW),
        ("monitor", ENRICHED),
        ("consumer", RAW),
        ("consumer", RESOLUTIONS),
        ("operator", RAW),
        ("provision", ENRICHED),
    ],
    ids=lambda named: getattr(named, "name", named),
)
def test_nobody_reads_what_is_not_their_part(installation, user, topic) -> None:
    assert not asyncio.run(reads(installation, user, topic.name))


def test_who_may_read_reads(installation) -> None:
    """The check above finds what it looks for."""
    installation.publish("readable")
    assert asyncio.run(reads(installation, "consumer", ENRICHED.name))


async def reads(installation: Installation, user: str, topic: str) -> bool:
    """Tell whether the user gets a record; a topic that it can't see has none for it."""
    async with AIOKafkaConsumer(
        **options(installation.kafka.login(user)), auto_offset_reset="earliest"
    ) as consumer:
        name = installation.topic(topic)
        if name not in await consumer.topics():
            return False
        partitions = 2 if topic in PARTITIONED else 1
        consumer.assign([TopicPartition(name, number) for number in range(partitions)])
        try:
            await asyncio.wait_for(consumer.getone(), 30)
        except TopicAuthorizationFailedError:
            return False
        return True
