"""What an HTML page says of itself in its head."""

import re
from html import unescape

from pydantic import TypeAdapter, ValidationError

from schemas.event import ReducedDate

# The names under which publishing systems give the date of publication: Open Graph, schema.org,
# Dublin Core, Parse.ly and Sailthru.
_DATE_NAMES = frozenset(
    {
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "date",
        "pubdate",
        "publish-date",
        "publish_date",
        "dc.date",
        "dc.date.issued",
        "dcterms.date",
        "dcterms.issued",
        "parsely-pub-date",
        "sailthru.date",
    }
)
_HEAD = 200_000
"""Characters in which the head of a page is looked for."""
_META = re.compile(r"<meta\b[^<>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""([a-z:-]{1,20})\s{0,5}=\s{0,5}(?:"([^"]{0,500})"|'([^']{0,500})')""", re.IGNORECASE
)
_JSON_LD = re.compile(r'"datePublished"\s{0,5}:\s{0,5}"([^"]{4,40})"')
_ZONE = re.compile(r"([+-]\d\d)(\d\d)$")
"""+0200, as many systems write it."""
_DATE: TypeAdapter[str] = TypeAdapter(ReducedDate)


def publication_date(html: str) -> str | None:
    """Return the date that the page states, in ISO 8601; None if it states none that is one."""
    head = html[:_HEAD]
    stated = [*_in_meta(head), *_JSON_LD.findall(head)]
    return next(filter(None, map(_iso, stated)), None)


def _in_meta(head: str) -> list[str]:
    found = []
    for tag in _META.findall(head):
        attributes = {
            name.lower(): unescape(double or single)
            for name, double, single in _ATTRIBUTE.findall(tag)
        }
        names = {attributes.get(key, "").lower() for key in ("property", "name", "itemprop")}
        if names & _DATE_NAMES:
            found.append(attributes.get("content", ""))
    return found


def _iso(value: str) -> str | None:
    text = value.strip()
    zoned = _ZONE.sub(r"\1:\2", text)
    try:
        return _DATE.validate_python(zoned)
    except ValidationError:
        return None
