"""The README's table of accuracy; `python -m services.accuracy.readme` measures and writes it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from services.accuracy.command import measurements
from services.accuracy.reading import gold_sets
from services.accuracy.scoring import Measured
from services.accuracy.table import HINT, made_by, rows

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
GOLD = ROOT / "tests" / "gold"
BEGIN, END = "<!-- accuracy: begin -->", "<!-- accuracy: end -->"


def folders() -> list[Path]:
    """List the project's own sets of annotated articles."""
    return sorted({path.parent for path in GOLD.glob("*/*.json")})


def markdown(columns: Sequence[Measured], day: date) -> str:
    """Write what was measured, when and of what, as a Markdown table."""
    heads = " | ".join(column.head for column in columns)
    lines = [f"| what | measure | {heads} |", f"|---|---|{'---|' * len(columns)}"]
    lines += [
        f"| {' | '.join((row.what, row.measure, *row.cells))} |".replace("*", r"\*")
        for row in rows(columns)
    ]
    on = f"{day.day} {day:%B %Y}"
    return "\n".join(
        [*lines, "", f"Measured on {on} with {made_by(columns)}. {HINT}".replace("*", r"\*")]
    )


def rewritten(readme: str, table: str) -> str:
    """Put the table between its marks; raises `ValueError` if they are not there."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"there is no {BEGIN} followed by {END}")
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


if __name__ == "__main__":
    figures = markdown(measurements(gold_sets(folders())), datetime.now(UTC).date())
    README.write_text(rewritten(README.read_text("utf-8"), figures), encoding="utf-8")
