"""Hits, facets and articles in the terminal.

All text of an article goes through `rich.text.Text`, which reads no markup, and has lost its
control characters in results.py.
"""

from collections.abc import Iterable, Sequence

from rich import box
from rich.columns import Columns
from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.search.figures import notable, readable
from services.search.query import FACETS
from services.search.results import Buckets, Facets, Fragment, Hit, printable

_MARK = "bold magenta"
_QUIET = "dim"
_FACET_WIDTH = 24


def hits(console: Console, found: Sequence[Hit], first: int = 1) -> None:
    """Print each hit with its rank, title, score, date, source, fragments and names.

    What it is known by in other commands stands on a line of its own: its address, else its id.
    """
    for rank, hit in enumerate(found, start=first):
        block = Table.grid(padding=(0, 1, 0, 0))
        block.add_column(justify="right", width=3, style=_QUIET)
        block.add_column(overflow="fold")  # an address that is cut is none
        block.add_row(f"{rank}.", _headline(hit))
        for line in _details(hit):
            block.add_row("", line)
        console.print(block)
        console.print()


def facets(console: Console, counted: Facets) -> None:
    """Print the values of each facet with their counts, the facets side by side."""
    tables = [_facet(FACETS[name].capitalize(), buckets) for name, buckets in counted.items()]
    console.print(Columns([table for table in tables if table.row_count], padding=(0, 3)))


def articles(console: Console, found: Iterable[Hit]) -> None:
    """Print a table of articles: title, date, most mentioned names, notable numbers."""
    table = Table(box=box.SIMPLE_HEAD, show_lines=True, expand=True, padding=(0, 1))
    table.add_column("Article", ratio=4)
    table.add_column("Date", no_wrap=True)
    for heading in ("People", "Organisations", "Places", "Numbers"):
        table.add_column(heading, ratio=3)
    for hit in found:
        table.add_row(
            Text(_title(hit), style="bold"),
            Text(_date(hit).replace(" ", "\n")),
            *(_list(names, "\n", 3) for names in (hit.people, hit.organizations, hit.places)),
            _list([readable(figure) for figure in notable(hit.numbers)], "\n", 3),
        )
    console.print(table)


def _headline(hit: Hit) -> Text:
    return _marked(hit.marked_title or Fragment(_title(hit)), "bold")


def _details(hit: Hit) -> Iterable[Text]:
    score = f"score {hit.score:.2f}" if hit.score else ""
    facts = (_date(hit), hit.source, "" if hit.url else hit.item or "", score)
    yield Text(" · ".join(printable(fact) for fact in facts if fact), style=_QUIET)
    yield Text(printable(hit.url or hit.article_id), style=_QUIET)
    if hit.duplicate_of:
        yield Text(f"copy of {printable(hit.duplicate_of)}", style=_QUIET)
    for fragment in hit.fragments:
        yield Text.assemble(("… ", _QUIET), _marked(fragment), (" …", _QUIET))
    for figure in hit.matched_numbers:
        measured = f" ({figure.of})" if figure.of and figure.kind != "count" else ""
        yield Text.assemble(("= ", _QUIET), (printable(readable(figure) + measured), _MARK))
    for label, names in (
        ("people", hit.people),
        ("organisations", hit.organizations),
        ("places", hit.places),
    ):
        if names:
            yield Text.assemble((f"{label}: ", _QUIET), _list(names, ", ", 5))


def _facet(label: str, buckets: Buckets) -> Table:
    table = Table(box=None, show_edge=False, padding=(0, 1, 0, 0), width=_FACET_WIDTH)
    table.add_column(label, overflow="ellipsis", no_wrap=True, ratio=1, header_style="bold")
    table.add_column("", justify="right", style=_QUIET)
    for bucket in buckets:
        table.add_row(Text(printable(bucket.value)), f"{bucket.count:,}")
    return table


def _marked(fragment: Fragment, style: str = "") -> Text:
    text = Text(fragment.text, style=style)
    for start, end in fragment.marks:
        text.stylize(_MARK, start, end)
    return text


def _title(hit: Hit) -> str:
    return hit.title or hit.first_words or printable(f"({hit.item or hit.article_id})")


def _date(hit: Hit) -> str:
    """Write the date as precisely as it is known, and the time of a fetch as such."""
    day, _, time = hit.timestamp.partition("T")
    if hit.timestamp_origin == "fetched":
        return f"fetched {day}"
    return f"{day} {time[:5]}".strip()


def _list(names: Sequence[str], separator: str, limit: int) -> Text:
    return Text(separator.join(printable(name) for name in names[:limit]))
