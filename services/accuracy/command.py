"""The process entry of `newsreel accuracy`."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import Field
from pydantic_settings import CliPositionalArg, CliToggleFlag, SettingsConfigDict
from rich.console import Console
from rich.progress import track

from schemas.enriched_article import EnrichedArticle
from services.accuracy import render
from services.accuracy.annotations import GoldSet, UnusableError
from services.accuracy.reading import FORMAT, enriched_articles, gold_sets
from services.accuracy.report import report
from services.accuracy.scoring import Measured, measured
from services.runtime.settings import Settings
from services.runtime.terminal import harmless

NO_FOLDER = (
    "give a folder of annotated articles; "
    "in a checkout of newsreel: newsreel accuracy tests/gold/seeds tests/gold/dev"
)


class Accuracy(Settings):
    """Enrich annotated articles and print how right the enrichment is; needs no server.

    Each *.json in a folder is one article with its gold annotations, in the format that
    tests/gold/GUIDE.md describes; its text is in it, or in the .txt file beside it.
    """

    model_config = SettingsConfigDict(cli_shortcuts={"as-json": "json"})

    folders: CliPositionalArg[list[Path]] = Field(default=[])
    """Folders of annotated articles; each gets a column."""
    all: CliToggleFlag[bool] = False
    """Show each type of entity and each kind of number too."""
    errors: CliToggleFlag[bool] = False
    """List what was missed and what was wrong, and how often."""
    as_json: CliToggleFlag[bool] = False
    """Print a JSON object with all figures; with --errors also what was missed and wrong."""
    enriched: Path | None = None
    """Score these JSON lines, such as `newsreel enrich` prints, instead of enriching."""

    def cli_cmd(self) -> None:
        """Print the figures; say what has to be mended where there can be none."""
        try:
            self._print(self._measured())
        except UnusableError as error:
            told = (f"newsreel accuracy: {harmless(line)}" for line in error.lines)
            raise SystemExit("\n".join(told)) from error

    def _measured(self) -> list[Measured]:
        if not self.folders:
            raise UnusableError(NO_FOLDER, FORMAT)
        sets = gold_sets(self.folders)
        if self.enriched is None:
            return measurements(sets)
        given = enriched_articles(self.enriched)
        columns = [measured(gold, given) for gold in sets]
        if not any(column.enriched for column in columns):
            why = "source.item has to be a gold file's name without .json"
            raise UnusableError(f"{self.enriched}: no article of these folders is in it; {why}")
        return columns

    def _print(self, columns: Sequence[Measured]) -> None:
        if self.as_json:
            found = report(columns, errors=self.errors)
            print(harmless(json.dumps(found, ensure_ascii=False, indent=1), keep="\n"))
            return
        console = render.console()
        render.figures(console, columns, every=self.all)
        if self.errors:
            render.errors(console, columns)


def measurements(sets: Sequence[GoldSet]) -> list[Measured]:
    """Enrich the texts of each set and score what came of them."""
    return [measured(gold, _made(gold)) for gold in sets]


def _made(gold: GoldSet) -> Iterator[EnrichedArticle]:
    """Enrich the texts of a set, with a bar if somebody watches."""
    # Not at the top: it takes seconds to load, and bad input can be told before.
    from services.accuracy.enriching import enriched  # noqa: PLC0415

    stderr = Console(stderr=True)
    title = f"Enriching {harmless(gold.head)}"
    hidden = not stderr.is_terminal
    for article in track(gold.articles, title, console=stderr, transient=True, disable=hidden):
        yield enriched(article, datetime.now(UTC))
