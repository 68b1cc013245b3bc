"""`python -m tests.faults [F1 F6 ...] [--seed N] [--articles N]`: all faults, or those named."""

import argparse
import random
import signal
import sys
import tempfile
from pathlib import Path

from services.servers import local
from tests.faults.faults import FAULTS, SOAK
from tests.faults.servers import CACHE
from tests.faults.stage import Plan
from tests.faults.suite import Row, run, say
from tests.faults.table import table

ARTICLES = 80


def main() -> None:
    """Run the faults one after the other; exit 1 when one did harm."""
    given = arguments()
    # Cut short, it leaves nothing running.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    plan = Plan(given.seed, given.articles, full=not given.short, soak=given.soak)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="newsreel-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # as root, Elasticsearch runs as another user
        with local.running("real", folder, cache=CACHE) as servers:
            try:
                rows.extend(run(one, plan, servers, keep=given.keep) for one in given.faults)
            finally:  # also of what was interrupted
                say("\n".join(["", *table(rows)]))
    sys.exit(0 if all(row.ok for row in rows) else 1)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    known = ", ".join(f"{name} ({fault.title})" for name, fault in FAULTS.items())
    parser.add_argument("faults", nargs="*", metavar="FAULT", help=known)
    seed = random.randrange(1_000_000)  # noqa: S311 - printed, to run it again
    parser.add_argument("--seed", type=int, default=seed, help="of the schedule; any by default")
    parser.add_argument("--articles", type=int, default=ARTICLES, help="that flow meanwhile")
    parser.add_argument("--short", action="store_true", help="shorter outages, as CI runs them")
    parser.add_argument("--soak", type=float, metavar="MINUTES", help=f"run {SOAK}, for so long")
    parser.add_argument("--keep", action="store_true", help="keep the logs of what went well")
    given = parser.parse_args()
    given.faults = given.faults or list(FAULTS)
    if unknown := [name for name in given.faults if name not in FAULTS]:
        parser.error(f"no fault {', '.join(unknown)}; there are {', '.join(FAULTS)}")
    return given


if __name__ == "__main__":
    main()
