"""What an HTML page says of itself in its head."""

import re
from collections.abc import Iterator
from html import unescape

from pydantic import TypeAdapter, ValidationError

from schemas.event import ReducedDate
from services.enricher.layout.datelines import line_with_date

_STATED_NAMES = (
    ("article:published_time", "og:article:published_time", "datepublished", "article.published"),
    ("parsely-pub-date", "sailthru.date", "dcsext.articlefirstpublished", "pubdate"),
    ("cxenseparse:recs:publishtime", "publish-date", "publish_date", "publication_date"),
    ("dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "date"),
)
"""The names under which publishing systems give the date of publication, those first that mean
nothing else: Open Graph, schema.org, Parse.ly, Sailthru, Cxense, Dublin Core."""
_RANKS = {name: rank for rank, names in enumerate(_STATED_NAMES) for name in names}
BYLINE = 80
"""Characters of visible text, at most, between a headline and the time of its publication."""

_TAG = re.compile(r"<(?:meta|time|span|div|p|abbr)\s[^<>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""([a-z:-]{1,20})\s{0,5}=\s{0,5}(?:"([^"]{0,500})"|'([^']{0,500})'|([^\s"'<>=]{1,200}))""",
    re.IGNORECASE,
)
_JSON_LD = re.compile(r'"datePublished"\s{0,5}:\s{0,5}"([^"]{4,40})"')
_END_OF_HEADLINE = re.compile(r"</h1\s{0,5}>", re.IGNORECASE)
_TIME = re.compile(r"<time\s[^<>]{1,500}>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
_SPACED = re.compile(r"^(\d{4}-\d\d-\d\d)\s(\d\d:\d\d)")
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)$")
_ZONE = re.compile(r"\s?([+-]\d\d):?(\d\d)$")
"""+0200, as many systems write it."""
_DATE: TypeAdapter[str] = TypeAdapter(ReducedDate)


def publication_date(html: str) -> str | None:
    """Return the date that the page states, in ISO 8601; None if it states none that is one."""
    stated = [(0, value) for value in _JSON_LD.findall(html)]
    stated += _in_tags(html)
    dates = ((rank, date) for rank, value in stated if (date := _iso(value)))
    best = min(dates, key=lambda found: found[0], default=None)
    return best[1] if best else _below_headline(html)


def _in_tags(html: str) -> Iterator[tuple[int, str]]:
    """Yield what tags say of the publication, and how much that is worth."""
    for tag in _TAG.findall(html):
        said = _attributes(tag)
        names = (said.get(key, "").lower() for key in ("property", "name", "itemprop"))
        ranks = [_RANKS[name] for name in names if name in _RANKS]
        if ranks:
            yield min(ranks), said.get("content") or said.get("datetime") or ""


def _attributes(tag: str) -> dict[str, str]:
    return {
        name.lower(): unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(tag)
    }


def _below_headline(html: str) -> str | None:
    """Read the time that stands with the by-line, where nothing else dates the page."""
    headline = _END_OF_HEADLINE.search(html)
    below = html[headline.end() : headline.end() + 3000] if headline else ""
    found = _TIME.search(below)
    if not found or len(" ".join(_ANY_TAG.sub(" ", below[: found.start()]).split())) > BYLINE:
        return None
    return _iso(_attributes(found.group()).get("datetime", ""))


def _iso(value: str) -> str | None:
    text = _COMPACT.sub(r"\1-\2-\3", _SPACED.sub(r"\1T\2", value.strip()))
    try:
        return _DATE.validate_python(_ZONE.sub(r"\1:\2", text) if "T" in text else text)
    except ValidationError:
        written = line_with_date(text[:100])
        return written.day.isoformat() if written else None
