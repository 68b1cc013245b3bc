"""A contestant's process group: started, measured from outside, and ended as a whole."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.faults.processes import children_of, resident

TICKS = os.sysconf("SC_CLK_TCK")
MEGABYTE = 1_000_000


class NotDoneError(Exception):
    """A contestant ended, or took too long: the message has the end of its log."""


@dataclass(frozen=True)
class Group:
    """A process with all that it has started, in a session of its own."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def cpu(self) -> float:
        """CPU seconds so far."""
        return cpu_seconds(self.process.pid)

    @property
    def memory(self) -> list[float]:
        """Megabytes of each process; pages that they share count in each."""
        return [resident(pid) / MEGABYTE for pid in family(self.process.pid)]

    def require(self) -> None:
        """Raise `NotDoneError` when it has ended."""
        if (code := self.process.poll()) is not None:
            raise NotDoneError(f"{self.name} ended with {code}\n{self.tail()}")

    def tail(self) -> str:
        """Read the end of its log."""
        return "\n".join(self.log.read_text("utf-8", errors="replace").splitlines()[-20:])


@contextmanager
def started(
    name: str, words: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Group]:
    """Run it for the length of the block; after it no process of its group is left."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            words,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield Group(name, process, log)
    finally:
        _end(process)


def family(pid: int) -> list[int]:
    """List a pid and those of its children, theirs too."""
    found = [pid]
    for one in found:
        found += children_of(one)
    return found


def cpu_seconds(pid: int) -> float:
    """Add up user and system time of a process and of its living and reaped children."""
    return sum(map(_ticks, family(pid))) / TICKS


def _ticks(pid: int) -> int:
    # proc(5): after the name in brackets, fields 14 to 17 are utime, stime, cutime, cstime.
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return 0  # it has ended meanwhile, and its parent has its time
    return sum(map(int, stat.rpartition(")")[2].split()[11:15]))


def _end(process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 20
    with suppress(ProcessLookupError):
        while True:  # a child may just have been born
            os.killpg(process.pid, signal.SIGKILL)
            process.poll()
            if time.monotonic() > deadline:
                raise RuntimeError(f"process group {process.pid} does not end")
            time.sleep(0.05)
    process.wait()
