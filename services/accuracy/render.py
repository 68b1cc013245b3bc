"""The figures in the terminal; what comes from articles commands no terminal and is no markup."""

import sys
from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.accuracy.scoring import Measured
from services.accuracy.table import HINT, MARK, Row, made_by, rows
from services.runtime.terminal import harmless

UNFOLDED = 1000
"""Columns of what is no terminal: there each row stays on its line."""


def console() -> Console:
    """Make the console of stdout."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else UNFOLDED)


def figures(console: Console, columns: Sequence[Measured], *, every: bool) -> None:
    """Print the table, who made what it is about, and what to beware of."""
    found = rows(columns, every=every)
    console.print(_table([harmless(column.head) for column in columns], found))
    console.print()
    if makers := made_by(columns):
        console.print(Text(f"Model {harmless(makers)}."))
    for column in columns:
        if column.enriched < column.articles:
            left = f"{column.articles - column.enriched} of {column.articles}"
            why = "were not enriched and count as if nothing had been found in them."
            console.print(Text(f"{left} articles of {harmless(column.head)} {why}"))
    if any(cell.endswith(MARK) for row in found for cell in row.cells):
        console.print(Text(HINT))


def errors(console: Console, columns: Sequence[Measured]) -> None:
    """Print how often what was missed or wrong in each folder."""
    for column in columns:
        console.print(Text(f"\n{harmless(column.head)}", style="bold"))
        for what, count in sorted(column.scores.errors.items()):
            console.print(Text(f"{count:4}  {harmless(what)}"), soft_wrap=True)


def _table(heads: Sequence[str], found: Sequence[Row]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for head in ("What", "Measure", *heads):
        table.add_column(Text(head))
    for row in found:
        table.add_row(*map(Text, (row.what, row.measure, *row.cells)))
    return table
