"""How accurate the enrichments are: `python -m tests.gold.score [--errors] [--readme]`.

Enriches the gold articles in this process, or reads what `newsreel enrich` printed (`--enriched`).
GUIDE.md beside this file has the rules of annotating and of scoring.
"""

import argparse
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from schemas.enriched_article import EnrichedArticle
from services.enricher.command import raw_article
from services.enricher.local import enricher
from tests.gold.annotations import gold_articles
from tests.gold.figures import Figure, Scores
from tests.gold.scoring import from_lines, score

GOLD = Path(__file__).parent
ROOT = GOLD.parents[1]
README = ROOT / "README.md"
BEGIN, END = "<!-- accuracy: begin -->", "<!-- accuracy: end -->"
FETCHED_AT = datetime(2026, 1, 1, tzinfo=UTC)
TEXTS = {"seeds": ROOT / "seeds", "dev": GOLD / "dev"}
"""The sets: each has its annotations in the folder of its name, here, and its texts there."""

SHARES = {"kind", "qualifier", "of", "published", "published.wrong", "title", "speaker"}
"""Figures that count how many of the statements hold; all others have precision and recall."""

SHOWN = {
    "mention": "Mentions of entities: exact span and type",
    "span": "Mentions of entities: exact span, any type",
    "name": "Canonical names of an article",
    "number": "Numbers: value and unit",
    "value": "Numbers: value, any unit",
    "kind": "Kind of the numbers found",
    "qualifier": "Qualifier of the numbers found",
    "of": "What is counted, of the numbers found",
    "date": "Date expressions",
    "published": "Publication date, or rightly none",
    "published.wrong": "Publication date claimed wrongly",
    "title": "Title, or rightly none",
    "body": "Characters of the body",
    "quote": "Quotations",
    "speaker": "Speaker of the quotations found",
}


def enriched(name: str) -> list[EnrichedArticle]:
    """Enrich the texts of a set; their items are the files' stems."""
    return [
        enricher()(raw_article(str(path), path.read_bytes().decode(), 1, FETCHED_AT))
        for path in sorted(TEXTS[name].glob("*.txt"))
    ]


def scores(made: Iterable[EnrichedArticle], name: str) -> Scores:
    """Score enriched articles against a set; those of other sets are not looked at."""
    return score(gold_articles(GOLD / name), made)


def table(figures: Mapping[str, Figure]) -> str:
    """Write every figure of a set, one a line."""
    return "\n".join(f"{name:20} {_counted(name, figure)}" for name, figure in figures.items())


def markdown(figures: Mapping[str, Mapping[str, Figure]]) -> str:
    """Write the shown figures as a Markdown table with a column for each set."""
    lines = [
        f"| what | measure | {' | '.join(figures)} |",
        f"|---|---|{'---:|' * len(figures)}",
    ]
    for name, what in SHOWN.items():
        cells = [_cell(name, of_set.get(name)) for of_set in figures.values()]
        measure = "share" if name in SHARES else "F1"
        lines.append(f"| {what} | {measure} | {' | '.join(cells)} |")
    return "\n".join(lines)


def rewritten(readme: str, figures: Mapping[str, Mapping[str, Figure]]) -> str:
    """Put the Markdown table between its marks; raises `ValueError` if they are not there."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"there is no {BEGIN} followed by {END}")
    return f"{before}{BEGIN}\n{markdown(figures)}\n{END}{after}"


def _counted(name: str, figure: Figure) -> str:
    if name in SHARES:
        return f"{figure.share:.4f}  {figure.right} of {figure.right + figure.wrong}"
    asked = figure.right + figure.missed
    details = f"precision {figure.precision:.4f}  recall {figure.recall:.4f}  asked {asked}"
    return f"{figure.f1:.4f}  {details}"


def _cell(name: str, figure: Figure | None) -> str:
    if figure is None:
        return ""
    if name in SHARES:
        return f"{figure.right} of {figure.right + figure.wrong}"
    return f"{figure.f1:.3f}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.gold.score", description=__doc__)
    parser.add_argument("--enriched", type=Path, help="score these JSON lines; enrich nothing")
    parser.add_argument("--errors", action="store_true", help="list what was wrong or missed")
    parser.add_argument("--readme", action="store_true", help="put the figures into README.md")
    return parser.parse_args()


def main() -> None:
    """Print the figures of each set."""
    arguments = _arguments()
    given = from_lines(arguments.enriched.open("rb")) if arguments.enriched else None
    found = {name: scores(enriched(name) if given is None else given, name) for name in TEXTS}
    figures = {name: of_set.figures for name, of_set in found.items()}
    for name, of_set in found.items():
        errors = [f"{count:3}  {what}" for what, count in sorted(of_set.errors.items())]
        shown = [f"== {name}", table(of_set.figures), *(errors if arguments.errors else [])]
        print("\n".join(shown), end="\n\n")  # noqa: T201 - what the command is for
    if arguments.readme:
        README.write_text(rewritten(README.read_text("utf-8"), figures), encoding="utf-8")


if __name__ == "__main__":
    main()
