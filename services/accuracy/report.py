"""What was measured as a JSON object."""

from collections.abc import Sequence
from typing import Any

from services.accuracy.figures import Figure
from services.accuracy.scoring import Measured
from services.accuracy.table import SHARES, counted, measure


def report(columns: Sequence[Measured], *, errors: bool = False) -> dict[str, Any]:
    """Gather all figures of each folder, those by type and kind too; the errors if asked for."""
    return {"folders": [_folder(column, errors=errors) for column in columns]}


def _folder(column: Measured, *, errors: bool) -> dict[str, Any]:
    figures = {name: _figure(name, figure) for name, figure in column.scores.figures.items()}
    what = sorted(column.scores.errors.items())
    return {
        "folder": column.head,
        "articles": column.articles,
        "enriched": column.enriched,
        "made_by": [{"model": model, "pipeline": it} for model, it in sorted(column.made_by)],
        "figures": figures,
    } | ({"errors": [{"what": it, "count": count} for it, count in what]} if errors else {})


def _figure(name: str, figure: Figure) -> dict[str, Any]:
    of = counted(name, figure)
    if name in SHARES:
        return {
            "measure": measure(name),
            "value": figure.share,
            "right": figure.right,
            "of": of,
        }
    return {
        "measure": measure(name),
        "value": figure.f1,
        "precision": figure.precision,
        "recall": figure.recall,
        "right": figure.right,
        "of": of,
        "wrong": figure.wrong,
        "missed": figure.missed,
    }
