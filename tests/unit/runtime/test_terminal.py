import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from schemas.enriched_article import Mention
from services.runtime.logs import configure
from services.runtime.settings import Log
from services.runtime.terminal import harmless

HOSTILE = "\x1b[2J\x9b31m\x07\x00\u202e\u2066\u2028\r"


@pytest.mark.parametrize("char", HOSTILE)
def test_what_a_terminal_obeys_is_written_as_an_escape(char):
    if char.isprintable():
        assert harmless(char) == char
    else:
        assert harmless(char) == f"\\u{ord(char):04x}"


@given(st.text())
def test_a_line_of_json_says_the_same_and_commands_nothing(text):
    for line in (
        json.dumps({"a": text}, ensure_ascii=False),
        Mention(start=0, end=1, text=text.encode(errors="replace").decode()).model_dump_json(),
    ):
        assert json.loads(harmless(line)) == json.loads(line)
        assert not set(harmless(line)) & set(HOSTILE.replace("[2J", "").replace("31m", ""))


@given(st.text(alphabet="aéя漢🙂 –"))
def test_text_stays_as_it_is(text):
    assert harmless(text) == text


@pytest.fixture
def restored_logging() -> Iterator[None]:
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    logging.root.handlers[:], logging.root.level = handlers, level
    structlog.reset_defaults()


@pytest.mark.usefixtures("restored_logging")
@pytest.mark.parametrize("form", ["console", "json"])
def test_a_log_line_that_quotes_an_article_commands_nothing(form, monkeypatch):
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    configure(Log(format=form))
    structlog.get_logger("test").error("Left out.", article=f"a{HOSTILE}b", reason=HOSTILE)
    colours = ("\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[3", "\x1b[4")
    line = written.getvalue()
    for colour in colours:
        line = line.replace(colour, "")
    assert "Left out." in line
    assert not set(line) & set("\x1b\x9b\x07\x00\u202e\u2066\r")
