import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from services.servers import process
from services.servers.process import Process, identify

DEAF = "import signal, time; signal.signal(15, signal.SIG_IGN); print(flush=True); time.sleep(60)"


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(["sleep", "60"]) as child:
        yield child
        child.kill()


def identity(child: subprocess.Popen[bytes]) -> Process:
    found = identify(child.pid)
    assert found is not None
    return found


def test_a_running_process_is_alive():
    itself = identify(os.getpid())
    assert itself is not None
    assert process.alive(itself)


def test_another_process_with_the_same_pid_is_not_taken_for_ours(sleeper):
    earlier = Process(pid=sleeper.pid, started="an earlier time")
    assert not process.alive(earlier)
    process.end(earlier, patience=0.1)
    process.kill(earlier)
    assert sleeper.poll() is None


def test_a_process_that_ended_is_gone_though_nobody_has_reaped_it(sleeper):
    ours = identity(sleeper)
    os.kill(sleeper.pid, signal.SIGKILL)
    assert process.gone(ours, patience=5)
    assert sleeper.returncode is None


def test_a_process_that_runs_on_is_not_gone(sleeper):
    assert not process.gone(identity(sleeper), patience=0.1)


def test_a_process_is_asked_to_end_first(sleeper):
    process.end(identity(sleeper))
    assert sleeper.wait() == -signal.SIGTERM


def test_a_process_that_ignores_the_request_is_made_to_end():
    with subprocess.Popen([sys.executable, "-c", DEAF], stdout=subprocess.PIPE) as deaf:
        assert deaf.stdout
        deaf.stdout.readline()
        process.end(identity(deaf), patience=0.2)
        assert deaf.wait() == -signal.SIGKILL


def test_a_paused_process_ends_too(sleeper):
    os.kill(sleeper.pid, signal.SIGSTOP)
    process.end(identity(sleeper), patience=5)
    assert sleeper.wait() == -signal.SIGTERM


def test_an_interrupt_waits_for_the_end_of_the_block():
    steps = []

    def work() -> None:
        with process.interrupts_held():
            signal.raise_signal(signal.SIGINT)
            steps.append("the block went on")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert steps == ["the block went on"]
