import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.headers import Origin
from schemas.resolution import Resolution
from services.dead_letters.letters import Letter, Stored
from services.dead_letters.render import hex_dump, json_line, printable, shown, table
from services.runtime.terminal import harmless
from tests.unit.dead_letters.builders import NOON, letter

DROPPED = Resolution(letter="news-raw-dlq-0-0", what="dropped", by="ann@desk", at=NOON)
BARE = Letter.of(Stored(Origin("news-raw-dlq", 0, 3, 0), None, None))


def test_a_row_tells_when_stage_reason_article_origin_tries_and_size():
    heading, row = table([letter(value=b"x" * 1234)])
    assert " ".join(heading.split()) == ("ID WHEN (UTC) STAGE REASON ARTICLE ORIGINAL TRIES SIZE")
    assert " ".join(row.split()) == (
        "news-raw-dlq-0-0 2024-05-04 12:00:00 enricher not_json key news-raw-2-40 1 1,234"
    )


def test_columns_stand_under_their_headings():
    lines = list(table([letter(), letter(1000, reason="schema_violation")]))
    assert {line.index("enricher") for line in lines[1:]} == {lines[0].index("STAGE")}


def test_what_is_not_known_is_a_dash_and_no_value_is_none():
    assert list(table([BARE]))[1].split()[3:] == ["-", "-", "-", "-", "-", "none"]


def test_the_state_shows_only_when_resolved_letters_do():
    _, resolved, still_open = table([letter(), letter(1)], {"news-raw-dlq-0-0": DROPPED})
    assert resolved.endswith("dropped by ann@desk at 2024-05-04 12:00:00+00:00")
    assert still_open.endswith("open")


def test_json_has_all_but_the_value():
    found = json.loads(json_line(letter(), DROPPED))
    assert found["id"] == "news-raw-dlq-0-0"
    assert found["origin"] == {
        "topic": "news-raw",
        "partition": 2,
        "offset": 40,
        "timestamp": 1000,
    }
    assert found["tries"] == 1
    assert found["resolution"]["what"] == "dropped"


@given(st.one_of(st.none(), st.binary(max_size=30)))
def test_any_letter_is_one_line_of_json_and_one_row(content: bytes | None):
    names = ("dlq_topic", "dlq_partition", "dlq_tries", "dlq_reason", "dlq_offset")
    headers = tuple((name, content or b"") for name in names)
    odd = Letter.of(Stored(Origin("t", 0, 0, 0), content, content, headers))
    assert harmless(json_line(odd, None)) == json_line(odd, None)
    json.loads(json_line(odd, None))
    assert all(line.isprintable() for line in table([odd]))


def test_a_letter_is_shown_with_headers_the_meaning_of_its_reason_and_its_text():
    lines = list(shown(letter(), '{"text": "Kyjev – é\n\tbad'.encode(), None))
    assert lines[0] == "news-raw-dlq-0-0  open"
    assert "meaning: The value is not UTF-8 JSON." in lines
    assert "  traceparent: 00-1-2-3" in lines
    assert lines[-2:] == ['{"text": "Kyjev – é', "\tbad"]


def test_a_letter_without_key_and_value_says_so():
    lines = list(shown(BARE, None, None))
    assert "key: (none)" in lines
    assert lines[-1] == "(no value)"


def test_bytes_that_are_no_text_are_a_hex_dump():
    assert list(shown(letter(), b"\xffKyiv\n", None))[-1] == (
        "00000000  ff 4b 79 69 76 0a                                |.Kyiv.|"
    )


@given(st.binary(max_size=100))
def test_a_hex_dump_holds_every_byte_once(value: bytes):
    lines = list(hex_dump(value))
    assert b"".join(bytes.fromhex(line[10:57]) for line in lines) == value


@given(st.one_of(st.text(), st.sampled_from(["\x1b[2J", "\u202e", "\r", "\x9b"])))
def test_no_letter_commands_the_terminal(content: str):
    assert printable(content).isprintable()
    lines = shown(letter(), content.encode(errors="replace"), None)
    assert all(line.replace("\t", "").isprintable() for line in lines)


@pytest.mark.parametrize("content", ["Київ", "a b", "–"])
def test_text_stays_as_it_is(content: str):
    assert printable(content) == content
