"""What the processes of an enricher's pool do in a fault: hang, die, fail, or enrich."""

import os
import signal
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from schemas.headers import Rejection
from services.enricher.pipeline import Outcome, Record, process
from services.enricher.pool import Work

HANG = "This text hangs its process."
DIE = "This text kills its process."


def marked(records: Sequence[Record]) -> list[Outcome]:
    """Enrich, but hang or die on a marked text."""
    from services.enricher.local import enricher  # noqa: PLC0415 - the model is the pool's only

    for _, value, _ in records:
        if HANG.encode() in (value or b""):
            time.sleep(3600)
        if DIE.encode() in (value or b""):
            os.kill(os.getpid(), signal.SIGKILL)
    return process(records, enricher(), datetime.now(UTC))


def broken(records: Sequence[Record]) -> list[Outcome]:
    """Fail on every article, as a bad deploy does."""
    failed = Rejection("enrichment_failed", "BadDeployError", "everything fails")
    return [failed] * len(records)


WORK: dict[str, Work] = {"marked": marked, "broken": broken}
