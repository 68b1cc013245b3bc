"""The processes of a demo: servers, provisioning, the two workers."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from services.servers import process, server
from services.servers.local import Running
from services.servers.ports import HOST, free_port, taken
from services.servers.process import Process
from services.servers.server import Server

WORKERS = ("enricher", "indexer")


class StepError(Exception):
    """A step of the demo failed; its own output says why."""


def newsreel(*words: str) -> list[str]:
    """Give the words that run a newsreel command with this interpreter."""
    return [sys.executable, "-m", "services.cli", *words]


def run(words: Sequence[str], environment: Mapping[str, str], log: Path | None = None) -> None:
    """Run a newsreel command to its end; its output goes to `log`, or through to the user.

    Raises `StepError` when it fails, and ends it when we are interrupted.
    """
    output = log.open("ab") if log else None
    with subprocess.Popen(  # noqa: S603 - words of ours, no shell
        newsreel(*words),
        env={**os.environ, **environment},
        stdout=output,
        stderr=subprocess.STDOUT if log else None,
        start_new_session=True,  # a Ctrl-C is for us; we end our children
    ) as child:
        try:
            code = child.wait()
        except BaseException:
            child.terminate()
            raise
        finally:
            if output:
                output.close()
    if code:
        raise StepError(f"newsreel {words[0]} ended with exit code {code}")


def workers(environment: Mapping[str, str], logs: Path) -> list[Server]:
    """Describe the workers, each with a health port of its own."""
    return [worker(name, environment, logs) for name in WORKERS]


def worker(name: str, environment: Mapping[str, str], logs: Path) -> Server:
    """Describe a worker; it answers when it is ready."""
    port = free_port()
    return Server(
        name=name,
        command=lambda: newsreel(name),
        answers=lambda: _answers(port, "/readyz"),
        log=logs / f"{name}.log",
        environment={**environment, "NEWSREEL_HEALTH__PORT": str(port)},
    )


def web(environment: Mapping[str, str], logs: Path, port: int) -> Server:
    """Describe the web page; it answers when it can search."""
    return Server(
        name="web",
        command=lambda: newsreel("web", "--port", str(port)),
        answers=lambda: _answers(port, "/"),
        log=logs / "web.log",
        environment={**environment, "NEWSREEL_WEB__HOST": HOST},
    )


def web_port(wanted: int) -> int:
    """Return the port for the web page; 0 is any free one. Raises `StepError` when it is taken."""
    if wanted and taken(wanted):
        raise StepError(f"port {wanted} is taken: choose another with --web-port (0: any free)")
    return wanted or free_port()


def still_alive(running: Sequence[Server]) -> None:
    """Raise `StepError` with the end of its log when a worker has gone."""
    for one in running:
        if one.process is None or not process.alive(one.process):
            raise StepError("\n".join([f"the {one.name} ended", *server.tails([one])]))


def stop(running: Sequence[Server]) -> None:
    """End the workers, draining side by side."""
    for one in running:
        if one.process:
            process.send(one.process, signal.SIGTERM)
    for one in running:
        one.stop()


def processes(running: Sequence[Server], servers: Running) -> dict[str, Process]:
    """List all that runs, to be ended later by `newsreel servers stop`."""
    ours = {one.name: one.process for one in running if one.process}
    return {**ours, **servers.state.processes}


def _answers(port: int, path: str) -> bool:
    try:
        with urlopen(f"http://{HOST}:{port}{path}", timeout=2) as response:
            return bool(response.status == 200)
    except (URLError, OSError):
        return False
