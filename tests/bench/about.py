"""What the figures depend on: versions, and the machine."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = (
    "newsreel",
    "faust-streaming",
    "aiokafka",
    "confluent-kafka",
    "quixstreams",
    "elasticsearch",
    "pydantic",
    "spacy",
    "thinc",
    "blis",
    "numpy",
    "quantulum3",
    "recognizers-text-suite",
)


def versions() -> dict[str, str]:
    """Give the versions of all that takes part and is installed."""
    found = {"Python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def machine() -> dict[str, str]:
    """Describe the machine."""
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "load before": f"{os.getloadavg()[0]:.2f}",
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
