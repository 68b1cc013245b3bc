"""The country an article is mostly about, and what its bodies are called."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from services.enricher.naming.places import country_codes
from services.enricher.naming.tables import table

MOST = 0.5
"""The country's share of all mentions of countries, from which a body alone is its."""


def nation(names: Iterable[str]) -> str | None:
    """Give the country (ISO 3166-1 alpha-2) that most of the place and people names belong to.

    `names` are canonical, one for each mention. None where no country has at least two mentions
    and half of them.
    """
    codes = _codes()
    counts = Counter(codes[name] for name in names if name in codes)
    if not counts:
        return None
    code, count = counts.most_common(1)[0]
    return code if count >= max(2, MOST * counts.total()) else None


@cache
def bodies() -> Mapping[str, Mapping[str, str]]:
    """Read what a parliament, court or party is called in full, by country and short form."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in table("bodies"):
        found[row["country"]][row["body"]] = row["name"]
    return found


def with_their_country() -> Iterator[tuple[str, str, str]]:
    """Yield (spelling, type, canonical name) of bodies after their country: UK Parliament."""
    for row in table("bodies"):
        country = _countries()[row["country"]]
        before = {country["name"], country["adjective"], *country["other_names"].split(";")}
        for word in sorted(before - {""}):
            yield f"{word} {row['body']}", row["type"], row["name"]


@cache
def _codes() -> Mapping[str, str]:
    """Give the country of each country, people and region whose name is of one country only."""
    codes = dict(country_codes())
    named = {row["name"] for row in _countries().values()}
    regions = Counter(row["name"] for row in table("regions"))
    for row in table("regions"):
        if regions[row["name"]] == 1 and row["name"] not in named:
            codes[row["name"]] = row["country"]
    return codes


VOTE = re.compile(
    r"((?:18|19|20)\d\d) (.{0,60}?)((?:(?:presidential|general|parliamentary|federal|legislative"
    r"|mayoral|gubernatorial) )*elections?)$",
    re.IGNORECASE,
)
BY_NAME = frozenset({"US", "GB", "HK", "NZ", "PR"})
"""Countries after whose name, not whose adjective, an election is called."""


def election(name: str, country: str | None) -> str:
    """Call an election as an encyclopedia does: 2020 United States presidential election.

    Where the name has no country it is that of the article, if it has one. What is no election, and
    a name with a place that is no country in it, stays.
    """
    match = VOTE.fullmatch(name)
    if not match:
        return name
    year, where, what = match.group(1), match.group(2).strip(), match.group(3).lower()
    code = _codes_of_spellings().get(where) if where else country
    if code is None or (not where and what.startswith("election")):
        return name
    row = _countries()[code]
    called = row["name"] if code in BY_NAME else row["adjective"]
    return f"{year} {called} {what}"


@cache
def _countries() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in table("countries")}


@cache
def _codes_of_spellings() -> Mapping[str, str]:
    return {
        spelling: code
        for code, row in _countries().items()
        for spelling in (row["name"], row["adjective"], *row["other_names"].split(";"))
        if spelling
    }
