"""What processes have spent."""

from pathlib import Path

TICKS = 100.0
"""Clock ticks a second in /proc, USER_HZ, on every Linux that Python 3.11 runs on."""


def cpu_seconds(pid: int) -> float:
    """Add up user and system time of the process and of its living and reaped children."""
    family = [pid]
    for one in family:
        children = Path(f"/proc/{one}/task/{one}/children").read_text(encoding="utf-8")
        family += map(int, children.split())
    return sum(map(_ticks, family)) / TICKS


def _ticks(pid: int) -> int:
    # proc(5): after the name in brackets, fields 14 to 17 are utime, stime, cutime, cstime.
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15]))
