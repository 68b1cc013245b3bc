"""What Linux tells of a process: its children, and its memory."""

from pathlib import Path

PAGE = 4096


def children_of(pid: int) -> list[int]:
    """List the direct children of a process; none of one that has gone."""
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8")
    except OSError:
        return []
    return [int(child) for child in listed.split()]


def resident(pid: int) -> int:
    """Read the bytes that a process has in memory; pages of a shared library count each time."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1]) * PAGE
    except (OSError, IndexError):
        return 0
