"""What delivery costs: the CPU of each way of `transforms`, interleaved, on a real broker.

`python -m tests.bench.discipline [ROUNDS]`. Each run has topics of its own, filled before. Figures
are CPU seconds per 1,000 records of 2.9 KB between the first and the last record that came out.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from statistics import median
from uuid import uuid4

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from rich.console import Console
from rich.table import Table

from schemas.topics import ENRICHED, RAW, TOPICS
from services.provision.topics import provide_topics
from services.runtime.publisher import Publisher
from services.runtime.record import Record
from services.runtime.settings import Kafka
from services.servers import local
from tests.bench.cpu import cpu_seconds
from tests.bench.transforms import WAYS

RECORDS = 20_000
SIZE = 2_900
GIVE_UP = 300.0


def main() -> None:
    """Run the rounds and print the medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    figures: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory(prefix="newsreel-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # as root, Elasticsearch runs as another user
        with local.running("real", folder / "servers") as servers:
            for number in range(rounds):
                for way in shuffled(number):
                    figures[way].append(one_run(way, servers.state, folder))
    report(figures)


def shuffled(number: int) -> Sequence[str]:
    """Give the ways in another order each round: what comes later may find a warmer machine."""
    orders = list(permutations(WAYS))
    return orders[number % len(orders)]


def one_run(way: str, servers: local.State, folder: Path) -> tuple[float, float]:
    """Return CPU seconds per 1,000 records and records a second."""
    prefix = f"b{uuid4().hex[:8]}-"
    asyncio.run(fill(servers.bootstrap_servers, prefix))
    command = [sys.executable, "-m", "tests.bench.transforms", way]
    with (folder / f"{way}.log").open("ab") as log:
        worker = subprocess.Popen(
            [*command, servers.bootstrap_servers, prefix], stdout=log, stderr=log
        )
    try:
        return asyncio.run(measured(servers.bootstrap_servers, prefix, worker))
    finally:
        worker.kill()
        worker.wait()


async def fill(bootstrap: str, prefix: str) -> None:
    """Put the records onto the raw topic."""
    admin, topics = (
        AIOKafkaAdminClient(bootstrap_servers=bootstrap),
        [topic.prefixed(prefix) for topic in TOPICS],
    )
    await admin.start()
    try:
        topics = [topic.prefixed(prefix) for topic in TOPICS]
        await provide_topics(admin, topics, 1, add_partitions=False)
    finally:
        await admin.close()
    topic = RAW.prefixed(prefix)
    async with Publisher(Kafka(bootstrap_servers=bootstrap), [topic]) as publisher:
        for start in range(0, RECORDS, 1000):
            records = (
                Record(topic.name, b"%d" % number, os.urandom(SIZE))
                for number in range(start, start + 1000)
            )
            await publisher.send_all(records)


async def measured(
    bootstrap: str, prefix: str, worker: "subprocess.Popen[bytes]"
) -> tuple[float, float]:
    """Watch the enriched topic from its first record to its last."""
    partitions = [TopicPartition(prefix + ENRICHED.name, n) for n in range(ENRICHED.partitions)]
    deadline = time.monotonic() + GIVE_UP
    begun = None
    async with AIOKafkaConsumer(bootstrap_servers=bootstrap) as consumer:
        while time.monotonic() < deadline and worker.poll() is None:
            done = sum((await consumer.end_offsets(partitions)).values())
            now = time.monotonic(), done, cpu_seconds(worker.pid)
            if done and begun is None:
                begun = now
            if begun and done >= RECORDS:
                seconds, records, cpu = (b - a for a, b in zip(begun, now, strict=True))
                return cpu * 1000 / records, records / seconds
            await asyncio.sleep(0.1)
    raise SystemExit(f"it did not get through (exit code {worker.poll()})")


def report(figures: dict[str, list[tuple[float, float]]]) -> None:
    """Print medians, ranges, and the ratio to Faust's guide of the same round."""
    table = Table(title=f"{RECORDS:,} records of {SIZE:,} bytes", title_justify="left")
    for heading in ("", "CPU s per 1,000", "least", "most", "records a second", "ratio to faust"):
        table.add_column(heading, justify="right" if heading else "left")
    for way, runs in figures.items():
        cpu, rates = zip(*runs, strict=True)
        plain = [one for one, _ in figures["faust"]]
        ratio = median(ours / theirs for ours, theirs in zip(cpu, plain, strict=True))
        values = (f"{median(cpu):.3f}", f"{min(cpu):.3f}", f"{max(cpu):.3f}")
        table.add_row(way, *values, f"{median(rates):,.0f}", f"{ratio:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
