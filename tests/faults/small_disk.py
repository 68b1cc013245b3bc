"""A broker whose disk is small, so that a test can fill it and free it again."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.servers import process, real
from services.servers.distribution import distribution
from services.servers.local import Running
from services.servers.ports import free_port
from tests.faults.servers import CACHE
from tests.faults.stage import CannotRunError

SIZE = "256m"
PIECE = b"\0" * 4096
SETTLES_WITHIN = 30.0
"""Seconds in which a broker whose disk failed ends, if it does."""


@contextmanager
def on_a_small_disk(servers: Running, folder: Path) -> Iterator[Running]:
    """Run a broker of its own, with its data on a small file system in memory."""
    disk = disk_of(folder)
    disk.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=755", "tmpfs", str(disk)]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise CannotRunError(f"a small disk can't be mounted here ({ended.stderr.strip()})")
    port = free_port()
    kafka = real.kafka(distribution(CACHE), disk / "kafka", port)
    kafka.log = folder / "kafka.log"
    try:
        kafka.start()
        state = servers.state.model_copy(update={"kafka_port": port})
        yield Running(state, kafka, servers.elasticsearch)
    finally:
        if kafka.process and process.alive(kafka.process):
            kafka.kill()
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def disk_of(folder: Path) -> Path:
    """Name the folder that the disk is mounted on."""
    return folder / "disk"


def fill(disk: Path) -> Path:
    """Fill the disk to its last page, by a file that can be removed again."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(PIECE * 64)
        except OSError:
            pass  # it is full
    return ballast
