"""Pages from templates: every value is cleaned and escaped, and a forgotten one is an error."""

import calendar
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from services.search.figures import readable
from services.search.results import Fragment
from services.search.story.comparing import Said
from services.search.story.telling import figure
from services.web.article import web_address
from services.web.asked import KINDS, Asked
from services.web.marks import Piece, Span, pieces, shown

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
TEMPLATES = _HERE / "templates"


@cache
def environment() -> Environment:
    """Make the environment of all templates."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: shown(value) if type(value) is str else value,  # not Markup
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "dated": dated,
        "figure": figure,
        "highlighted": highlighted,
        "readable": readable,
        "sentence": sentence,
        "web_address": web_address,
    }
    return made


def page(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Answer with a page; its form has the search `asked`, or is empty."""
    html = environment().get_template(template).render({"asked": Asked(), "kinds": KINDS} | values)
    # A lone surrogate has no UTF-8; a question mark in its place is better than no page.
    return HTMLResponse(
        html.encode(errors="replace"), status, headers={"Cache-Control": "no-cache"}
    )


def highlighted(fragment: Fragment) -> list[Piece[bool]]:
    """Cut a fragment into what matched and what did not."""
    return list(pieces(fragment.text, (Span(*mark, note=True) for mark in fragment.marks)))


def sentence(said: Said) -> list[Piece[bool]]:
    """Cut the sentence of a figure into the figure and the rest."""
    return list(pieces(said.sentence, [Span(*said.mark, note=True)]))


def dated(timestamp: str) -> str:
    """Write a date as precisely as it is known: 3 May 2024 14:05 UTC, May 2024, 2024."""
    day, _, time = timestamp.partition("T")
    year, month, number = (*day.split("-"), "", "")[:3]
    try:
        moment = datetime.fromisoformat(timestamp) if time else None
        words = [number.lstrip("0"), calendar.month_name[int(month or 0)], year]
    except (ValueError, IndexError):
        return timestamp  # as it came
    if moment:
        zone = moment.strftime("%z") if moment.utcoffset() else "UTC"
        words += [moment.strftime("%H:%M"), zone]
    return " ".join(word for word in words if word)
