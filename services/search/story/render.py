"""A story in the terminal; all text of articles goes through `Text`, which reads no markup."""

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.search.results import printable
from services.search.story.comparing import Comparison
from services.search.story.telling import HOW, Chapter, Story, figure

_MARK, _QUIET = "bold magenta", "dim"


def story(console: Console, told: Story, most: int | None) -> None:
    """Print the articles in order of time, then up to `most` subjects in which they differ."""
    console.print(Text(summary(told), style="bold"))
    console.print(_timeline(told.chapters))
    for one in told.comparisons[:most]:
        heading = (printable(one.heading), "bold"), (f" · {HOW[one.how]}", _QUIET)
        console.print(Text.assemble(*heading))
        console.print(_figures(one))
    more = len(told.comparisons) - len(told.comparisons[:most])
    if more:
        console.print(Text(f"{more} more in which its articles differ: --all", style=_QUIET))
    if not told.comparisons:
        console.print(Text("No figures in which its articles differ.", style=_QUIET))


def summary(told: Story) -> str:
    """Say how many articles there are, of which days and sources."""
    articles = len(told.chapters)
    sources = len({one.source for one in told.chapters})
    first, last = _day(told.chapters[0].moment), _day(told.chapters[-1].moment)
    when = first if first == last else f"{first} to {last}"
    copies = sum(one.duplicate_of is not None for one in told.chapters)
    parts = [
        f"{articles} article{'s' * (articles != 1)}",
        f"{sources} source{'s' * (sources != 1)}",
        when,
        f"{copies} cop{'ies' if copies != 1 else 'y'}" if copies else "",
    ]
    return " · ".join(part for part in parts if part)


def _timeline(chapters: Iterable[Chapter]) -> Table:
    table = Table(box=box.SIMPLE, show_header=False, padding=(0, 1))
    for style in (_QUIET, _QUIET, ""):
        table.add_column(style=style, no_wrap=style == _QUIET, overflow="ellipsis")
    for one in chapters:
        title = Text(printable(one.title))
        if one.duplicate_of:
            title.append(f" (copy of {one.duplicate_of}, {one.duplicate_similarity:.0%})", _QUIET)
        when = f"fetched {_day(one.moment)}" if one.fetched else _when(one.moment)
        table.add_row(when, Text(printable(one.source)), title)
    return table


def _figures(one: Comparison) -> Table:
    table = Table(box=box.SIMPLE, show_header=False, padding=(0, 1))
    table.add_column(style=_QUIET, no_wrap=True)
    table.add_column(style=_QUIET, max_width=16, no_wrap=True, overflow="ellipsis")
    table.add_column(style="bold", justify="right", max_width=24)
    table.add_column(ratio=1)
    for said in one.said:
        text = Text(said.sentence)
        text.stylize(_MARK, *said.mark)
        shown = Text(printable(figure(said)))
        table.add_row(_when(said.moment), Text(printable(said.source)), shown, _safe(text))
    return table


def _safe(text: Text) -> Text:
    """Put a space for each character that steers a terminal, so that the mark stays in place."""
    text.plain = "".join(char if printable(char) or char == " " else " " for char in text.plain)
    return text


def _day(moment: str) -> str:
    return moment.partition("T")[0]


def _when(moment: str) -> str:
    day, _, time = moment.partition("T")
    return f"{day} {time[:5]}".strip()
