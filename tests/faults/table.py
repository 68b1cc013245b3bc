"""The table of a suite: Markdown that lines up, for a terminal and for the README alike."""

from collections.abc import Iterator, Sequence

from tests.faults.faults import FAULTS
from tests.faults.suite import Row

HEADINGS = (
    "fault",
    "what",
    "length",
    "seed",
    "articles",
    "lost",
    "duplicated",
    "repeats",
    "drained s",
    "RSS MB",
    "restarts",
    "s",
    "",
)
TEXT = {"fault", "what", "length", ""}


def table(rows: Sequence[Row]) -> Iterator[str]:
    """Lay the rows out, a line each."""
    written = [list(HEADINGS), *map(cells, rows)]
    widths = [max(len(line[column]) for line in written) for column in range(len(HEADINGS))]
    yield _line(HEADINGS, widths)
    rules = [
        "-" * (width + 2) if name in TEXT else "-" * (width + 1) + ":"
        for name, width in zip(HEADINGS, widths, strict=True)
    ]
    yield f"|{'|'.join(rules)}|"
    for line in written[1:]:
        yield _line(line, widths)


def cells(row: Row) -> list[str]:
    """Write one row."""
    length = "full" if row.plan.full else "short"
    known = [row.fault, FAULTS[row.fault].title, length, str(row.plan.seed)]
    return [*known, *figures(row), f"{row.seconds:.0f}", told(row)]


def figures(row: Row) -> list[str]:
    """Write what was measured; nothing of a run that was not carried out."""
    if row.result is None:
        return [""] * 7
    judgement, course = row.result.judgement, row.result.course
    counts = (judgement.articles, judgement.lost, judgement.duplicated, judgement.repeats)
    drained = "not" if course.drained is None else f"{course.drained:.1f}"
    return [*map(str, counts), drained, f"{course.peak:.0f}", str(row.result.exits)]


def told(row: Row) -> str:
    """Say how it ended, and what was broken."""
    if row.missing:
        return f"not run: {row.missing}"
    broken = row.result.broken if row.result else []
    return f"{row.outcome}: {', '.join(broken)}" if broken else row.outcome


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell.ljust(width) if name in TEXT else cell.rjust(width)
        for name, cell, width in zip(HEADINGS, cells, widths, strict=True)
    ]
    return f"| {' | '.join(padded)} |"
