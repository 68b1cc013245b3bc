from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.enriched_article import PublicationDate
from schemas.raw_article import Source
from services.enricher.draft import Draft
from services.enricher.enrichments.published_at import published_at
from services.enricher.enrichments.zones import zones
from tests.unit.enricher.builders import raw_article

TITLE = "NATO reacts to massive strikes"
LEAD = "NATO countries condemned the latest air attacks on Tuesday, and pledged to send more aid."


def found(text: str, url: str | None = None, **changes: object) -> PublicationDate | None:
    # Not validated: the rules must stand what the contract refuses.
    source = Source.model_construct(name="test", item="item", url=url)
    raw = raw_article(text, source=source, **changes)
    zoned = zones(Draft(raw=raw, text=text))
    return published_at(Draft(raw=raw, text=text, title=zoned.title, body=zoned.body))


@pytest.mark.parametrize(
    ("told", "precision"),
    [
        ("2019", "year"),
        ("2019-01", "month"),
        ("2019-01-30", "day"),
        ("2019-01-30T10:15", "minute"),
        ("2019-01-30T10:15+02:00", "minute"),
        ("2019-01-30T10:15:00Z", "second"),
        ("2019-01-30T10:15:00.123-05:00", "second"),
    ],
)
def test_the_source_is_believed_with_the_precision_it_gives(told: str, precision: str) -> None:
    date = found(f"{TITLE}\n\n{LEAD}", published_at=told)
    assert date is not None
    assert (date.value, date.precision, date.evidence) == (told, precision, "metadata")
    assert not date.suspect


@pytest.mark.parametrize(
    "line",
    [
        "Wednesday, January 30, 2019",
        "Wednesday, January 30, 2019\xa0",
        "30 January 2019",
        "Jan. 30, 2019",
        "2019-01-30",
        "January 30, 2019 at 10:15 a.m. EST",
        "By Jane Doe | January 30, 2019",
        "Published: January 30, 2019",
        "Published on 30 January 2019",
        "Wed, 30 Jan 2019",
        "Wed 30 Jan 2019 10.15 GMT",
        "JANUARY 30, 2019",
        "30/01/2019",
        "01/30/2019 10:15",
        "2019-01-30T10:15:00Z",
        "Jan 30, 2019 / 10:15 AM EST",
        "Published: 10:15 GMT, 30 January 2019",
        "First published on Wed 30 Jan 2019 10.15 GMT",
        "Published January 30, 2019 | Updated January 31, 2019",
        "Updated: January 31, 2019 Published: January 30, 2019",
        "by Jane Doe - January 30, 2019 in Africa, News",
        "By JANE DOE and JOHN ROE January 30, 2019",
        "January 30, 2019 by Jane Doe",
        "January 30, 2019 | Jane Doe",
        "Jane Doe | January 30, 2019",
        "Issued on: 30/01/2019 - 10:15",
        "January 30, 2019 | 3 min read",
    ],
)
def test_a_dateline_below_the_title_dates_the_article(line: str) -> None:
    date = found(f"{TITLE}\n\n{line}\n\n{LEAD}")
    assert date is not None
    assert (date.value, date.precision, date.evidence) == ("2019-01-30", "day", "dateline")
    assert not date.suspect


@pytest.mark.parametrize(
    "text",
    [
        f"Friday, January 4, 2019\n\n{LEAD}",
        f"{TITLE}\n\nMOSCOW, January 4, 2019 (Reuters) - {LEAD}",
        f"MOSCOW, Jan. 4, 2019 — {LEAD}",
        f"{TITLE}\n\nKYIV, Ukraine, Jan. 4, 2019 (AP) — {LEAD}",
        f"{TITLE}\n\nGENEVA (4 January 2019) – {LEAD}",
        f"{TITLE}\n\nWASHINGTON — January 4, 2019 — {LEAD}",
        f"{TITLE}\n\nNEW YORK, Jan. 4, 2019 /PRNewswire/ -- {LEAD}",
        f"{TITLE}\n\n{LEAD}\n\nThis article was originally published on January 4, 2019.",
    ],
)
def test_a_dateline_at_the_head_of_the_article_dates_it(text: str) -> None:
    date = found(text)
    assert date is not None
    assert date.value == "2019-01-04"


@pytest.mark.parametrize(
    "text",
    [
        f"17.3 C\nBucurești\nvineri, 3 mai 2024 - 13:26\nNo menu items!\n\n{TITLE}\n\n{LEAD}",
        f"Friday, May 3, 2024\n{TITLE}\n\n{LEAD}",
        f"Friday, May 3, 2024 - 13:26\n{LEAD}",
        f"{TITLE}\n\n{LEAD}\n\nOn December 29, 2023, the city was attacked.",
        f"{TITLE}\n\nFebruary 30, 2019\n\n{LEAD}",
        f"{TITLE}\n\n03/05/2019\n\n{LEAD}",
        f"{TITLE}\n\nUpdated January 31, 2019\n\n{LEAD}",
        f"{TITLE}\n\nLast modified on Thu 31 Jan 2019\n\n{LEAD}",
        f"{TITLE}\n\nParis attacks: November 13, 2015\n\n{LEAD}",
        f"{TITLE}\n\nMOSCOW, Jan. 4 (Reuters) - {LEAD}",
        f"{TITLE}\n\nPublished on January 4, 2019, the report said so. {LEAD}",
        LEAD,
        "",
    ],
)
def test_the_date_of_a_page_or_of_an_event_does_not_date_the_article(text: str) -> None:
    assert found(text) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/2024/05/03/nato-reacts",
        "https://example.org/world/2024-05-03-nato",
        "https://example.org/20240503/nato",
        "https://example.org/world/2024/may/03/nato",
    ],
)
def test_without_metadata_and_dateline_the_url_dates_the_article(url: str) -> None:
    date = found(f"{TITLE}\n\n{LEAD}", url=url)
    assert date is not None
    assert (date.value, date.evidence) == ("2024-05-03", "url")


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://example.org/2024/5/3/nato", "2024-05-03"),
        ("https://example.org/2024/05/nato-reacts", "2024-05"),
    ],
)
def test_a_url_may_state_a_date_in_short_or_a_month_only(url: str, value: str) -> None:
    date = found(f"{TITLE}\n\n{LEAD}", url=url)
    assert date is not None
    assert date.value == value


@pytest.mark.parametrize("url", ["https://example.org/2024/13/45/x", "https://example.org/id/1234"])
def test_a_url_without_a_real_date_dates_nothing(url: str) -> None:
    assert found(f"{TITLE}\n\n{LEAD}", url=url) is None


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (f"{TITLE}\n\nMonday, January 30, 2019\n\n{LEAD}", {}),
        (f"{TITLE}\n\nJanuary 30, 2031\n\n{LEAD}", {}),
        (LEAD, {"published_at": "1970-01-01"}),
        (LEAD, {"published_at": "2026-01-03"}),
        (f"{TITLE}\n\nJanuary 30, 2019\n\n{LEAD}", {"published_at": "2019-03-30"}),
    ],
    ids=["wrong weekday", "future dateline", "epoch", "after the fetch", "other dateline"],
)
def test_a_date_that_cannot_be_right_is_suspect(text: str, changes: dict[str, str]) -> None:
    date = found(text, **changes)
    assert date is not None
    assert date.suspect


@pytest.mark.parametrize("day", ["Tuesday, January 29", "Tuesday, the 29th of January"])
def test_a_weekday_and_day_of_the_text_must_agree_with_the_date(day: str) -> None:
    text = f"{TITLE}\n\nJanuary 30, 2019\n\n{LEAD} They met on {day}."
    right, wrong = found(text), found(text.replace("30, 2019", "30, 2018"))
    assert right is not None
    assert wrong is not None
    assert (right.suspect, wrong.suspect) == (False, True)


def test_a_dateline_that_differs_from_the_url_is_suspect() -> None:
    text = f"{TITLE}\n\nJanuary 30, 2019\n\n{LEAD}"
    apart = found(text, url="https://example.org/2018/06/01/x")
    assert apart is not None
    assert apart.suspect


def test_a_day_of_clock_skew_is_forgiven() -> None:
    date = found(LEAD, published_at="2026-01-02", fetched_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert date is not None
    assert not date.suspect


@given(st.text(), st.none() | st.text(max_size=40))
def test_any_text_and_url_have_a_real_date_or_none(text: str, url: str | None) -> None:
    date = found(text, url=url)
    assert date is None or date.evidence in {"dateline", "url"}


@pytest.mark.parametrize("piece", ["By A ", "Monday, ", "2019-01-", "A, ", "May 3\n"])
def test_hostile_repetition_is_read_in_linear_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert found(text, url=text) is None
