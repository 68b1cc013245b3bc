import pytest
from pydantic import ValidationError
from pydantic_settings import CliApp, SettingsError

from services.runtime.settings import Elasticsearch, Kafka, Settings, variables


class Replay(Settings):
    """A command."""

    rate: int = 1
    """Articles per second."""
    kafka: Kafka = Kafka()
    elasticsearch: Elasticsearch = Elasticsearch()


@pytest.fixture
def environment(monkeypatch):
    return monkeypatch.setenv


def test_a_part_is_read_from_variables_that_all_commands_share(environment):
    environment("NEWSREEL_KAFKA__PREFIX", "test-")
    assert Replay().kafka == Kafka(prefix="test-")


def test_a_commands_own_field_is_read_from_its_own_variable_only(environment):
    environment("NEWSREEL_RATE", "5")
    assert Replay().rate == 1
    environment("NEWSREEL_REPLAY__RATE", "7")
    assert Replay().rate == 7


def test_a_flag_wins_over_the_variable_and_leaves_the_rest_of_the_part(environment):
    environment("NEWSREEL_KAFKA__PREFIX", "test-")
    environment("NEWSREEL_REPLAY__RATE", "7")
    found = CliApp.run(Replay, cli_args=["--kafka.bootstrap-servers", "h:1", "--rate", "8"])
    assert found.kafka == Kafka(bootstrap_servers="h:1", prefix="test-")
    assert found.rate == 8


def test_an_unknown_flag_is_an_error_and_no_usage_text():
    with pytest.raises(SettingsError, match="--rat"):
        CliApp.run(Replay, cli_args=["--rat", "8"])


def test_a_password_is_not_shown(environment):
    environment("NEWSREEL_ELASTICSEARCH__PASSWORD", "changeme")
    settings = Replay()
    assert settings.elasticsearch.password is not None
    assert settings.elasticsearch.password.get_secret_value() == "changeme"
    assert "changeme" not in settings.model_dump_json() + repr(settings)


def test_a_password_in_an_address_is_not_shown():
    settings = Elasticsearch(url="https://us:changeme@es.example:9200/path")
    assert settings.address == "https://es.example:9200/path"
    assert "changeme" not in settings.model_dump_json()


@pytest.mark.parametrize(
    "url", ["nonsense", "http://es.example", "es.example:9200", "http://:9200", "ftp://h:21"]
)
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(ValidationError, match="write http://host:port"):
        Elasticsearch(url=url)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9200", "https://[::1]:9200", "https://u:p:w@es.example:9243/es/"]
)
def test_an_address_is_taken_as_it_is(url):
    assert Elasticsearch(url=url).url == url


def test_every_variable_is_listed():
    names = {name for name, _ in variables(Replay)}
    assert {"NEWSREEL_REPLAY__RATE", "NEWSREEL_KAFKA__PREFIX"} <= names
    assert "NEWSREEL_ELASTICSEARCH__API_KEY" in names
