"""What each API key that we ship may do, and what it may not."""

from collections.abc import Callable, Iterator

import pytest
from elasticsearch import AuthorizationException, Elasticsearch
from pydantic import SecretStr

from services.cli.main import run
from services.runtime.settings import Elasticsearch as Login
from tests.security.installation import Installation, variables

pytestmark = [pytest.mark.kafka, pytest.mark.elasticsearch]

INDEX = "news-articles-000001"
Act = Callable[[Elasticsearch], object]

FORBIDDEN: dict[str, tuple[str, Act]] = {
    "the writer reads articles": ("indexer", lambda es: es.search(index="news-articles")),
    "the writer reads another index": ("indexer", lambda es: es.search(index="other")),
    "the writer writes to another index": (
        "indexer",
        lambda es: es.index(index="other", document={}),
    ),
    "the writer creates an index": (
        "indexer",
        lambda es: es.indices.create(index="news-articles-9"),
    ),
    "the writer deletes the index": ("indexer", lambda es: es.indices.delete(index=INDEX)),
    "the writer changes the mapping": (
        "indexer",
        lambda es: es.indices.put_mapping(index=INDEX, properties={"a": {"type": "long"}}),
    ),
    "the writer creates a template": (
        "indexer",
        lambda es: es.indices.put_index_template(name="x", index_patterns=["x-*"]),
    ),
    "the writer creates a key": (
        "indexer",
        lambda es: es.security.create_api_key(name="x", role_descriptors={"a": {}}),
    ),
    "the writer writes what the monitor shows": (
        "indexer",
        lambda es: es.index(index="news-dead-letters", id="a", document={}),
    ),
    "the monitor writes articles": (
        "monitor",
        lambda es: es.index(index="news-articles-write", id="a", document={}),
    ),
    "the monitor reads articles": ("monitor", lambda es: es.search(index="news-articles")),
    "the monitor reads dead letters": ("monitor", lambda es: es.search(index="news-dead-letters")),
    "the monitor deletes": ("monitor", lambda es: es.delete(index="news-dead-letters", id="a")),
    "the monitor creates an index": (
        "monitor",
        lambda es: es.indices.create(index="news-operations-9"),
    ),
    "the reader reads dead letters": (
        "consumer",
        lambda es: es.search(index="news-dead-letters"),
    ),
    "the reader writes": (
        "consumer",
        lambda es: es.index(index="news-articles-write", id="a", document={}),
    ),
    "the reader deletes": ("consumer", lambda es: es.delete(index=INDEX, id="a")),
    "the reader sees what was withdrawn": ("consumer", lambda es: es.search(index=INDEX)),
    "the reader reads another index": ("consumer", lambda es: es.search(index="other")),
    "provisioning reads articles": ("provision", lambda es: es.search(index="news-articles")),
    "provisioning writes articles": (
        "provision",
        lambda es: es.index(index="news-articles-write", id="a", document={}),
    ),
    "provisioning deletes the index": ("provision", lambda es: es.indices.delete(index=INDEX)),
    "provisioning creates another index": (
        "provision",
        lambda es: es.indices.create(index="other-2"),
    ),
    "provisioning changes the cluster": (
        "provision",
        lambda es: es.cluster.put_settings(persistent={"action.auto_create_index": "true"}),
    ),
}


@pytest.fixture(scope="module", autouse=True)
def _other(installation: Installation) -> None:
    """An index that is none of our business."""
    with installation.elasticsearch.client() as client:
        client.indices.create(index="other")


@pytest.fixture
def writer(installation: Installation) -> Iterator[Elasticsearch]:
    with installation.elasticsearch.client(installation.keys["indexer"].login) as client:
        yield client


@pytest.mark.parametrize("what", FORBIDDEN)
def test_it_is_forbidden_that(installation: Installation, what: str) -> None:
    user, act = FORBIDDEN[what]
    with (
        installation.elasticsearch.client(installation.keys[user].login) as client,
        pytest.raises(AuthorizationException),
    ):
        act(client)


def test_the_writer_indexes_corrects_and_deletes_through_the_alias(writer: Elasticsearch) -> None:
    def bulk(version: int, action: str = "index") -> int:
        to = {"_id": "a", "version": version, "version_type": "external_gte", "require_alias": True}
        document = [{"article_id": "a", "version": version, "status": "usable"}]
        lines = [{action: to}] + (document if action == "index" else [])
        answer = writer.bulk(index="news-articles-write", operations=lines)
        return answer["items"][0][action]["status"]

    assert [bulk(2), bulk(3), bulk(2)] == [201, 200, 409]
    assert bulk(4, "delete") == 200


def test_provisioning_again_changes_nothing(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    installation.provision()
    assert {line.split()[0] for line in capsys.readouterr().out.splitlines()} == {"unchanged"}


REFUSALS: dict[str, tuple[Callable[[Installation, Login], dict[str, object]], str]] = {
    "a wrong key": (
        lambda _, __: {"api_key": SecretStr("Z3Vlc3NlZDpndWVzc2Vk")},
        "credentials",
    ),
    "an unknown authority": (
        lambda installation, _: {"ca_file": installation.kafka.authority.stranger},
        "is not to be trusted (unable to get local issuer certificate)",
    ),
    "a certificate for another host": (
        lambda _, login: {"url": login.url.replace("127.0.0.1", "localhost")},
        "is not to be trusted (Hostname mismatch, certificate is not valid for 'localhost'.)",
    ),
}
COMMANDS = {
    "indexer": "indexer",
    "monitor": "monitor",
    "search": "consumer",
    "provision": "provision",
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_ends_every_command_with_one_line(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, command: str, refusal: str
) -> None:
    user = COMMANDS[command]
    login = installation.keys[user].login
    changes, words = REFUSALS[refusal]
    login = login.model_copy(update=changes(installation, login))
    for name, value in (installation.environment(user) | variables("ELASTICSEARCH", login)).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        run(command, [])
    line = str(ended.value)
    assert words in line
    assert "\n" not in line


def test_the_monitor_updates_what_it_may_not_read(installation: Installation) -> None:
    to = {"_index": "news-dead-letters", "_id": "news-raw-dlq-0-0", "require_alias": True}
    with installation.elasticsearch.client(installation.keys["monitor"].login) as client:
        operations = [{"update": to}, {"doc": {"state": "expired"}}]
        answer = client.bulk(operations=operations)["items"][0]["update"]
    assert (answer["status"], answer["error"]["type"]) == (404, "document_missing_exception")
