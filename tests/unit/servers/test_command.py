import pytest
from pydantic_settings import CliApp

from services.servers.command import Servers
from services.servers.ports import free_port


def newsreel_servers(*arguments: object) -> None:
    CliApp.run(Servers, cli_args=[str(argument) for argument in arguments])


def test_status_of_nothing_says_how_to_start(tmp_path):
    with pytest.raises(SystemExit, match=r"newsreel servers: none runs .* start` starts them"):
        newsreel_servers("status", "--dir", tmp_path)


def test_servers_are_real_or_embedded_not_both(tmp_path):
    with pytest.raises(SystemExit, match="--real and --embedded exclude each other"):
        newsreel_servers("start", "--real", "--embedded", "--dir", tmp_path)


def test_stop_is_content_when_nothing_runs(tmp_path, capsys):
    newsreel_servers("stop", "--dir", tmp_path)
    assert capsys.readouterr().err == "Stopped: nothing ran.\n"


def test_wipe_removes_data_and_spares_what_else_is_there(tmp_path):
    (tmp_path / "kafka" / "data").mkdir(parents=True)
    (tmp_path / "dist").mkdir()
    newsreel_servers("stop", "--wipe", "--dir", tmp_path)
    assert not (tmp_path / "kafka").exists()
    assert (tmp_path / "dist").exists()


def test_a_port_out_of_range_is_refused(tmp_path):
    with pytest.raises(ValueError, match="kafka_port"):
        newsreel_servers("start", "--dir", tmp_path, "--kafka-port", 65536 + free_port())
