"""The faults, each a function that acts on a stage while articles flow, by its seeded random.

When it returns, the fault has ended: what is left is to drain and to judge.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from services.servers import server
from services.servers.ports import HOST
from tests.faults.articles import longest_article, short_articles
from tests.faults.proxy import Proxy
from tests.faults.stage import Stage
from tests.faults.workers import Worker

Act = Callable[[Stage], None]
DRAINED_WITHIN = 90.0
"""Seconds after the fault, on a machine that others use too."""


@dataclass(frozen=True)
class Fault:
    """A fault and what it wants of its stage."""

    title: str
    act: Act
    environment: Mapping[str, str]
    """For its workers."""
    drained_within: float
    """Seconds."""


FAULTS: dict[str, Fault] = {}


def fault(
    name: str, title: str, drained_within: float = DRAINED_WITHIN, **environment: str
) -> Callable[[Act], Act]:
    """Enter a function in the list of faults."""

    def enter(act: Act) -> Act:
        FAULTS[name] = Fault(title, act, environment, drained_within)
        return act

    return enter


@fault("F1", "workers killed at random")
def killed(on: Stage) -> None:
    on.start()
    victims = [*on.workers.values()] * 4
    on.random.shuffle(victims)
    on.rate = on.articles / 25  # so that there is work at every kill
    with on.replaying():
        for victim in victims:
            on.pause(0.5, 5.0)
            victim.kill()
            on.pause(0.0, 0.5)
            victim.launch()


@fault("F2", "workers stopped and started, one after the other")
def rolling(on: Stage) -> None:
    on.start()
    with on.replaying():
        for _ in range(2):
            for one in on.workers.values():
                on.pause(0.5, 2.0)
                _stop(on, one)
                one.launch()
                one.wait()


@fault("F4", "broker killed, back after 5 s")
def broker_killed(on: Stage) -> None:
    on.start()
    with on.replaying():
        on.pause(2.0, 6.0)
        on.kafka.kill()
        time.sleep(5)
        on.kafka.start()


@fault("F5", "broker hangs for 20 s")
def broker_hangs(on: Stage) -> None:
    on.start()
    with on.replaying():
        on.pause(2.0, 6.0)
        _hang(on.kafka, 20)


@fault("F6", "Elasticsearch killed and started")
def elasticsearch_killed(on: Stage) -> None:
    on.start()
    with on.replaying():
        on.pause(2.0, 6.0)
        on.elasticsearch.kill()
        on.pause(1.0, 4.0)
        on.elasticsearch.start()


@fault("F7", "Elasticsearch hangs for 15 s")
def elasticsearch_hangs(on: Stage) -> None:
    on.start()
    with on.replaying():
        on.pause(2.0, 6.0)
        _hang(on.elasticsearch, 15)


@fault("F8", "worker hangs beyond its session, another takes over, it wakes")
def zombie(on: Stage) -> None:
    on.add("enricher", "enricher-b")
    on.add("indexer", "indexer-b")
    on.start()
    with on.replaying():
        on.pause(2.0, 4.0)
        for name in ("enricher", "indexer"):
            on.workers[name].pause()
        time.sleep(12)  # twice the session
        for name in ("enricher", "indexer"):
            on.workers[name].resume()


@fault("F10", "documents that Elasticsearch refuses")
def refused_documents(on: Stage) -> None:
    on.letters = range(1, 2)
    with on.client() as client:
        # Nothing that a valid event holds breaks the mapping: an operator's limit does. The longest
        # article has some 350 entities, numbers and quotes, a short one up to 40.
        settings = {"index.mapping.nested_objects.limit": 150}
        client.indices.put_settings(index=f"{on.installation.alias}-*", settings=settings)
    on.start()
    with on.replaying():
        on.pause(1.0, 4.0)
        on.send([longest_article()])


@fault("F11", "write block on the index")
def write_block(on: Stage) -> None:
    on.start()
    index = f"{on.installation.alias}-*"
    with on.replaying(), on.client() as client:
        on.pause(1.0, 4.0)
        client.indices.put_settings(index=index, settings={"index.blocks.write": True})
        time.sleep(6)
        client.indices.put_settings(index=index, settings={"index.blocks.write": None})
        only = {"index.blocks.read_only_allow_delete": True}
        client.indices.put_settings(index=index, settings=only)
        time.sleep(6)
        never = {"index.blocks.read_only_allow_delete": None}
        client.indices.put_settings(index=index, settings=never)


@fault("F13", "Elasticsearch takes 2 s, at 32 KB/s")
def slow_elasticsearch(on: Stage) -> None:
    proxy = _through_proxy(on)
    on.start()
    proxy.latency, proxy.bandwidth = 2.0, 32_000
    with on.replaying():
        pass
    time.sleep(10)
    proxy.latency, proxy.bandwidth = 0.0, None


@fault("F14", "connections to Elasticsearch reset in the middle of a bulk")
def reset_connections(on: Stage) -> None:
    proxy = _through_proxy(on)
    on.start()
    with on.replaying():
        for _ in range(6):
            proxy.reset_after = on.random.randrange(100, 60_000)
            on.pause(0.5, 2.0)
    on.expect("a connection was reset", proxy.resets)


@fault("F15", "connections to Elasticsearch half open")
def half_open(on: Stage) -> None:
    proxy = _through_proxy(on)
    on.start()
    with on.replaying():
        on.pause(1.0, 4.0)
        proxy.silent = True
        time.sleep(12)  # twice the time-out
        proxy.silent = False


@fault("F16", "poison")
def poison(on: Stage) -> None:
    on.start()
    letters: list[tuple[bytes | None, bytes | None]] = [
        (f"poison-{n}".encode(), value) for n, value in enumerate(POISON)
    ]
    letters += [(None, b"{}"), (None, None), (b"\xff\xfe", b"{}")]
    on.letters = range(len(letters), len(letters) + 1)
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
    on.letters = range(len(changed) + 1, len(changed) + 2)  # and the wrong key
    with on.replaying():
        for number, changes in enumerate(changed):
            key = f"broken-{number}"
            on.send_bytes([(key.encode(), json.dumps(valid | changes).encode())])
        on.send_bytes([(b"wrong-key", json.dumps(valid).encode())])
        extra = json.dumps(valid | {"extra": {"of": "a later producer"}}).encode()
        on.send_records([(replace(article, value=extra), 1)])


@fault("F18", "oversize", drained_within=240.0)
def oversize(on: Stage) -> None:
    on.letters = range(1, 3)  # the other may take too long
    on.start()
    with on.replaying():
        large = {"text": "Seven people met in Paris. " * 30_000, "item": "large"}  # 0.8 MB
        # 0.4 MB, of which the enrichment makes more than the topic takes.
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


@fault("F21", "workers come and go", NEWSREEL_ENRICHER__PROCESSES="1")
def storm(on: Stage) -> None:
    on.start()
    for service in ("enricher", "indexer"):
        for number in (2, 3):
            on.add(service, f"{service}-{number}")
    on.rate = on.articles / 30
    with on.replaying():
        end = time.monotonic() + 30
        while time.monotonic() < end:
            on.pause(1.0, 4.0)
            _come_or_go(on, on.random.choice(list(on.workers.values())))
    for name in ("enricher", "indexer"):
        if not on.workers[name].alive():
            on.workers[name].launch()


@fault("F23", "write alias removed and put back")
def alias_removed(on: Stage) -> None:
    on.start()
    alias, index = f"{on.installation.alias}-write", f"{on.installation.alias}-000001"
    with on.replaying(), on.client() as client:
        on.pause(1.0, 4.0)
        client.indices.delete_alias(index=index, name=alias)
        time.sleep(8)
        client.indices.put_alias(index=index, name=alias, is_write_index=True)


@fault("F25", "servers come late")
def late_servers(on: Stage) -> None:
    on.kafka.stop()
    on.elasticsearch.stop()
    for one in on.workers.values():
        one.launch()
    time.sleep(10)
    on.expect("no worker has ended while the servers were away", not on.watch.exits)
    server.start([on.elasticsearch, on.kafka])
    for one in on.workers.values():
        one.wait()
    with on.replaying():
        pass


def _through_proxy(on: Stage) -> Proxy:
    """Put a proxy between the indexer, which is not started yet, and Elasticsearch."""
    proxy = on.ending.enter_context(Proxy(on.servers.state.elasticsearch_port))
    on.add("indexer", "indexer", NEWSREEL_ELASTICSEARCH__URL=f"http://{HOST}:{proxy.port}")
    return proxy


def _stop(on: Stage, one: Worker) -> None:
    trouble = one.stop()
    if trouble:
        on.troubles.append(trouble)


def _hang(one: server.Server, seconds: float) -> None:
    one.pause()
    time.sleep(seconds)
    one.resume()


def _come_or_go(on: Stage, one: Worker) -> None:
    if not one.alive():
        one.launch()
    elif on.random.random() < 0.5:
        one.kill()
    else:
        _stop(on, one)
