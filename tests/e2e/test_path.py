"""From a seed article to a search hit, through every process."""

import asyncio
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer

from schemas.enriched_article import EnrichedArticle
from schemas.topics import ENRICHED, RAW, RAW_DEAD_LETTERS
from tests.e2e.conftest import REAL, SEEDS, Newsreel, eventually
from tests.sockets import listening_ports

README = Path(__file__).parents[2] / "README.md"
CORPUS = Path(__file__).parents[1] / "corpus" / "wikinews-2019-2020.jsonl"
SEED_TITLES = {
    "001_6d415c3e38c6a44f": "NATO commits to strengthening Ukraine's defenses",
    "002_13cbf843d4ccbae2": "NATO reacts to massive Russian strikes on Ukraine",
    "003_1fbe944454a38bfd": "NATO chief says alliance won’t back down on Ukraine aid",
}


@eventually
def all_searchable(newsreel: Newsreel, wanted: dict[str, int]) -> None:
    documents = newsreel.documents()
    missing = {one for one, version in wanted.items() if _version(documents, one) < version}
    assert missing == set()


def _version(documents: dict, article_id: str) -> int:
    return documents[article_id]["version"] if article_id in documents else 0


def test_the_seeds_become_hits_with_facets_and_highlights(newsreel, tmp_path):
    wanted = newsreel.replay(SEEDS, ledger=tmp_path / "ledger")
    assert len(wanted) == 5
    all_searchable(newsreel, wanted)

    titles = {d["source_item"]: d.get("title") for d in newsreel.documents().values()}
    assert SEED_TITLES.items() <= titles.items()
    found = newsreel.run("search", "air defence", "--place", "Kyiv", "--facets", "--json")
    assert found.returncode == 0, found.stderr
    *hits, last = map(json.loads, found.stdout.splitlines())
    assert hits
    assert any(fragment["marks"] for hit in hits for fragment in hit["fragments"])
    assert last["total"] == len(hits)
    assert last["facets"]["people"]["Jens Stoltenberg"] >= 1


def test_a_number_is_found_by_its_value_and_currency(newsreel, tmp_path):
    all_searchable(newsreel, newsreel.replay(SEEDS, ledger=tmp_path / "ledger"))
    over = newsreel.run("search", "--money-over", "2300000000", "--currency", "EUR", "--json")
    assert [json.loads(line)["item"] for line in over.stdout.splitlines()] == [
        "004_5985c9d0a73851b2"
    ]
    more = newsreel.run("search", "--money-over", "2450000000", "--currency", "EUR")
    assert "Nothing" in more.stdout or "no article" in more.stdout.lower()


def test_a_second_replay_leaves_the_same_five_documents(newsreel, tmp_path):
    wanted = newsreel.replay(SEEDS, ledger=tmp_path / "first")
    all_searchable(newsreel, wanted)
    before = {k: d["version"] for k, d in newsreel.documents().items() if k in wanted}
    repeats = newsreel.ids_on(ENRICHED.name).count(next(iter(wanted)))
    assert newsreel.replay(SEEDS, ledger=tmp_path / "second") == wanted

    @eventually
    def again_published() -> None:
        assert newsreel.ids_on(ENRICHED.name).count(next(iter(wanted))) > repeats

    again_published()
    after = {k: d["version"] for k, d in newsreel.documents().items() if k in wanted}
    assert after == before == wanted
    events = {dict(r.headers)["ce_id"] for r in newsreel.records(ENRICHED.name)}
    assert len(events) == len(set(newsreel.ids_on(ENRICHED.name)))


def test_a_correction_wins_and_an_older_version_is_stale(newsreel, tmp_path):
    article = tmp_path / "article.txt"
    article.write_text("The first text says 12 people were hurt in Paris.", encoding="utf-8")
    all_searchable(newsreel, newsreel.replay(article, ledger=tmp_path / "1"))
    article.write_text("The corrected text says 14 people were hurt.", encoding="utf-8")
    wanted = newsreel.replay(article, "--article-version", "2", ledger=tmp_path / "2")
    all_searchable(newsreel, wanted)
    article.write_text("A late copy of the first text says 12.", encoding="utf-8")
    newsreel.replay(article, "--article-version", "1", ledger=tmp_path / "3")
    (key,) = wanted

    @eventually
    def all_three_published() -> None:
        assert newsreel.ids_on(ENRICHED.name).count(key) == 3

    all_three_published()
    settled(newsreel, tmp_path)
    document = newsreel.documents()[key]
    assert (document["version"], document["body"]) == (
        2,
        "The corrected text says 14 people were hurt.",
    )


def settled(newsreel: Newsreel, tmp_path: Path) -> None:
    """Return when all that was published is indexed: a last article that follows it is."""
    for number in range(12):  # on every partition, with near certainty
        (tmp_path / f"last-{number}.txt").write_text(f"The last word, {number}.", encoding="utf-8")
    last = sorted(tmp_path.glob("last-*.txt"))
    all_searchable(newsreel, newsreel.replay(*last, ledger=tmp_path / "last"))


def test_malformed_bytes_become_a_dead_letter_and_the_next_event_flows(newsreel, tmp_path):
    poison = b'{"schema_version": 1, \xff\xfe'

    async def send() -> None:
        producer = AIOKafkaProducer(bootstrap_servers=newsreel.bootstrap)
        await producer.start()
        await producer.send_and_wait(newsreel.topic(RAW.name), poison, b"poison")
        await producer.stop()

    asyncio.run(send())
    settled(newsreel, tmp_path)

    @eventually
    def letter():
        found = [r for r in newsreel.records(RAW_DEAD_LETTERS.name) if r.key == b"poison"]
        assert len(found) == 1
        return found[0]

    record = letter()
    headers = {name: value.decode() for name, value in record.headers}
    assert record.value == poison
    assert (headers["dlq_reason"], headers["dlq_stage"]) == ("not_json", "enricher")
    assert headers["dlq_topic"] == newsreel.topic(RAW.name)
    assert re.fullmatch(r"\d+", headers["dlq_offset"])


def test_a_retracted_article_is_no_longer_found(newsreel, tmp_path):
    line = {"text": "This will be withdrawn.", "item": "withdrawn"}
    first = tmp_path / "first.jsonl"
    first.write_text(json.dumps(line), encoding="utf-8")
    wanted = newsreel.replay(first, "--source", "retraction", ledger=tmp_path / "1")
    all_searchable(newsreel, wanted)
    second = tmp_path / "second.jsonl"
    second.write_text(json.dumps(line | {"version": 2, "status": "canceled"}), encoding="utf-8")
    assert newsreel.replay(second, "--source", "retraction", ledger=tmp_path / "2").keys() == (
        wanted.keys()
    )

    @eventually
    def gone() -> None:
        assert newsreel.documents().keys().isdisjoint(wanted)

    gone()


@pytest.mark.parametrize("newsreel", [REAL], indirect=True)
def test_an_enricher_killed_midway_loses_nothing(newsreel, tmp_path):
    enricher = newsreel.workers["enricher"]
    wanted = newsreel.replay(CORPUS, ledger=tmp_path / "ledger")
    assert len(wanted) == 274

    @eventually
    def midway() -> None:
        assert len(set(newsreel.ids_on(ENRICHED.name)) & wanted.keys()) >= 60

    midway()
    enricher.kill()
    done = set(newsreel.ids_on(ENRICHED.name)) & wanted.keys()
    assert len(done) < 274
    enricher.start()
    all_searchable(newsreel, wanted)
    events = [EnrichedArticle.from_json(r.value) for r in newsreel.records(ENRICHED.name)]
    assert wanted.keys() <= {str(event.article_id) for event in events}
    assert not {r.key.decode() for r in newsreel.records(RAW_DEAD_LETTERS.name)} & wanted.keys()


def test_the_readmes_consumer_reads_every_article_once(newsreel, tmp_path):
    wanted = newsreel.replay(SEEDS, ledger=tmp_path / "ledger")
    all_searchable(newsreel, wanted)
    _, _, rest = README.read_text(encoding="utf-8").partition("<!-- consumer: begin -->\n```python")
    code = tmp_path / "consumer.py"
    code.write_text(rest.partition("```")[0], encoding="utf-8")
    words = [sys.executable, code, newsreel.bootstrap, newsreel.topic(ENRICHED.name)]
    lines: list[str] = []
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as consumer:
        assert consumer.stdout is not None
        while wanted.keys() - {line.split()[0] for line in lines}:
            lines.append(consumer.stdout.readline())
        consumer.terminate()
    assert any("'Jens Stoltenberg'" in line for line in lines)
    read = [line.split()[0] for line in lines]
    assert {article_id: read.count(article_id) for article_id in wanted} == dict.fromkeys(wanted, 1)


@pytest.mark.parametrize("worker", ["enricher", "indexer"])
def test_a_worker_listens_on_its_health_port_and_nowhere_else(newsreel, worker):
    server = newsreel.workers[worker]
    assert server.process is not None
    health = int(server.environment["NEWSREEL_HEALTH__PORT"])
    assert listening_ports(server.process.pid) == {health}
