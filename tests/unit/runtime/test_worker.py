"""What a Faust app of ours offers to others: nothing but the records it reads."""

import pickle
from collections.abc import Callable, Iterator
from typing import Any

import faust
import pytest
from faust.serializers.codecs import uses_unsafe_pickle
from faust.types.tuples import Message

from services.enricher.app import create_app as enricher_app
from services.enricher.settings import EnricherSettings
from services.indexer.app import create_app as indexer_app
from services.indexer.settings import IndexerSettings

HOSTILE_HEADERS = [
    ("content-type", b"application/x-python-serialize"),
    ("Faust-Ag-ReplyTo", b"elsewhere"),
    ("Faust-Ag-CorrelationId", b"1"),
]


OPEN = {
    "APP_DEBUG": "true",
    "APP_KEY_SERIALIZER": "pickle",
    "APP_VALUE_SERIALIZER": "pickle",
    "APP_WEB_ENABLED": "true",
    "APP_WEB_ROUTER_ENABLED": "true",
    "APP_WEB_TABLES_ENABLED": "true",
    "BROKER_URL": "kafka://elsewhere",
    "CONSUMER_AUTO_OFFSET_RESET": "latest",
    "WEB_BIND": "0.0.0.0",  # noqa: S104 - must not be taken
}
"""Faust takes these over what the code says, unless it is told not to look."""


class LoadedError(Exception):
    """A pickle was loaded."""

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return load, ()


def load() -> None:
    raise LoadedError


async def nothing(*_: Any) -> Any:
    """Do none of an app's work."""


@pytest.fixture(params=["enricher", "indexer"])
def app(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[faust.App]:
    """An app of ours, in an environment that tells Faust to be open to all."""
    for name, value in OPEN.items():
        monkeypatch.setenv(name, value)
    if request.param == "enricher":
        yield enricher_app(EnricherSettings(), nothing, nothing)
    else:
        yield indexer_app(IndexerSettings(), nothing, nothing)


def test_faust_serves_no_web_pages(app):
    assert not app.conf.web_enabled
    assert not app.conf.web_tables_enabled
    assert not app.conf.web_router_enabled
    assert app.conf.web_bind == "127.0.0.1"
    assert list(app.boot_strategy.web_server()) == []


def test_faust_takes_no_settings_from_variables_of_its_own(app):
    assert [url.host for url in app.conf.broker] == ["127.0.0.1"]
    assert app.conf.consumer_auto_offset_reset == "earliest"
    assert not app.conf.debug


def test_the_group_is_not_left_however_long_a_worker_holds_or_waits(app):
    assert app.conf.broker_max_poll_interval > 365 * 86_400


def test_faust_keeps_no_tables_and_asks_for_no_replies(app):
    assert app.tables.data == {}
    assert not app.conf.reply_create_topic


def test_every_channel_reads_bytes_as_they_are(app):
    [agent] = app.agents.values()
    channel = agent.channel
    assert (channel.key_type, channel.value_type) == (bytes, bytes)
    codecs = {
        app.conf.key_serializer,
        app.conf.value_serializer,
        channel.schema.key_serializer or app.conf.key_serializer,
        channel.schema.value_serializer or app.conf.value_serializer,
    }
    assert codecs == {"raw"}
    assert not any(map(uses_unsafe_pickle, codecs))


async def test_no_record_is_unpickled_whatever_its_headers_say(app):
    payload = pickle.dumps(LoadedError())
    [agent] = app.agents.values()
    sent = Message(
        topic="news-raw",
        partition=0,
        offset=0,
        timestamp=0.0,
        timestamp_type=0,
        headers=HOSTILE_HEADERS,
        key=payload,
        value=payload,
        checksum=None,
    )
    event = await agent.channel.decode(sent)
    assert (event.key, event.value) == (payload, payload)


def test_the_payload_of_these_tests_would_tell_that_it_was_loaded():
    with pytest.raises(LoadedError):
        pickle.loads(pickle.dumps(LoadedError()))  # noqa: S301 - our own
