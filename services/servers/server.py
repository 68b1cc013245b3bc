"""A server on this machine: launched, waited for, and ended or disturbed by its own pid."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from services.servers import process
from services.servers.process import Process


class ServerError(Exception):
    """A server can't be had: the message says why and what to do."""


class MissingPrerequisiteError(ServerError):
    """Something that this machine needs first is not there."""


@dataclass
class Server:
    """One server: `command` prepares a launch and gives its words, `answers` asks for life."""

    name: str
    command: Callable[[], list[str]]
    answers: Callable[[], bool]
    log: Path
    """What the server prints."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Added to ours."""
    pid_file: Path | None = None
    """For a launcher that ends once the server is up: where it leaves the server's pid."""
    patience: float = 240.0
    """Seconds until it must answer: Elasticsearch took 104 on two cores under a load of 13."""
    process: Process | None = None
    """What runs; none before the first start."""
    _launched: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start the server, again on the same port and data after an end; it answers on return."""
        start([self])

    def stop(self) -> None:
        """End the server in its own good time."""
        if self.process:
            process.end(self.process)
            self._reap()

    def kill(self) -> None:
        """End the server as a crash does."""
        process.kill(self._running())
        self._reap()

    def pause(self) -> None:
        """Let the server hang: connections stand, nothing is answered."""
        process.send(self._running(), signal.SIGSTOP)

    def resume(self) -> None:
        """Let a paused server go on."""
        process.send(self._running(), signal.SIGCONT)

    def launch(self) -> None:
        """Start the process and do not wait for its answer."""
        command = self.command()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.pid_file:
            self.pid_file.unlink(missing_ok=True)  # of the run before
        with self.log.open("wb") as log, process.interrupts_held():
            self._launched = subprocess.Popen(  # noqa: S603 - words of ours, no shell
                command,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a Ctrl-C is for us; we end the servers
            )
        if self.pid_file is None:
            self.process = process.identify(self._launched.pid)

    def wait(self) -> None:
        """Return when the server answers; raise ServerError when it ended or takes too long."""
        deadline = time.monotonic() + self.patience
        while not self._ready():
            if time.monotonic() > deadline:
                raise ServerError(f"{self.name} does not answer after {self.patience:.0f} s")
            time.sleep(0.1)

    def abort(self) -> None:
        """End whatever a start that did not succeed has left, children of the launcher too."""
        if self._launched and self._launched.returncode is None:
            # Not reaped yet, so the group's number can't have become someone else's.
            with suppress(ProcessLookupError):
                os.killpg(self._launched.pid, signal.SIGKILL)
            self._launched.wait()
        self._adopt()
        if self.process:
            process.kill(self.process)

    def _running(self) -> Process:
        if self.process is None:
            raise ServerError(f"{self.name} has not been started")
        return self.process

    def _ready(self) -> bool:
        launched = self._launched
        code = launched.poll() if launched else None
        if code is not None and (code != 0 or self.pid_file is None):
            raise ServerError(f"{self.name} ended while starting, with exit code {code}")
        if self.pid_file is None:
            return self.answers()
        if code is None:
            return False
        self._adopt()
        return self.answers()

    def _adopt(self) -> None:
        """Take over the process that the launcher has left behind."""
        if self.pid_file and self.pid_file.exists():
            self.process = process.identify(int(self.pid_file.read_text(encoding="utf-8")))

    def _reap(self) -> None:
        if self._launched:
            self._launched.wait()


def start(servers: Iterable[Server]) -> None:
    """Start the servers side by side; when one fails, or on Ctrl-C, none is left running."""
    launched: list[Server] = []
    try:
        for server in servers:
            launched.append(server)
            server.launch()
        for server in launched:
            server.wait()
    except BaseException as error:
        for server in launched:
            server.abort()
        if isinstance(error, ServerError):
            raise type(error)("\n".join([str(error), *tails(launched)])) from error
        raise


def tails(servers: Iterable[Server], lines: int = 20) -> list[str]:
    """Give the last lines of each log, under its path."""
    shown: list[str] = []
    for server in servers:
        if server.log.exists():
            text = server.log.read_text(encoding="utf-8", errors="replace")
            shown += [f"--- {server.log}", *text.splitlines()[-lines:]]
    return shown
