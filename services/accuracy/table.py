"""The figures as rows of a table: each with its counts, and a mark where these are few."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.accuracy.figures import Figure
from services.accuracy.scoring import Measured

SHARES = {"kind", "qualifier", "of", "published", "published.wrong", "title", "speaker"}
"""Figures that count how many of the statements hold; all others have precision and recall."""

SHOWN = {
    "mention": "Mentions: exact span and type",
    "span": "Mentions: exact span, any type",
    "name": "Canonical names of an article",
    "number": "Numbers: value and unit",
    "value": "Numbers: value, any unit",
    "kind": "Kind of the numbers found",
    "qualifier": "Qualifier of the numbers found",
    "of": "What the numbers found count",
    "date": "Date expressions",
    "published": "Publication date, or rightly none",
    "published.wrong": "Publication date claimed wrongly",
    "title": "Title, or rightly none",
    "body": "Characters of the body",
    "quote": "Quotations",
    "speaker": "Speaker of the quotations found",
}
PARTED = ("mention", "number")
"""Figures that there are by type or kind too: `mention.ORG`."""

FEW = 50
MARK = "*"
HINT = f"{MARK} Fewer than {FEW} counted: one article can move the figure by points."


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of all folders."""

    what: str
    measure: str
    cells: tuple[str, ...]


def rows(columns: Sequence[Measured], *, every: bool = False) -> list[Row]:
    """Write the number of articles and the figures; with `every`, those by type and kind too."""
    articles = tuple(str(column.articles) for column in columns)
    figures = (_row(name, what, columns) for name, what in _shown(columns, every=every))
    return [Row("Articles", "count", articles), *(row for row in figures if any(row.cells))]


def made_by(columns: Iterable[Measured]) -> str:
    """Name the model and the version of the pipeline; there are several if the lines are mixed."""
    makers = sorted(frozenset[tuple[str, str]]().union(*(column.made_by for column in columns)))
    return "; ".join(f"{model}, pipeline {pipeline}" for model, pipeline in makers)


def measure(name: str) -> str:
    """Return what the figure of this name is."""
    return "share" if name in SHARES else "F1"


def counted(name: str, figure: Figure) -> int:
    """Return how many things the figure is about."""
    return figure.right + (figure.wrong if name in SHARES else figure.missed)


def _shown(columns: Sequence[Measured], *, every: bool) -> Iterator[tuple[str, str]]:
    known = sorted({name for column in columns for name in column.scores.figures})
    for name, what in SHOWN.items():
        yield name, what
        if every and name in PARTED:
            yield from ((part, part) for part in known if part.startswith(f"{name}."))


def _row(name: str, what: str, columns: Sequence[Measured]) -> Row:
    figures = (column.scores.figures.get(name) for column in columns)
    return Row(what, measure(name), tuple(_cell(name, figure) for figure in figures))


def _cell(name: str, figure: Figure | None) -> str:
    if figure is None:
        return ""
    mark = f" {MARK}" if counted(name, figure) < FEW else ""
    of = f"{figure.right} of {counted(name, figure)}"
    if name in SHARES:
        return of + mark
    return f"{figure.f1:.3f} ({of} found, {figure.wrong} wrong){mark}"
