"""Runs a fault to its judgement, and shows the judgements as a table."""

import logging
import shutil
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from services.servers.local import Running
from tests.faults.ending import Result, drain, verdict
from tests.faults.fault import Fault
from tests.faults.faults import FAULTS
from tests.faults.observer import Observer
from tests.faults.stage import CannotRunError, Plan, stage

MOST_SHOWN = 12
"""Breaches that are listed of one run."""
Outcome = Literal["ok", "FAILED", "not run", "harm, as it must", "NO HARM SEEN"]


@dataclass(frozen=True)
class Row:
    """One run of a fault; `result` is None when it could not be carried out."""

    fault: str
    plan: Plan
    seconds: float = 0.0
    result: Result | None = None
    error: str = ""
    missing: str = ""
    """What the machine lacks for it."""

    @property
    def outcome(self) -> Outcome:
        """Say in a word how it ended."""
        if self.missing:
            return "not run"
        if FAULTS[self.fault].harmful:
            harmed = self.result and {"I1", "I5"} & {*self.result.broken}
            return "harm, as it must" if harmed else "NO HARM SEEN"
        return "ok" if self.result and self.result.ok else "FAILED"

    @property
    def ok(self) -> bool:
        """Whether it ended as it should, or could not be begun."""
        return self.outcome not in {"FAILED", "NO HARM SEEN"}


def run(name: str, plan: Plan, servers: Running, *, keep: bool = False) -> Row:
    """Act a fault, drain, judge; the logs stay in a folder that is named when it did harm."""
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # that servers are away is no news
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix=f"newsreel-{name}-"))
    row = Row(name, plan)
    length = "full" if plan.full else "short"
    say(f"{name}: {FAULTS[name].title}; {length}, seed {plan.seed}, {plan.articles} articles")
    try:
        result = _acted(FAULTS[name], plan, servers, folder)
        row = Row(name, plan, time.monotonic() - began, result)
    except CannotRunError as error:
        row = Row(name, plan, missing=str(error))
    except Exception:  # noqa: BLE001 - the other faults are still to be run, and this is shown
        row = Row(name, plan, time.monotonic() - began, error=traceback.format_exc())
    for line in findings(row):
        say(f"  {line}")
    say(f"  {row.outcome} after {row.seconds:.0f} s")
    if row.ok and not keep:
        shutil.rmtree(folder)
    else:
        say(f"  logs and ledger: {folder}")
    return row


def _acted(fault: Fault, plan: Plan, servers: Running, folder: Path) -> Result:
    with ExitStack() as ending:
        if fault.arrange:
            servers = ending.enter_context(fault.arrange(servers, folder))
        on = ending.enter_context(stage(servers, folder, plan, **fault.environment))
        with Observer(on.installation) as observer:
            fault.act(on)
            drained = drain(observer, fault.bounds.drained)
        return verdict(on, observer, drained, fault.bounds)


def findings(row: Row) -> Iterator[str]:
    """Say what was wrong, a line for each thing."""
    if row.missing:
        yield f"not run: {row.missing}"
    if row.result is None:
        yield from row.error.splitlines()
        return
    breaches = row.result.judgement.breaches
    for breach in breaches[:MOST_SHOWN]:
        yield f"{breach.invariant}: {breach.article} {breach.kind}; {breach.detail}"
    if len(breaches) > MOST_SHOWN:
        yield f"and {len(breaches) - MOST_SHOWN} more breaches"
    yield from row.result.troubles


def say(line: str) -> None:
    """Tell how it goes, at once: a fault may take minutes."""
    print(line, flush=True)  # noqa: T201 - what the suite prints is its report
