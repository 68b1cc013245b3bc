from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.producer.plan import EqualItems, Plan
from services.producer.sending import Job
from services.producer.sources import Refusal, files

NOW = datetime(2024, 5, 4, 12, tzinfo=UTC)


def plan(*paths: Path, rounds: int = 1) -> Plan:
    return Plan(tuple(files(map(str, paths))), "news-raw", 900_000, rounds)


def test_two_equal_items_end_the_run_with_both_names(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    (tmp_path / "a.html").write_text("two")
    with pytest.raises(EqualItems) as error:
        plan(tmp_path).check(NOW)
    assert "a.txt" in str(error.value)
    assert "a.html" in str(error.value)


def test_a_path_given_twice_is_two_equal_items(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    with pytest.raises(EqualItems):
        plan(tmp_path, tmp_path).check(NOW)


def test_each_round_sends_articles_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    (tmp_path / "b.jsonl").write_text('{"text": "two", "url": "https://news.example/b"}\n')
    three = plan(tmp_path, rounds=3)
    jobs = [job for job in three.jobs(lambda: NOW) if isinstance(job, Job)]
    assert three.check(NOW) == len(jobs) == 6
    assert len({job.record.key for job in jobs}) == 6


def test_what_cannot_be_sent_is_named_once_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff")
    (tmp_path / "b.txt").write_text("two")
    jobs = list(plan(tmp_path, tmp_path / "missing.txt", rounds=2).jobs(lambda: NOW))
    assert [type(job) for job in jobs] == [Refusal, Job, Refusal, Job]
