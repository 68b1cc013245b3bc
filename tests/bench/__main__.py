"""`python -m tests.bench [LEG...] [--short] [--rounds N]`: all legs in one interleaved run."""

import argparse
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, fields, replace
from pathlib import Path

from services.servers import local
from tests.bench import about, report
from tests.bench.processes import NotDoneError
from tests.bench.rounds import Contestant, Run, interleaved
from tests.bench.servers import Site
from tests.bench.sizes import FULL, SHORT, Sizes
from tests.bench.summary import summary
from tests.faults.servers import CACHE

LEGS = ("enrichment", "transform", "sink", "pool", "growth", "path", "latency")
OUT = Path(".newsreel/bench")


def main() -> None:
    """Run the legs; what was measured is told also when it is cut short."""
    given = arguments()
    # Cut short, it leaves nothing running.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    described = {
        "sizes": asdict(given.sizes),
        "versions": about.versions(),
        "machine": about.machine(),
    }
    say(", ".join(f"{name} {version}" for name, version in described["versions"].items()))
    runs: list[Run] = []
    failures: list[str] = []

    def failed(one: Contestant, error: NotDoneError) -> None:
        failures.append(one.name)
        say(f"{one.leg} · {one.name} FAILED: {error}")

    with tempfile.TemporaryDirectory(prefix="newsreel-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # as root, Elasticsearch runs as another user
        with ExitStack() as ending:
            there = list(contestants(given.legs, given.sizes, folder, ending))
            numbers = range(0 if given.sizes.cold else 1, given.sizes.rounds + 1)
            try:
                runs.extend(interleaved(there, numbers, lambda run: say(told(run)), failed))
            finally:
                write(runs, described, given.out)
    sys.exit(1 if failures else 0)


def contestants(
    legs: list[str], sizes: Sizes, folder: Path, ending: ExitStack
) -> Iterator[Contestant]:
    """Prepare the legs, with servers only where one needs them."""
    from tests.bench.legs import enrichment  # noqa: PLC0415

    if "enrichment" in legs:
        yield from enrichment.contestants(folder, sizes.texts)
    if set(legs) == {"enrichment"}:
        return
    from tests.bench.legs import growth, latency, path, pool, sink, transform  # noqa: PLC0415

    servers = ending.enter_context(local.running("real", folder / "servers", cache=CACHE))
    site = Site(servers, folder, sizes)
    modules = (transform, sink, pool, growth, path, latency)
    for leg, module in ((one.LEG, one) for one in modules):
        if leg in legs:
            yield from module.contestants(site)


def write(runs: list[Run], described: dict[str, object], out: Path) -> None:
    """Write JSON and chart, and print the tables."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "results.json").write_text(report.as_json(runs, described), encoding="utf-8")
    if not (found := summary(runs)):
        return
    say("\n" + report.markdown(found))
    from tests.bench.chart import draw  # noqa: PLC0415 - needs the group `bench`

    draw(found, out / "chart.svg")
    say(f"{out / 'results.json'} has all runs, {out / 'chart.svg'} shows them.")


def told(run: Run) -> str:
    """Say what a run gave, as it goes."""
    figures = ", ".join(f"{name} {report.number(value)}" for name, value in run.figures.items())
    return f"round {run.round} · {run.leg} · {run.contestant}: {figures}"


def say(line: str) -> None:
    """Print at once."""
    print(line, flush=True)  # noqa: T201 - that is what it is for


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("legs", nargs="*", metavar="LEG", help=f"of {', '.join(LEGS)}; all if none")
    parser.add_argument("--short", action="store_true", help="a small run of some minutes")
    parser.add_argument("--out", type=Path, default=OUT, help="folder of the results")
    for size in fields(Sizes):
        if size.name != "cold":
            full = f"in full {getattr(FULL, size.name)}"
            parser.add_argument(f"--{size.name}", type=size.type, help=full)
    given = parser.parse_args()
    given.legs = given.legs or list(LEGS)
    if unknown := set(given.legs) - set(LEGS):
        parser.error(f"no leg {', '.join(sorted(unknown))}; there are {', '.join(LEGS)}")
    if "latency" in given.legs and "path" not in given.legs:
        parser.error("latency is of the most that the path takes: add path")
    chosen = {one.name: value for one in fields(Sizes) if (value := getattr(given, one.name, None))}
    given.sizes = replace(SHORT if given.short else FULL, **chosen)
    return given


if __name__ == "__main__":
    main()
