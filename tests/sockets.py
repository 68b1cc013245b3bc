"""Where a process listens, as Linux tells it."""

from contextlib import suppress
from pathlib import Path

_LISTENING = "0A"


def listening_ports(pid: int) -> set[int]:
    """Return the TCP ports on which a process, with its children, accepts connections."""
    sockets = {socket for each in _family(pid) for socket in _sockets(each)}
    lines = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]
    ]
    return {
        int(address.rpartition(":")[2], 16)
        for _, address, _, state, *_, inode in (line[:10] for line in lines)
        if state == _LISTENING and f"socket:[{inode}]" in sockets
    }


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in _family(int(child)))]


def _sockets(pid: int) -> set[str]:
    found = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            found.add(str(descriptor.readlink()))
    return found
