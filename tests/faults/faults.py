"""All faults, in the order of the fault matrix."""

from tests.faults.acts import deploys, elasticsearch, kafka, monitor, naive, soak, topics, workers
from tests.faults.acts import input as incoming
from tests.faults.fault import FAULTS as FOUND
from tests.faults.fault import Fault

ACTS = (workers, deploys, kafka, topics, elasticsearch, incoming, monitor, soak, naive)
"""The modules that enter their faults in the list."""


def _order(name: str) -> tuple[bool, int, str]:
    number = name.rpartition("F")[2]
    return not name.startswith("F"), int(number), name


FAULTS: dict[str, Fault] = {name: FOUND[name] for name in sorted(FOUND, key=_order)}
SOAK = "F30"
CI = (
    *("F1", "F3", "F4", "F6", "F8", "F9", "F10", "F11", "F14", "F16", "F18", "F19", "F21"),
    *("F25", "F26", "F27", "F31"),
)
"""Short enough, on small counts, to be run at every change."""
