"""How we log in, whom we trust, and that a password stays out of sight."""

import re
import ssl
from pathlib import Path

import faust
import pytest
import trustme
from pydantic import SecretStr, ValidationError

from services.cli.main import run
from services.runtime.credentials import credentials
from services.runtime.elasticsearch import options as elasticsearch_options
from services.runtime.kafka import options
from services.runtime.settings import Elasticsearch, Kafka
from services.runtime.tls import distrust, trusting
from services.runtime.worker import cause

SERVICES = Path(__file__).parents[3] / "services"
SECRET = SecretStr("changeme")


@pytest.fixture
def ca_file(tmp_path):
    file = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(file))
    return file


@pytest.fixture
def secure(ca_file):
    return Kafka(security_protocol="SASL_SSL", username="us", password=SECRET, ca_file=ca_file)


@pytest.mark.parametrize(
    "given",
    [
        {"username": "us", "security_protocol": "SASL_SSL"},
        {"password": SECRET, "security_protocol": "SASL_SSL"},
        {"security_protocol": "SASL_SSL"},
        {"username": "us", "password": SECRET},
        {"username": "us", "password": SECRET, "security_protocol": "SSL"},
    ],
)
def test_a_password_is_sent_encrypted_and_only_with_its_user(given):
    with pytest.raises(ValidationError, match="belong together: all or none") as refused:
        Kafka(**given)
    assert "changeme" not in str(refused.value)


def test_an_authority_is_of_use_only_where_something_is_encrypted(ca_file):
    with pytest.raises(ValidationError, match="use SSL or SASL_SSL"):
        Kafka(ca_file=ca_file)
    with pytest.raises(ValidationError, match="use https"):
        Elasticsearch(ca_file=ca_file)


def test_a_file_without_certificates_is_named_at_the_start(tmp_path):
    with pytest.raises(ValidationError, match=r"cannot use .+/none\.pem: No such file"):
        Kafka(security_protocol="SSL", ca_file=tmp_path / "none.pem")
    (tmp_path / "empty.pem").write_text("nothing", encoding="utf-8")
    with pytest.raises(ValidationError, match=r"empty\.pem: it holds no PEM certificate"):
        Elasticsearch(url="https://h:1", ca_file=tmp_path / "empty.pem")


def test_what_is_wrong_is_told_in_one_line(monkeypatch):
    monkeypatch.setenv("NEWSREEL_KAFKA__PASSWORD", "changeme")
    with pytest.raises(SystemExit) as ended:
        run("tail", [])
    assert str(ended.value) == (
        "newsreel tail: kafka: security_protocol SASL_SSL, username and password belong together: "
        "all or none"
    )


def test_a_password_is_in_no_log_and_no_help(secure, monkeypatch, capsys):
    assert "changeme" not in secure.model_dump_json() + repr(secure) + str(secure)
    assert "changeme" not in repr(credentials(secure))
    monkeypatch.setenv("NEWSREEL_KAFKA__PASSWORD", "changeme")
    monkeypatch.setenv("NEWSREEL_ELASTICSEARCH__PASSWORD", "changeme")
    with pytest.raises(SystemExit):
        run("indexer", ["--help"])
    printed = capsys.readouterr()
    assert "--kafka.password" in printed.out
    assert "changeme" not in printed.out + printed.err


def test_every_client_of_kafka_logs_in_over_verified_tls(secure):
    given = options(secure)
    theirs = credentials(secure)
    assert given["security_protocol"] == theirs.protocol.value == "SASL_SSL"
    assert given["sasl_mechanism"] == theirs.mechanism.value == "SCRAM-SHA-512"
    assert given["sasl_plain_password"] == theirs.password == SECRET.get_secret_value()
    assert verifies(given["ssl_context"])
    assert verifies(theirs.ssl_context)


def test_tls_without_a_login_and_neither_of_them():
    tls = Kafka(security_protocol="SSL")
    assert verifies(options(tls)["ssl_context"])
    assert isinstance(credentials(tls), faust.SSLCredentials)
    assert verifies(credentials(tls).context)
    assert options(Kafka())["ssl_context"] is None
    assert credentials(Kafka()) is None


def test_elasticsearchs_name_is_verified_also_when_it_is_a_number(ca_file):
    to = Elasticsearch(url="https://127.0.0.1:9200", ca_file=ca_file)
    assert verifies(elasticsearch_options(to)["ssl_context"])


def test_only_the_given_authority_is_trusted(ca_file):
    assert len(trusting(ca_file).get_ca_certs()) == 1


def test_distrust_is_found_behind_a_librarys_error():
    cause = ssl.SSLCertVerificationError(1, "certificate verify failed")
    cause.verify_message = "self-signed certificate"
    error = OSError("a library's words")
    error.__cause__ = cause
    assert distrust(error) == "self-signed certificate"
    assert distrust(OSError("away")) is None


def test_the_error_that_ends_a_worker_is_told_without_the_groups_around_it():
    error = OSError("the reason")
    assert cause(ExceptionGroup("tasks", [ExceptionGroup("tasks", [error])])) is error
    several = ExceptionGroup("tasks", [error, error])
    assert cause(several) is several


def test_nothing_turns_the_verification_off():
    """Behaviour is tested with real servers; this is for a switch that no test would throw."""
    switch = re.compile(
        r"check_hostname|verify_mode|verify_certs|CERT_NONE|CERT_OPTIONAL|assert_hostname"
        r"|assert_fingerprint|_create_unverified_context|ssl\s*=\s*False|verify\s*=\s*False"
    )
    found = [
        f"{file.relative_to(SERVICES)}: {line.strip()}"
        for file in SERVICES.rglob("*.py")
        for line in file.read_text(encoding="utf-8").splitlines()
        if switch.search(line)
    ]
    assert found == []


def verifies(context):
    return context.check_hostname and context.verify_mode is ssl.CERT_REQUIRED
