"""Processes that outlive the command that started them: told apart by pid and start time."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from pydantic import BaseModel, ConfigDict


class Process(BaseModel):
    """One process: a pid is given again once its process has gone, pid and start time are not."""

    model_config = ConfigDict(frozen=True)

    pid: int
    started: str


def identify(pid: int) -> Process | None:
    """Say which process has this pid now; None for none, or one that ended but was not reaped."""
    started = _started_linux(pid) if Path("/proc/self/stat").exists() else _started_ps(pid)
    return Process(pid=pid, started=started) if started else None


def alive(process: Process) -> bool:
    """Tell whether exactly this process still runs."""
    return identify(process.pid) == process


def send(process: Process, number: signal.Signals) -> None:
    """Signal the process, unless it has gone."""
    if alive(process):
        with suppress(ProcessLookupError):
            os.kill(process.pid, number)


def end(process: Process, patience: float = 20.0) -> None:
    """Ask the process to end; after `patience` seconds, make it. It has gone on return."""
    send(process, signal.SIGTERM)
    send(process, signal.SIGCONT)  # a process that is stopped would not see the request
    if not gone(process, patience):
        kill(process)


def kill(process: Process) -> None:
    """End the process at once, as a crash does. It has gone on return."""
    send(process, signal.SIGKILL)
    if not gone(process, 20.0):
        raise RuntimeError(f"process {process.pid} does not end, not even by SIGKILL")


def gone(process: Process, patience: float) -> bool:
    """Wait until the process has gone, at most `patience` seconds; tell whether it has."""
    deadline = time.monotonic() + patience
    while alive(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Deliver Ctrl-C and SIGTERM after the block: in it, a new child would be lost."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread is ever interrupted
        return
    held: list[int] = []

    def hold(number: int, _frame: FrameType | None) -> None:
        held.append(number)

    # Handlers, not a signal mask: the child would inherit the mask.
    before = {number: signal.signal(number, hold) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if held:
        signal.raise_signal(signal.Signals(held[0]))


def _started_linux(pid: int) -> str | None:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # proc(5): the name, field 2, stands in brackets and may hold spaces; 3 is the state, 22 the
    # start in clock ticks since boot.
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in {"Z", "X"} else fields[19]


def _started_ps(pid: int) -> str | None:
    command = ["/bin/ps", "-o", "state=,lstart=", "-p", str(pid)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - numbers only
    state, _, started = answer.stdout.strip().partition(" ")
    return None if state.startswith("Z") else started.strip() or None
