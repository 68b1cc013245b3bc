"""What comes in: bytes that are no article, articles that are too much, versions in disorder."""

import json
from dataclasses import replace

from tests.faults.articles import longest_article, short_articles
from tests.faults.course import Bounds
from tests.faults.fault import ENRICHER, INDEXER, fault
from tests.faults.stage import Stage


@fault("F10", "documents that Elasticsearch refuses")
def refused_documents(on: Stage) -> None:
    on.costs(1)
    limit_nested_objects(on)
    on.start()
    with on.replaying():
        on.pause(1.0, 4.0)
        on.send([longest_article()])


def limit_nested_objects(on: Stage) -> None:
    """Let the index refuse the longest article and take all that are short.

    Nothing that a valid event holds breaks the mapping: an operator's limit does. The longest has
    some 350 entities, numbers and quotes, a short one up to 40.
    """
    with on.client() as client:
        settings = {"index.mapping.nested_objects.limit": 150}
        client.indices.put_settings(index=f"{on.installation.alias}-*", settings=settings)


@fault("F16", "poison")
def poison(on: Stage) -> None:
    on.start()
    letters: list[tuple[bytes | None, bytes | None]] = [
        (f"poison-{n}".encode(), value) for n, value in enumerate(POISON)
    ]
    letters += [(None, b"{}"), (None, None), (b"\xff\xfe", b"{}")]
    on.costs(len(letters))
    on.random.shuffle(letters)
    with on.replaying():
        for one in letters:
            on.pause(0.0, 0.8)
            on.send_bytes([one])


POISON = (
    b"",
    None,
    b"not JSON",
    b'{"schema_version": 1, \xff\xfe',
    b"\xef\xbb\xbf{}",
    b"[" * 10_000,
    b"[" * 10_000 + b"]" * 10_000,
    b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    b"NaN",
    b'{"version": NaN}',
    b'{"version": 1180591620717411303424}',  # 2^70
    b'"text"',
    b"[]",
    b"null",
    b"\x00" * 100,
)


@fault("F17", "events that break the schema, and some that don't")
def broken_schema(on: Stage) -> None:
    on.start()
    article = on.record(on.random.choice(short_articles()))
    valid = json.loads(article.value or b"")
    changed: list[dict[str, object]] = [
        {"schema_version": 2},
        {"version": 0},
        {"version": 2**63},
        {"status": "gone"},
        {"text": 7},
        {"content_sha256": "short"},
        {"article_id": "none"},
        {"fetched_at": "yesterday"},
    ]
    on.costs(len(changed) + 1)  # and the wrong key
    with on.replaying():
        for number, changes in enumerate(changed):
            key = f"broken-{number}"
            on.send_bytes([(key.encode(), json.dumps(valid | changes).encode())])
        on.send_bytes([(b"wrong-key", json.dumps(valid).encode())])
        extra = json.dumps(valid | {"extra": {"of": "a later producer"}}).encode()
        on.send_records([(replace(article, value=extra), 1)])


@fault("F18", "oversize", Bounds(240, 2 * ENRICHER + INDEXER))
def oversize(on: Stage) -> None:
    on.costs(0, 2)  # either may take too long
    on.start()
    with on.replaying():
        # 0.8 MB, or 0.2: a process takes a minute over the one, ten seconds over the other.
        times = round(on.lasting(30_000, 9_000))
        large = {"text": "Seven people met in Paris. " * times, "item": "large"}
        # 0.4 MB, of which enriching would make more than the topic takes, were it not bounded.
        numbers = {"text": " ".join(map(str, range(75_000))), "item": "numbers"}
        on.send([large, numbers])
        file = on.folder / "too-large.jsonl"
        file.write_text(json.dumps({"text": "word " * 220_000, "item": "1.1"}), encoding="utf-8")
        ended = on.replay(file)
        on.expect("the producer refuses 1.1 MB with exit code 1", ended.returncode == 1)
        on.expect("it says the size", "1,100," in ended.stderr)


@fault("F19", "duplicates and versions, shuffled")
def shuffled(on: Stage) -> None:
    on.start()
    events = []
    for number, one in enumerate(on.random.sample(short_articles(), max(5, on.articles // 6))):
        for version in (1, 2, 3, 3, 1):
            status = "canceled" if number % 5 == 0 and version == 3 else "usable"
            text = f"{one['text']}\n\nVersion {version}."
            events.append({**one, "version": version, "text": text, "status": status})
    on.random.shuffle(events)
    on.send(events)


@fault("F20", "publication dates of 1900 and 2203")
def strange_dates(on: Stage) -> None:
    on.start()
    dates = ("1900-01-01", "2203-12-31T23:59:59Z", "0001-01-01", "9999-12-31T23:59:59-12:00")
    articles = on.random.sample(short_articles(), len(dates))
    with on.replaying(on.articles // 2):
        on.send(
            [
                {**one, "published_at": date, "url": f"{one['url']}?dated"}
                for one, date in zip(articles, dates, strict=True)
            ]
        )
