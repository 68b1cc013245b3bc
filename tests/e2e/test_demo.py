"""`newsreel demo` as a user runs it, on the embedded servers."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from services.demo.stack import newsreel
from services.servers.local import State
from tests.e2e.conftest import eventually


@pytest.fixture
def demo(embedded: State, tmp_path: Path) -> Iterator["Demo"]:  # noqa: ARG001 - skips where it can't run
    yield (demo := Demo(tmp_path))
    demo.run("servers", "stop", "--dir", str(tmp_path))


class Demo:
    """Demos whose servers and data are in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def words(self, *options: str) -> list[str]:
        ports = ("--kafka-port", "0", "--elasticsearch-port", "0", "--web-port", "0")
        return newsreel("demo", "--dir", str(self.folder), *ports, *options)

    def run(self, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            newsreel(*words),
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def processes(self) -> list[str]:
        """List what runs with this folder or with its servers' addresses."""
        found = []
        for environ in Path("/proc").glob("[0-9]*/environ"):
            try:
                text = (environ.read_bytes() + (environ.parent / "cmdline").read_bytes()).decode(
                    errors="replace"
                )
            except OSError:
                continue
            if str(self.folder) in text:
                found.append(text)
        return found


def test_it_shows_articles_facets_and_searches_and_leaves_nothing_running(demo):
    ended = subprocess.run(
        demo.words(), capture_output=True, text=True, timeout=200, check=False, cwd=demo.folder
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    for shown in ("Articles", "Facets", "Jens", "NATO", "newsreel search", "2.4", "Done in"):
        assert shown in ended.stdout
    assert demo.processes() == []


@pytest.mark.parametrize("after", [0.5, 2.0, 6.0])
def test_ctrl_c_ends_it_cleanly_at_any_moment(demo, after):
    with subprocess.Popen(
        demo.words(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        time.sleep(after)
        running.send_signal(signal.SIGINT)
        output, _ = running.communicate(timeout=60)
    assert running.returncode != 0
    assert "Traceback" not in output
    assert demo.processes() == []


def test_kept_it_can_be_searched_and_then_stopped(demo):
    ended = subprocess.run(
        demo.words("--keep"), capture_output=True, text=True, timeout=200, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    status = demo.run("servers", "status", "--dir", str(demo.folder))
    variables = dict(line.split("=", 1) for line in status.stdout.split())
    found = demo.run("search", "air defence", **variables)
    assert "Stoltenberg" in found.stdout, found.stderr
    port = ended.stdout.rpartition("http://127.0.0.1:")[2].strip()
    with urlopen(f"http://127.0.0.1:{port}/?q=air+defence", timeout=30) as page:
        assert "Stoltenberg" in page.read().decode()
    again = subprocess.run(demo.words(), capture_output=True, text=True, timeout=60, check=False)
    assert again.returncode != 0
    assert "newsreel servers stop" in again.stderr
    assert demo.run("servers", "stop", "--dir", str(demo.folder)).returncode == 0

    @eventually
    def gone() -> None:
        assert demo.processes() == []

    gone()


def test_a_taken_port_is_named_in_one_line(demo, embedded):
    port = embedded.bootstrap_servers.rpartition(":")[2]
    ended = demo.run("demo", "--dir", str(demo.folder), "--kafka-port", port)
    assert ended.returncode != 0
    assert f"port {port} is taken" in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
