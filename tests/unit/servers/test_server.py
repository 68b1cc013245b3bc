from pathlib import Path

import pytest

from services.servers import process, server
from services.servers.server import Server, ServerError


def made(folder: Path, script: str, *, answers: bool = True, patience: float = 5.0) -> Server:
    """A server that is a line of shell."""
    command = ["sh", "-c", script]
    log = folder / "server.log"
    return Server("it", lambda: command, lambda: answers, log, patience=patience)


def test_a_server_runs_from_start_to_stop(tmp_path):
    one = made(tmp_path, "exec sleep 60")
    one.start()
    assert one.process
    assert process.alive(one.process)
    one.stop()
    assert not process.alive(one.process)


def test_a_killed_server_starts_again_as_another_process(tmp_path):
    one = made(tmp_path, "exec sleep 60")
    one.start()
    first = one.process
    one.kill()
    one.start()
    assert first
    assert one.process
    assert first != one.process
    one.stop()
    assert not process.alive(one.process)


def test_a_server_that_fails_shows_the_end_of_its_log(tmp_path):
    one = made(tmp_path, "echo The disk is full.; exit 3", answers=False)
    with pytest.raises(ServerError, match=r"it ended .* exit code 3\n--- .*\nThe disk is full\."):
        one.start()


def test_a_server_that_does_not_answer_is_not_left_running(tmp_path):
    one = made(tmp_path, "exec sleep 60", answers=False, patience=0.2)
    with pytest.raises(ServerError, match="does not answer"):
        one.start()
    assert one.process
    assert not process.alive(one.process)


def test_what_a_failed_launcher_started_does_not_run_on(tmp_path):
    child = tmp_path / "child"
    one = made(tmp_path, f"sleep 60 & echo $! > {child}; wait", answers=False, patience=0.5)
    with pytest.raises(ServerError):
        one.start()
    left = process.identify(int(child.read_text()))
    assert left is None or process.gone(left, patience=5)


def test_when_one_server_fails_the_others_are_ended(tmp_path):
    sound = made(tmp_path / "sound", "exec sleep 60")
    broken = made(tmp_path / "broken", "exit 1", answers=False)
    with pytest.raises(ServerError):
        server.start([sound, broken])
    assert sound.process
    assert not process.alive(sound.process)


def test_on_an_interrupt_nothing_is_left_running(tmp_path):
    def interrupted() -> bool:
        raise KeyboardInterrupt

    one = Server("it", lambda: ["sleep", "60"], interrupted, tmp_path / "server.log")
    with pytest.raises(KeyboardInterrupt):
        one.start()
    assert one.process
    assert not process.alive(one.process)


def test_a_server_left_behind_by_its_launcher_is_found_by_its_pid_file(tmp_path):
    pid_file = tmp_path / "pid"
    one = made(tmp_path, f"sleep 60 & echo $! > {pid_file}")
    one.pid_file = pid_file
    one.start()
    assert one.process
    assert one.process.pid == int(pid_file.read_text())
    one.stop()
    assert not process.alive(one.process)


def test_a_server_that_was_never_started_can_not_be_killed(tmp_path):
    with pytest.raises(ServerError, match="has not been started"):
        made(tmp_path, "true").kill()
