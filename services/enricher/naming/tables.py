"""The data-only tables of the enricher."""

import csv
from importlib.resources import files


def table(name: str) -> list[dict[str, str]]:
    """Read a table of services/enricher/data: one row a line, the column names in the first."""
    file = files("services.enricher").joinpath("data", f"{name}.tsv")
    with file.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
