import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.identity import article_id
from schemas.raw_article import RawArticle
from services.producer.articles import Defaults, Repeats, article, record
from services.producer.sources import Form, Received, Refusal
from services.runtime.record import Record
from tests.builders import raw_article

NOW = datetime(2024, 5, 4, 12, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs"])).filter(str.strip)


def received(content: bytes, form: Form = "text") -> Received:
    return Received("folder/a", "a", form, content)


def read(content: bytes, form: Form = "text", defaults: Defaults | None = None) -> RawArticle:
    raw = article(received(content, form), defaults or Defaults(), NOW)
    assert isinstance(raw, RawArticle)
    return raw


def line(**fields: object) -> bytes:
    return json.dumps({"text": "t"} | fields).encode()


@given(TEXTS, st.sampled_from(["text", "html", "line"]))
def test_any_text_survives_the_wire_exactly(text: str, form: Form) -> None:
    content = line(text=text) if form == "line" else text.encode()
    sent = record(read(content, form), "a", "t", 10**6, NOW)
    assert isinstance(sent, Record)
    assert RawArticle.from_json(sent.value or b"").text.encode() == text.encode()


@pytest.mark.parametrize("content", [b"", b" \n\t "])
def test_an_empty_text_is_refused(content: bytes) -> None:
    refusal = record(read(content), "a", "t", 10**6, NOW)
    assert isinstance(refusal, Refusal)
    assert "empty" in refusal.reason


def test_a_retraction_needs_no_text() -> None:
    retraction = read(line(text="", status="canceled", version=2), "line")
    assert isinstance(record(retraction, "a", "t", 10**6, NOW), Record)


@given(TEXTS)
def test_the_same_input_gets_the_same_id_and_hash(text: str) -> None:
    first, second = (article(received(text.encode()), Defaults(), NOW) for _ in range(2))
    assert first == second
    assert isinstance(first, RawArticle)
    assert first.article_id == article_id("files", "a")
    assert first.content_sha256 == sha256(text.encode()).hexdigest()


def test_a_byte_order_mark_and_carriage_returns_are_part_of_the_text() -> None:
    assert read(b"\xef\xbb\xbfa\r\nb\r").text == "\ufeffa\r\nb\r"


@given(st.binary(), st.sampled_from(["text", "html", "line"]))
def test_any_bytes_are_an_article_or_a_refusal_with_a_reason(content: bytes, form: Form) -> None:
    raw = article(received(content, form), Defaults(), NOW)
    assert raw.reason if isinstance(raw, Refusal) else raw.article_id


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[]",
        b'{"headline": "no text"}',
        b'{"text": 5}',
        b'{"text": "\\ud800"}',
        line(version=0),
        line(published_at="2019-02-30"),
        line(status="gone"),
        line(url=""),
        line(url="http://[broken"),
        b'{"text": "\xff"}',
    ],
)
def test_a_bad_line_is_refused_under_its_own_name(content: bytes) -> None:
    refusal = article(received(content, "line"), Defaults(), NOW)
    assert isinstance(refusal, Refusal)
    assert (refusal.origin, refusal.kind) == ("folder/a", "unreadable")


def test_a_line_says_more_than_the_defaults() -> None:
    raw = read(
        line(
            url="https://News.example/a#top",
            headline="H",
            published_at="2019-01",
            language="en",
            authors=["A", "B"],
            version=7,
            status="canceled",
            item="own",
            source="wire",
            content_type="text/html",
            unknown=1,
        ),
        "line",
        Defaults(source="flag", version=2),
    )
    assert raw == raw_article(
        article_id=article_id("", "", "https://news.example/a"),
        version=7,
        status="canceled",
        source=raw.source,
        fetched_at=NOW,
        content_type="text/html",
        text="t",
        headline="H",
        published_at="2019-01",
        language="en",
        authors=("A", "B"),
    )
    assert (raw.source.name, raw.source.item) == ("wire", "own")


def test_the_source_is_the_flag_else_the_host_else_files() -> None:
    with_url = line(url="https://news.example/a")
    assert read(with_url, "line", Defaults(source="flag")).source.name == "flag"
    assert read(with_url, "line").source.name == "news.example"
    assert read(line(), "line").source.name == "files"


def test_a_later_round_is_another_article_even_where_a_url_names_the_first() -> None:
    content = line(url="https://news.example/a")
    rounds = [read(content, "line", Defaults(round=number)) for number in (1, 2, 3)]
    assert len({raw.article_id for raw in rounds}) == 3
    assert [raw.source.item for raw in rounds] == ["a", "a~2", "a~3"]


def test_a_record_is_keyed_by_the_article_and_says_what_it_is() -> None:
    raw = raw_article()
    sent = record(raw, "a", "x-news-raw", 10**6, NOW)
    assert isinstance(sent, Record)
    assert (sent.topic, sent.key) == ("x-news-raw", str(raw.article_id).encode())
    assert dict(sent.headers)["ce_type"] == b"newsreel.article.raw.v1"


def test_an_article_over_the_limit_is_refused_with_its_name_and_size() -> None:
    raw = raw_article()
    size = len(raw.to_json())
    assert isinstance(record(raw, "a.txt", "t", size, NOW), Record)
    refusal = record(raw, "a.txt", "t", size - 1, NOW)
    assert isinstance(refusal, Refusal)
    assert refusal.kind == "refused"
    assert "a.txt" in refusal.origin
    assert f"{size:,} bytes" in refusal.reason


def test_equal_items_are_found_by_item_and_by_url_but_not_across_versions() -> None:
    repeats = Repeats()
    first = read(line(url="https://news.example/a", item="a"), "line")
    same_url = read(line(url="https://news.example/a#x", item="b"), "line")
    same_item = read(line(url="https://news.example/c", item="a"), "line")
    correction = read(line(url="https://news.example/a", item="a", version=2), "line")
    assert repeats.find(first, "one") is None
    assert repeats.find(same_url, "two") == "one"
    assert repeats.find(same_item, "three") == "one"
    assert repeats.find(correction, "four") is None
    assert repeats.find(first, "one") == "one"
