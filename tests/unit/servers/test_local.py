import socket
import subprocess

import pytest

from services.servers import local, process
from services.servers.local import Ports, State
from services.servers.ports import HOST, free_port
from services.servers.process import Process, identify
from services.servers.server import ServerError


@pytest.fixture
def sleeper():
    with subprocess.Popen(["sleep", "60"]) as child:
        yield identify(child.pid)
        child.kill()


def state(**processes: Process) -> State:
    return State(kind="real", kafka_port=9092, elasticsearch_port=9200, processes=processes)


def test_what_runs_is_remembered_for_the_next_command(tmp_path, sleeper):
    written = state(kafka=sleeper)
    local.remember(tmp_path, written)
    assert local.recall(tmp_path) == written


def test_servers_that_have_ended_are_not_recalled(tmp_path, sleeper):
    local.remember(tmp_path, state(kafka=Process(pid=sleeper.pid, started="before")))
    assert local.recall(tmp_path) is None


def test_where_nothing_was_started_nothing_is_recalled(tmp_path):
    assert local.recall(tmp_path) is None
    assert local.stop(tmp_path) == []


def test_a_damaged_list_says_what_to_do(tmp_path):
    (tmp_path / local.STATE).write_text("{")
    with pytest.raises(ServerError, match="remove it"):
        local.recall(tmp_path)


def test_stop_ends_exactly_what_was_started(tmp_path, sleeper):
    with subprocess.Popen(["sleep", "60"]) as stranger:
        reused = Process(pid=stranger.pid, started="before")
        local.remember(tmp_path, state(kafka=sleeper, elasticsearch=reused))
        assert local.stop(tmp_path) == ["kafka"]
        assert not process.alive(sleeper)
        assert stranger.poll() is None
        stranger.kill()
    assert not (tmp_path / local.STATE).exists()


def test_the_addresses_are_variables_that_the_settings_read():
    assert state().environment == {
        "NEWSREEL_KAFKA__BOOTSTRAP_SERVERS": "127.0.0.1:9092",
        "NEWSREEL_ELASTICSEARCH__URL": "http://127.0.0.1:9200",
    }


@pytest.mark.parametrize("name", ["kafka", "elasticsearch"])
def test_a_port_that_is_taken_is_named_with_the_option_that_changes_it(tmp_path, name):
    with socket.create_server((HOST, 0)) as listener:
        port = listener.getsockname()[1]
        ports = {"kafka": free_port(), "elasticsearch": free_port()} | {name: port}
        with pytest.raises(ServerError, match=f"port {port} is taken.*--{name}-port"):
            local.start("embedded", tmp_path, Ports(**ports))
