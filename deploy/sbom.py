#!/usr/bin/env python3
"""Add licences to a CycloneDX bill of materials, from stdin to stdout.

    uv export --format cyclonedx1.5 | python deploy/sbom.py > sbom.cdx.json

uv knows from the lock what is installed, from where and with which hash, but no licences; those
stand in the metadata of the installed libraries. One that is not installed here, because it is for
another platform, gets none.
"""

import json
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any

LONGEST_NAME = 100
"""Characters; what is longer is the licence's text, not its name."""
CLASSIFIER = "License :: "


def licences(package: str) -> list[dict[str, Any]]:
    """Name the licences of an installed library, as CycloneDX has them."""
    try:
        known = metadata(package)
    except PackageNotFoundError:
        return []
    if expression := known.get("License-Expression"):
        return [{"expression": expression}]
    return [{"license": {"name": name}} for name in dict.fromkeys(_names(known))]


def _names(known: Any) -> Iterator[str]:
    """Yield what older metadata say: classifiers, else a field that may hold anything."""
    classified = [
        classifier.rpartition(" :: ")[2]
        for classifier in known.get_all("Classifier", [])
        if classifier.startswith(CLASSIFIER) and not classifier.endswith("OSI Approved")
    ]
    name = (known.get("License") or "").strip()
    if classified:
        yield from classified
    elif name and "\n" not in name and len(name) <= LONGEST_NAME:
        yield name


def main() -> None:
    """Read, add, write."""
    bill = json.load(sys.stdin)
    for component in bill["components"]:
        if found := licences(component["name"]):
            component["licenses"] = found
    json.dump(bill, sys.stdout, indent=2)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
