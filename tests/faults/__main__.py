"""`python -m tests.faults [F1 F6 ...] [--seed N] [--articles N]`: all faults, or those named."""

import argparse
import random
import signal
import sys
import tempfile
from pathlib import Path

from services.servers import local
from tests.faults.faults import FAULTS
from tests.faults.suite import ARTICLES, Row, reported, run


def main() -> None:
    """Run the faults one after the other; exit 1 when one did harm."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    known = ", ".join(f"{name} ({fault.title})" for name, fault in FAULTS.items())
    parser.add_argument("faults", nargs="*", metavar="FAULT", help=known)
    parser.add_argument("--seed", type=int, help="of the schedule; any, and printed, by default")
    parser.add_argument("--articles", type=int, default=ARTICLES, help="that flow meanwhile")
    given = parser.parse_args()
    names = given.faults or list(FAULTS)
    if unknown := [name for name in names if name not in FAULTS]:
        parser.error(f"no fault {', '.join(unknown)}; there are {', '.join(FAULTS)}")
    seed = random.randrange(1_000_000) if given.seed is None else given.seed  # noqa: S311 - printed
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # cut short, it leaves nothing running
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="newsreel-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # as root, Elasticsearch runs as another user
        with local.running("real", folder) as servers, reported(rows):
            rows.extend(run(one, seed, servers, given.articles) for one in names)
    sys.exit(0 if all(row.ok for row in rows) else 1)


if __name__ == "__main__":
    main()
