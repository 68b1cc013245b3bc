"""What is found, printed as it comes: for a person, or as JSON lines for a program."""

from collections.abc import Sequence
from typing import Protocol

from rich.console import Console
from rich.text import Text

from services.runtime.terminal import harmless
from services.search import render
from services.search.lines import facets_line, hit_line, summary
from services.search.results import Hit, Results


class Printer(Protocol):
    """Prints a search's parts, in this order."""

    def head(self, found: Results, shown: int) -> None:
        """Say how many there are, and how many of them are shown."""

    def hits(self, hits: Sequence[Hit], first: int) -> None:
        """Print hits; `first` is the rank of the first."""

    def others(self, hits: Sequence[Hit], first: int) -> None:
        """Print hits that have only some of the words."""

    def facets(self, found: Results) -> None:
        """Print the facets, if there are any."""


class Readable:
    """For a person."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def head(self, found: Results, shown: int) -> None:
        """Say how many there are, and how many of them are shown."""
        self._console.print(Text(summary(found, shown)), style="dim")
        self._console.print()

    def hits(self, hits: Sequence[Hit], first: int) -> None:
        """Print hits; `first` is the rank of the first."""
        render.hits(self._console, hits, first)

    def others(self, hits: Sequence[Hit], first: int) -> None:
        """Print hits that have only some of the words, and say so."""
        if hits:
            self._console.print("With some of the words only:", style="dim")
            self._console.print()
            render.hits(self._console, hits, first)

    def facets(self, found: Results) -> None:
        """Print the facets, side by side."""
        if found.facets is not None:
            render.facets(self._console, found.facets)


class JsonLines:
    """For a program: an object per hit that has all of it, and one with the facets."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def head(self, found: Results, shown: int) -> None:
        """Print nothing: the total stands with the facets."""

    def hits(self, hits: Sequence[Hit], first: int) -> None:  # noqa: ARG002 - as Printer
        """Print a line for each."""
        for hit in hits:
            self._line(hit_line(hit))

    def others(self, hits: Sequence[Hit], first: int) -> None:
        """Print nothing: a program gets what it asked for."""

    def facets(self, found: Results) -> None:
        """Print the last line."""
        if found.facets is not None:
            self._line(facets_line(found.total, found.facets))

    def _line(self, line: str) -> None:
        self._console.out(harmless(line), highlight=False)
