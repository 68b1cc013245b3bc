"""What the processes of an enricher's pool do in a fault: hang, die, fail, or enrich."""

import os
import signal
import time
from datetime import UTC, datetime

from schemas.headers import Headers, Rejection
from services.enricher.pipeline import Outcome, process
from services.enricher.pool import Work

HANG = "This text hangs its process."
DIE = "This text kills its process."


def marked(key: bytes | None, value: bytes | None, headers: Headers) -> Outcome:
    """Enrich, but hang or die on a marked text."""
    from services.enricher.local import enricher  # noqa: PLC0415 - the model is the pool's only

    if HANG.encode() in (value or b""):
        time.sleep(3600)
    if DIE.encode() in (value or b""):
        os.kill(os.getpid(), signal.SIGKILL)
    return process(key, value, headers, enricher(), datetime.now(UTC))


def broken(_key: bytes | None, _value: bytes | None, _headers: Headers) -> Outcome:
    """Fail on every article, as a bad deploy does."""
    return Rejection("enrichment_failed", "BadDeployError", "everything fails")


WORK: dict[str, Work] = {"marked": marked, "broken": broken}
