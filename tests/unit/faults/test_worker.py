"""The workers of the fault suite crash and fail when they are told to."""

import json
import signal
import subprocess
import sys
from pathlib import Path

from schemas.headers import Rejection
from schemas.reasons import REASONS
from tests.faults.evidence import BEFORE, entries, shift_partitions
from tests.faults.work import broken

PASSES = """
from tests.faults.worker import Crash
crash = Crash("published", 2)
for crack in ("indexed", "published", "dead-lettered", "published"):
    print(crack, flush=True)
    crash(crack)
print("still there")
"""


def test_a_crash_ends_its_process_at_the_nth_pass_of_its_crack():
    ended = subprocess.run(
        [sys.executable, "-c", PASSES], capture_output=True, text=True, check=False
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert ended.stdout.split() == ["indexed", "published", "dead-lettered", "published"]


def test_a_bad_deploy_refuses_everything_for_a_known_reason():
    outcomes = broken([(b"key", b"value", ()), (None, None, ())])
    assert [type(one) for one in outcomes] == [Rejection, Rejection]
    assert {one.reason for one in outcomes} <= set(REASONS)


def test_the_places_of_a_deleted_topic_name_none_of_the_new_one(tmp_path: Path):
    ledger = tmp_path / "ledger"
    line = {"article_id": "a", "version": 1, "sha256": "x", "partition": 2, "offset": 7}
    ledger.write_text(json.dumps(line) + "\n", encoding="utf-8")
    shift_partitions(ledger)
    (entry,) = entries(ledger)
    assert entry.place == (2 + BEFORE, 7)
