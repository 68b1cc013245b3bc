"""What more partitions, workers and processes give, and cost, on one machine."""

from collections.abc import Iterator
from functools import partial

from tests.bench.legs import pool, transform
from tests.bench.rounds import Contestant
from tests.bench.servers import Site

LEG = "growth"
OURS = next(iter(transform.WAYS))
PARTITIONS = (1, 6, 48)
WORKERS = (2, 3)
PROCESSES = (1, 2, 4)


def contestants(site: Site) -> Iterator[Contestant]:
    """Give each size its turn; the first ones with enrichment off."""
    for number in PARTITIONS:
        run = partial(transform.one_run, site, OURS, partitions=number)
        yield Contestant(LEG, f"enrichment off, partitions: {number}", run)
    for number in WORKERS:
        run = partial(transform.one_run, site, OURS, workers=number)
        yield Contestant(LEG, f"enrichment off, workers: {number}", run)
    for number in PROCESSES:
        enriching = partial(pool.one_run, site, processes=number)
        yield Contestant(LEG, f"enrichment, processes: {number}", enriching)
