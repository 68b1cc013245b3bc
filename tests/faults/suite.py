"""Runs a fault to its judgement, and shows the judgements as a table."""

import logging
import shutil
import tempfile
import time
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from services.servers.local import Running
from tests.faults.evidence import Observer
from tests.faults.faults import FAULTS
from tests.faults.stage import Result, drain, stage, verdict

ARTICLES = 80
HEADINGS = (
    "fault",
    "seed",
    "articles",
    "lost",
    "duplicated",
    "repeats",
    "drained s",
    "RSS MB",
    "exits",
    "s",
    "",
)
MOST_SHOWN = 12
"""Breaches that are listed of one run."""
SHOWN = Console(width=120, soft_wrap=True, markup=False, highlight=False)


@dataclass(frozen=True)
class Row:
    """One run of a fault; `result` is None when it could not be carried out."""

    fault: str
    seed: int
    seconds: float
    result: Result | None
    error: str = ""

    @property
    def ok(self) -> bool:
        """Whether the fault did no harm."""
        return self.result is not None and self.result.ok


def run(name: str, seed: int, servers: Running, articles: int = ARTICLES) -> Row:
    """Act a fault, drain, judge; the logs stay in a folder that is named when it did harm."""
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # that servers are away is no news
    fault = FAULTS[name]
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix=f"newsreel-{name}-"))
    SHOWN.print(f"{name}: {fault.title}; --seed {seed} --articles {articles}")
    try:
        with stage(servers, folder, seed, articles, **fault.environment) as on:
            with Observer(on.installation) as observer:
                fault.act(on)
                drained = drain(observer, fault.drained_within)
            result = verdict(on, observer, drained)
        row = Row(name, seed, time.monotonic() - began, result)
    except Exception:  # noqa: BLE001 - the other faults are still to be run, and this is shown
        row = Row(name, seed, time.monotonic() - began, None, traceback.format_exc())
    for line in findings(row):
        SHOWN.print(f"  {line}")
    if row.ok:
        shutil.rmtree(folder)
    else:
        SHOWN.print(f"  logs and ledger: {folder}")
    return row


def findings(row: Row) -> Iterator[str]:
    """Say what was wrong, a line for each thing."""
    if row.result is None:
        yield row.error
        return
    breaches = row.result.judgement.breaches
    for breach in breaches[:MOST_SHOWN]:
        yield f"{breach.invariant}: {breach.article} {breach.kind}; {breach.detail}"
    if len(breaches) > MOST_SHOWN:
        yield f"and {len(breaches) - MOST_SHOWN} more breaches"
    if row.result.drained is None:
        yield "I7: it did not drain"
    yield from row.result.troubles


def table(rows: Iterable[Row]) -> Table:
    """Lay the rows out."""
    made = Table(title="Faults", title_justify="left")
    for heading in HEADINGS:
        made.add_column(heading, justify="left" if heading in {"", "fault"} else "right")
    for row in rows:
        made.add_row(*cells(row))
    return made


def cells(row: Row) -> list[str]:
    """Write one row."""
    if row.result is None:
        figures = [""] * 7
    else:
        judgement, drained = row.result.judgement, row.result.drained
        counts = (judgement.articles, judgement.lost, judgement.duplicated, judgement.repeats)
        time_taken = "not" if drained is None else f"{drained:.1f}"
        figures = [*map(str, counts), time_taken, f"{row.result.peak:.0f}", str(row.result.exits)]
    return [row.fault, str(row.seed), *figures, f"{row.seconds:.0f}", "ok" if row.ok else "FAILED"]


@contextmanager
def reported(rows: Iterable[Row]) -> Iterator[None]:
    """Print the table at the end, also after an interruption."""
    try:
        yield
    finally:
        SHOWN.print(table(rows))
