import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.enriched_article import EnrichedArticle, Entity, Mention
from schemas.headers import Origin, Rejection
from schemas.raw_article import RawArticle
from schemas.reasons import REASONS
from schemas.topics import ENRICHED, RAW_DEAD_LETTERS
from services.enricher.app import settlement
from services.enricher.enrichments import enrichments
from services.enricher.pipeline import Enriched, enrich, process
from services.runtime.lane import Delivery
from services.runtime.watermark import Ticket
from tests.builders import raw_article

NOW = datetime(2024, 5, 3, 12, tzinfo=UTC)
NOTHING = enrichments(lambda zones: [()] * len(zones))


def fake(articles: Sequence[RawArticle]) -> list[EnrichedArticle]:
    return enrich(articles, NOTHING, "no model", NOW)


def made(**changes: Any) -> EnrichedArticle:
    return fake([raw_article(**changes)])[0]


def processed(value: bytes | None, key: bytes | None = None, run: Any = fake) -> Any:
    return process([(key, value, (("traceparent", b"00-1"),))], run, NOW)[0]


def valid(**changes: Any) -> tuple[bytes, bytes]:
    article = raw_article(**changes)
    return str(article.article_id).encode(), article.to_json()


def with_field(value: bytes, **fields: Any) -> bytes:
    return json.dumps(json.loads(value) | fields).encode()


def with_source(value: bytes, **fields: Any) -> bytes:
    return with_field(value, source=json.loads(value)["source"] | fields)


def written(value: bytes, name: str, content: bytes) -> bytes:
    """Add a field by hand: Python's own JSON has no such content."""
    return value[:-1] + b',"' + name.encode() + b'":' + content + b"}"


@given(st.binary() | st.none(), st.binary() | st.none())
def test_any_bytes_end_on_exactly_one_topic(key, value):
    [outcome] = process([(key, value, ())], fake, NOW)
    delivery = Delivery(key, value, (), Origin("news-raw", 0, 7, 0), Ticket(7))
    sent = settlement("", delivery, outcome).record
    assert sent.topic in {ENRICHED.name, RAW_DEAD_LETTERS.name}
    if sent.topic == RAW_DEAD_LETTERS.name:
        assert (sent.key, sent.value) == (key, value)
        assert dict(sent.headers)["dlq_reason"].decode() in REASONS


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_enriching_never_alters_the_text_and_every_evidence_is_what_stands_there(text):
    article = made(text=text)
    assert article.text == text
    evidence = [*article.numbers, *article.dates, *article.quotes]
    assert all(text[found.start : found.end] == found.text for found in evidence)


def test_an_article_becomes_an_enriched_event_under_its_own_key():
    key, value = valid(version=3)
    outcome = processed(value, key)
    assert isinstance(outcome, Enriched)
    headers = dict(outcome.headers)
    event = EnrichedArticle.from_json(outcome.value)
    assert (outcome.key, event.version, headers["traceparent"]) == (key, 3, b"00-1")
    assert headers["ce_type"] == b"newsreel.article.enriched.v1"


def test_a_repeat_has_the_same_event_id_and_a_changed_text_another():
    first, again, changed = (
        dict(processed(value, key).headers)["ce_id"]
        for key, value in (valid(text="One."), valid(text="One."), valid(text="Two."))
    )
    assert first == again != changed


DEEP = b"[" * 10_000


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda _: None, "null_value"),
        (lambda _: b"", "not_json"),
        (lambda _: b"\xff\xfe", "not_json"),
        (lambda _: DEEP, "not_json"),
        (lambda _: b"[]", "schema_violation"),
        (lambda value: with_field(value, version=2**70), "schema_violation"),
        (lambda value: value.replace(b'"version":1', b'"version":NaN'), "schema_violation"),
        (lambda value: with_field(value, schema_version=99), "unknown_schema_version"),
        (lambda value: with_field(value, article_id=str(uuid4())), "wrong_key"),
        (lambda value: with_field(value, published_at="2019-02-30"), "schema_violation"),
        (lambda value: with_field(value, published_at="٢٠١٩"), "schema_violation"),
        (lambda value: with_field(value, headline="x" * 2001), "schema_violation"),
        (lambda value: with_field(value, language="x" * 101), "schema_violation"),
        (lambda value: with_field(value, authors=["x"] * 101), "schema_violation"),
        (lambda value: with_field(value, authors=[1] * 300_000), "schema_violation"),
        (lambda value: with_field(value, authors=["x" * 301]), "schema_violation"),
        (lambda value: with_source(value, name="x" * 301), "schema_violation"),
        (lambda value: with_source(value, item="x" * 4001), "schema_violation"),
        (
            lambda value: with_source(value, url="https://example.org/" + "x" * 4000),
            "schema_violation",
        ),
        (lambda value: with_source(value, url="javascript:alert(1)"), "schema_violation"),
        (lambda value: with_source(value, url="https:///etc/passwd"), "schema_violation"),
        (lambda value: with_source(value, url="https://example.org/\x1b[2J\n"), "schema_violation"),
        (lambda value: written(value, "version", b"9" * 900_000), "not_json"),
        (lambda value: written(value, "version", b"1e400"), "schema_violation"),
        (lambda value: written(value, "unknown", b"[" * 900_000), "not_json"),
        (lambda value: written(value, "unknown", b'{"a":' * 150_000), "not_json"),
    ],
)
def test_what_can_never_be_enriched_is_rejected_with_its_reason(change, reason):
    key, value = valid()
    outcome = processed(change(value), key)
    assert isinstance(outcome, Rejection)
    assert outcome.reason == reason


def test_a_record_without_a_key_is_rejected():
    _, value = valid()
    assert processed(value, None).reason == "wrong_key"


def test_a_field_from_a_later_release_is_ignored():
    key, value = valid()
    assert isinstance(processed(with_field(value, mood="calm"), key), Enriched)


def test_a_bug_in_an_enrichment_costs_one_article():
    def broken(articles: Sequence[RawArticle]) -> list[EnrichedArticle]:
        if any(article.text == "No." for article in articles):
            raise ZeroDivisionError("no")
        return fake(articles)

    texts = "One.", "No.", "Three."
    records = [(*valid(text=text), (("traceparent", text.encode()),)) for text in texts]
    first, second, third = process(records, broken, NOW)
    assert isinstance(second, Rejection)
    assert (second.reason, second.error_class) == ("enrichment_failed", "ZeroDivisionError")
    for outcome, text in (first, "One."), (third, "Three."):
        assert isinstance(outcome, Enriched)
        assert EnrichedArticle.from_json(outcome.value).text == text
        assert dict(outcome.headers)["traceparent"] == text.encode()


def test_what_is_no_article_stands_between_those_that_are():
    records = [(*valid(text=text), ()) for text in ("One.", "Two.")]
    first, none, second = process([records[0], (b"key", None, ()), records[1]], fake, NOW)
    assert isinstance(none, Rejection)
    for outcome, text in (first, "One."), (second, "Two."):
        assert isinstance(outcome, Enriched)
        assert EnrichedArticle.from_json(outcome.value).text == text


def test_articles_side_by_side_become_what_each_becomes_alone():
    german = "Der Bundestag hat am Donnerstag nach langer Debatte ein neues Gesetz beschlossen."
    articles = [
        raw_article(text="They sold 12 cars in May 2019.", headline="Cars"),
        raw_article(text=german),
        raw_article(status="canceled", version=2),
        raw_article(text=""),
        raw_article(),
    ]
    assert fake(articles) == [fake([article])[0] for article in articles]
    assert fake([]) == []


def test_an_event_that_grows_beyond_its_topic_is_rejected_with_its_size():
    def endless(articles: Sequence[RawArticle]) -> list[EnrichedArticle]:
        mention = Mention(start=0, end=1, text="x" * ENRICHED.max_message_bytes)
        entity = Entity(name="x", type="ORG", mentions=(mention,))
        return [one.model_copy(update={"entities": (entity,)}) for one in fake(articles)]

    key, value = valid()
    outcome = processed(value, key, endless)
    assert outcome.reason == "too_large"
    assert "8,000,000" in outcome.error_message


def test_another_language_is_kept_for_full_text_and_says_what_was_skipped():
    text = (
        "Der Bundestag hat am Donnerstag nach langer Debatte ein neues Gesetz beschlossen. "
        "Die Abgeordneten stimmten mit großer Mehrheit für den Entwurf der Regierung."
    )
    article = made(text=text)
    assert article.language is not None
    assert article.language.code == "de"
    assert article.body
    assert {skip.enrichment for skip in article.enrichment.skipped} == {
        "entities",
        "numbers",
        "dates",
        "quotes",
    }


def test_a_retraction_is_passed_on_without_enrichment():
    article = made(status="canceled", version=2)
    assert (article.status, article.entities) == ("canceled", ())
    assert {skip.reason for skip in article.enrichment.skipped} == {"status canceled"}
