"""Workers that faults act on: killed, paused and stopped by pid, restarted as compose would."""

import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from services.demo import stack
from services.servers import process
from services.servers.server import Server
from tests.faults.course import Memory
from tests.faults.processes import children_of, resident

Command = Callable[[], list[str]] | None
"""Gives the words of each launch; None runs `newsreel SERVICE`."""
RESTART_AFTER = 1.0
"""Seconds; Docker begins with a tenth of it and doubles."""
STOPS_WITHIN = 10.0
"""Seconds that a worker has to drain after SIGTERM."""
READY_WITHIN = 120.0
MEGABYTE = 1_000_000


@dataclass
class Worker:
    """One worker of a run; each of its processes gets a log of its own."""

    server: Server
    logs: Path
    name: str
    wanted: bool = False
    """Whether it should be running: then it is started again when it has ended by itself."""
    exits: int = 0
    """How often it has ended by itself."""
    memory: list[Memory] = field(default_factory=list)
    """Of it and its children, while it ran."""
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def launch(self) -> None:
        """Start it, unless it runs, and do not wait until it is ready."""
        with self._lock:
            if self.alive():
                return
            self._exit_code()  # of the process before: only this lets the system forget it
            self.server.log = self.logs / f"{self.name}-{len(self._logs()) + 1}.log"
            self.server.launch()
            self.wanted = True

    def wait(self) -> None:
        """Return when it is ready, were it after some starts; raises `TimeoutError`."""
        deadline = time.monotonic() + READY_WITHIN
        while not self.server.answers():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.name} is not ready after {READY_WITHIN:.0f} s")
            time.sleep(0.1)

    def kill(self) -> None:
        """End it as a crash does, with its children: so does a container that is killed."""
        with self._lock:
            self.wanted = False
            children = self.family()[1:]
            if self.alive():
                self.server.kill()
            for child in children:
                if (running := process.identify(child)) is not None:
                    process.kill(running)

    def stop(self) -> str | None:
        """End it by SIGTERM; say what was wrong with how it ended."""
        with self._lock:
            self.wanted = False
            if self.server.process is None or not self.alive():
                return f"{self.name} was not running"
            began = time.monotonic()
            process.send(self.server.process, signal.SIGTERM)
            process.send(self.server.process, signal.SIGCONT)
            if not process.gone(self.server.process, STOPS_WITHIN):
                self.server.kill()
                return f"{self.name} still ran {STOPS_WITHIN:.0f} s after SIGTERM"
            code = self._exit_code()
            if code == -signal.SIGTERM and not self.server.log.stat().st_size:
                return None  # it was still being imported, and had nothing to drain
        seconds = time.monotonic() - began
        return f"{self.name} ended with {code} after {seconds:.1f} s" if code else None

    def pause(self) -> None:
        """Let it hang, with its children."""
        self._signal_family(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        self._signal_family(signal.SIGCONT)

    def alive(self) -> bool:
        """Tell whether its process runs."""
        return self.server.process is not None and process.alive(self.server.process)

    def watch(self) -> None:
        """Start it again if it has ended by itself, and note its memory."""
        with self._lock:
            if self.wanted and not self.alive():
                self.exits += 1
                time.sleep(RESTART_AFTER)
                self.launch()
            if family := self.family():
                used = sum(map(resident, family)) / MEGABYTE
                self.memory.append(Memory(time.monotonic(), used))

    def log(self) -> str:
        """Read all that it has logged, of all its processes."""
        files = sorted(self._logs(), key=lambda file: file.stat().st_mtime)
        return "".join(file.read_text(encoding="utf-8", errors="replace") for file in files)

    def _logs(self) -> list[Path]:
        """List its logs, also those of an earlier worker of the name: none is written over."""
        files = self.logs.glob(f"{self.name}-*.log")
        return [file for file in files if file.stem.removeprefix(f"{self.name}-").isdigit()]

    def lines(self) -> int:
        """Count the lines that it has logged."""
        return self.log().count("\n")

    def family(self) -> list[int]:
        """List its pid and those of its children, theirs too; none when it does not run."""
        found = [self.server.process.pid] if self.server.process and self.alive() else []
        for pid in found:
            found += children_of(pid)
        return found

    def _signal_family(self, number: signal.Signals) -> None:
        for pid in self.family():
            if (running := process.identify(pid)) is not None:
                process.send(running, number)

    def _exit_code(self) -> int | None:
        launched = self.server._launched  # noqa: SLF001 - a server has no need to tell its exit code
        return launched.wait() if launched else None


class Watch:
    """Watches over workers, also those that are added while it runs."""

    def __init__(self) -> None:
        self.workers: list[Worker] = []
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stopped.set()
        self._thread.join()
        for worker in self.workers:
            worker.kill()

    @property
    def exits(self) -> int:
        """How often workers have ended by themselves."""
        return sum(worker.exits for worker in self.workers)

    @property
    def memory(self) -> dict[str, list[Memory]]:
        """What each worker has had in memory; of those of one name, all."""
        found: dict[str, list[Memory]] = {}
        for worker in self.workers:
            found.setdefault(worker.name, []).extend(worker.memory)
        return found

    def _run(self) -> None:
        while not self._stopped.wait(0.3):
            for worker in tuple(self.workers):
                worker.watch()


def worker(
    service: str, name: str, environment: Mapping[str, str], logs: Path, command: Command
) -> Worker:
    """Describe a worker that runs `newsreel SERVICE`, or another command in its place."""
    server = stack.worker(service, environment, logs)
    if command:
        server.command = command
    return Worker(server, logs, name)
