import sys

import pytest

from tests.bench.measuring import Moment, Watch, between, growth, waited
from tests.bench.processes import NotDoneError, cpu_seconds, family, started
from tests.bench.stalls import longest

SPAWNS = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
sum(range(5_000_000))
time.sleep(600)
"""


def test_rates_are_of_what_was_done_between_the_first_and_the_last_look():
    begin = Moment(10.0, 100, {"worker": 1.0, "kafka": 5.0})
    end = Moment(12.0, 1100, {"worker": 1.2, "kafka": 5.5})
    assert between(begin, end, ["worker"]) == pytest.approx(
        {"per_second": 500.0, "cpu": 0.2, "cpu_kafka": 0.5}
    )


def test_the_cpu_of_several_is_added_up_and_told_apart():
    begin, end = Moment(0.0, 0, {"a": 0.0, "b": 0.0}), Moment(1.0, 1000, {"a": 1.0, "b": 2.0})
    found = between(begin, end, ["a", "b"])
    assert (found["cpu"], found["cpu_a"], found["cpu_b"]) == (3.0, 1.0, 2.0)


def test_what_was_done_at_the_first_look_cannot_be_measured():
    moment = Moment(1.0, 1000, {"worker": 1.0})
    with pytest.raises(NotDoneError, match="too few records"):
        between(moment, moment, ["worker"])


def test_memory_that_comes_after_half_of_the_work_is_growth():
    seen = [(0, 50.0), (40, 300.0), (50, 310.0), (60, 305.0), (100, 312.5)]
    assert growth(seen) == {"largest_mb": 312.5, "grown_mb": 2.5}
    assert growth([(0, 300.0), (100, 290.0)]) == {"largest_mb": 300.0, "grown_mb": 0.0}


def test_a_group_ends_with_all_that_it_has_started(tmp_path):
    log = tmp_path / "log"
    with started("spawns", [sys.executable, "-c", SPAWNS], log) as group:
        waited(group, lambda: log.read_text("utf-8").endswith("\n"), 30)
        child = int(log.read_text("utf-8"))
        assert family(group.process.pid) == [group.process.pid, child]
        waited(group, lambda: group.cpu > 0, 30)
        assert all(one > 1 for one in group.memory)
    assert cpu_seconds(child) == 0
    assert group.process.returncode


def test_a_contestant_that_ends_is_told_with_the_end_of_its_log(tmp_path):
    words = [sys.executable, "-c", "raise SystemExit('no broker')"]
    with (
        started("ends", words, tmp_path / "log") as group,
        pytest.raises(NotDoneError, match="ends ended with 1\nno broker"),
    ):
        Watch([group], {}).until(lambda: 0, 1)


def test_a_run_is_measured_until_all_is_done(tmp_path):
    done = iter([0, 0, 10, 20, 40, 40])
    words = [sys.executable, "-c", "import time; time.sleep(600)"]
    with started("works", words, tmp_path / "log") as group:
        found = Watch([group], {}, tmp_path / "stalls").until(lambda: next(done), 40)
    assert 0 < found["per_second"] <= 30 / 0.2
    assert next(done) == 40  # it looked no more
    assert "stall_ms" not in found  # nobody watched its loop


def test_the_longest_stall_is_of_the_time_that_was_measured(tmp_path):
    file = tmp_path / "stalls"
    file.write_text("1.0 0.9\n5.0 0.02\n6.0 0.05\n9.0 3.0\n", encoding="ascii")
    assert longest(file, 4.0, 8.0) == 0.05
    assert longest(file, 10.0, 12.0) == 0
