from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import from_json, to_json

from schemas.enriched_article import (
    Entity,
    Location,
    Mention,
    PublicationDate,
    Quote,
    Span,
    Title,
)
from services.indexer.documents import document, encoded, write
from tests.unit.indexer.articles import ARTICLE_ID, NOW, entity, maximal, number


def published(value: str, *, suspect: bool = False) -> PublicationDate:
    return PublicationDate(value=value, precision="day", evidence="metadata", suspect=suspect)


def test_the_body_is_the_kept_zones_joined_by_a_blank_line() -> None:
    made = document(maximal(), NOW)
    assert made["body"] == "EDF paid 2 to 3 billion euros.\n\n40 civilians, he said."
    assert made["text"] == maximal().text
    assert made["word_count"] == 11


def test_entities_become_one_flat_facet_per_kind() -> None:
    made = document(maximal(), NOW)
    assert made["people"] == ["Olena Hart"]
    assert made["organizations"] == ["EDF"]
    assert made["places"] == ["Kyiv", "Donbas"]
    assert made["groups"] == ["Ukrainians"]
    assert made["facilities"] == ["Antonivsky Bridge"]
    assert made["products"] == ["Leopard 2"]
    assert made["events"] == ["Expo 2030"]
    assert made["countries"] == ["UA"]
    assert made["place_points"] == [{"lat": 50.45, "lon": 30.52}]


def test_every_entity_type_of_the_contract_has_a_facet() -> None:
    kinds = Entity.model_json_schema()["properties"]["type"]["enum"]
    for kind in kinds:
        made = document(maximal(entities=(entity("Name", kind),)), NOW)
        assert [value for value in made.values() if value == ["Name"]], kind


def test_a_facet_names_a_thing_once() -> None:
    kyiv = entity("Kyiv", "GPE", country="UA", location=Location(lat=50.45, lon=30.52))
    made = document(maximal(entities=(kyiv, kyiv)), NOW)
    assert (made["places"], made["countries"]) == (["Kyiv"], ["UA"])
    assert made["place_points"] == [{"lat": 50.45, "lon": 30.52}]
    assert made["entity_count"] == 2


def test_numbers_become_flat_values_by_kind() -> None:
    made = document(maximal(), NOW)
    assert made["money_amounts"] == [2e9, 5.0]
    assert made["money_currencies"][:2] == ["EUR", "USD"]
    assert made["counts"] == [40.0, 39.0, 7.0]
    assert made["percentages"] == [12.5]
    assert made["number_units"] == ["%"]
    assert made["counted"] == ["grants", "civilians", "people killed", "wounded"]


def test_numbers_and_entities_are_kept_whole_as_nested_parts() -> None:
    made = document(maximal(numbers=(number("money", 1.5, unit="EUR"),)), NOW)
    assert made["numbers"] == [
        {
            "kind": "money",
            "value": 1.5,
            "unit": "EUR",
            "qualifier": "exact",
            "text": "2 to 3",
            "start": 25,
            "end": 30,
            "value_base": 1.5,
            "unit_base": "EUR",
        }
    ]
    made = document(maximal(entities=(entity("EDF", "ORG"),)), NOW)
    assert made["entities"] == [
        {
            "name": "EDF",
            "type": "ORG",
            "mention_count": 1,
            "first_start": 10,
            "mentions": [{"start": 10, "end": 13}],
        }
    ]


def test_unresolved_dates_are_left_out() -> None:
    assert document(maximal(), NOW)["dates"] == ["2024"]


def test_what_was_skipped_says_why() -> None:
    enrichment = document(maximal(), NOW)["enrichment"]
    assert enrichment == {"pipeline": "1", "model": "small-1", "skipped": ["quotes: language de"]}


def test_unknown_things_are_absent_and_not_null() -> None:
    article = maximal(title=None, language=None, published_at=None, entities=(), quotes=())
    made = document(article, NOW)
    assert not {"title", "language", "published_at", "people", "entities", "quotes"} & set(made)
    assert None not in made.values()


@pytest.mark.parametrize(
    ("value", "timestamp", "origin"),
    [
        ("2026-02-27", "2026-02-27", "published"),
        ("2019", "2019", "published"),
        ("2019-05", "2019-05", "published"),
        ("1990", "1990", "published"),
        ("1989-12-31", "2026-02-28T00:00:00+00:00", "fetched"),
        ("2026-03-02T12:00Z", "2026-03-02T12:00:00+00:00", "published"),
        ("2026-03-02T12:01Z", "2026-02-28T00:00:00+00:00", "fetched"),
        ("2203-01-01", "2026-02-28T00:00:00+00:00", "fetched"),
        ("2026-02-27T10:00+02:00", "2026-02-27T08:00:00+00:00", "published"),
        ("2026-02-27T10:00", "2026-02-27T10:00:00+00:00", "published"),
    ],
)
def test_the_timestamp_is_a_sane_publication_date_else_the_fetch(
    value: str, timestamp: str, origin: str
) -> None:
    made = document(maximal(published_at=published(value)), NOW)
    assert (made["@timestamp"], made["timestamp_origin"]) == (timestamp, origin)


def test_a_suspect_date_is_shown_but_not_used() -> None:
    made = document(maximal(published_at=published("2026-01-01", suspect=True)), NOW)
    assert made["timestamp_origin"] == "fetched"
    assert (made["published_at"], made["published_suspect"]) == ("2026-01-01", True)


@given(st.datetimes(timezones=st.timezones() | st.just(UTC)), st.integers(-1439, 1439))
def test_any_date_of_the_contract_is_written_as_utc_or_as_a_day(
    moment: datetime, minutes: int
) -> None:
    sign = "-" if minutes < 0 else "+"
    zone = f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    value = moment.strftime("%Y").zfill(4) + moment.strftime("-%m-%dT%H:%M:%S.%f") + zone
    made = str(document(maximal(published_at=published(value)), NOW)["published_at"])
    parsed = datetime.fromisoformat(made)
    assert len(made) == len("2019-01-01") or parsed.utcoffset() == timedelta(0)


@pytest.mark.parametrize("status", ["withheld", "canceled"])
def test_an_article_that_is_not_usable_leaves_only_a_stub(status: str) -> None:
    assert document(maximal(status=status), NOW) == {
        "article_id": str(ARTICLE_ID),
        "version": 3,
        "status": status,
        "sources": "wire",
        "@timestamp": "2026-02-27",
    }


def test_a_title_longer_than_a_term_is_cut_and_flagged() -> None:
    made = document(maximal(title=Title(text="я" * 20_000)), NOW)
    assert made["title"] == "я" * 16_383
    assert made["truncated_fields"] == ["title"]


def test_body_and_text_are_never_cut() -> None:
    text = "word " * 50_000
    made = document(maximal(text=text, body=(Span(start=0, end=len(text)),)), NOW)
    assert (made["body"], made["text"]) == (text, text)
    assert "truncated_fields" not in made


def test_more_nested_parts_than_elasticsearch_takes_are_cut_and_flagged() -> None:
    article = maximal(numbers=tuple(number("count", float(n)) for n in range(6000)))
    made = document(article, NOW)
    assert isinstance(made["numbers"], list)
    assert isinstance(made["counts"], list)
    assert (len(made["numbers"]), len(made["counts"]), made["number_count"]) == (5000, 6000, 6000)
    assert made["truncated_fields"] == ["numbers"]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"status": "canceled"},
        {"entities": (), "numbers": (), "quotes": (), "authors": (), "title": None},
        {"title": Title(text="я" * 20_000)},
        {"quotes": (Quote(start=0, end=0, text=""),) * 2_001},
    ],
)
def test_what_is_written_is_the_whole_document_within_the_limits(
    changes: dict[str, object],
) -> None:
    assert encoded(maximal(**changes), NOW) == to_json(document(maximal(**changes), NOW))


def test_an_offset_beyond_64_bits_is_written_too() -> None:
    far = entity("EDF", "ORG", mentions=(Mention(start=2**70, end=2**70, text="EDF"),))
    assert b'"first_start":%d' % 2**70 in encoded(maximal(entities=(far,)), NOW)


def test_a_write_names_the_article_its_version_and_the_alias() -> None:
    made = write(maximal(), "news-articles-write", NOW)
    action, source = made.lines.splitlines()
    assert (made.article_id, made.version) == (str(ARTICLE_ID), 3)
    assert from_json(action) == {
        "index": {
            "_index": "news-articles-write",
            "_id": str(ARTICLE_ID),
            "version": 3,
            "version_type": "external_gte",
            "require_alias": True,
        }
    }
    assert from_json(source) == document(maximal(), NOW)
    assert made.lines.endswith(b"\n")


@given(st.text())
def test_a_write_is_two_lines_whatever_the_text_holds(text: str) -> None:
    made = write(maximal(text=text, body=(Span(start=0, end=len(text)),)), "a-write", NOW)
    assert made.lines.count(b"\n") == 2
    assert from_json(made.lines.split(b"\n")[1])["text"] == text
