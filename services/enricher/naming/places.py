"""Where a place is, if there is only one place it can be."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from schemas.enriched_article import Location
from services.enricher.naming.tables import table

KNOWN_FROM = 1_000_000
"""A city of so many inhabitants needs no mention of its country to be certain, if no other place
is called the same."""

OUTSHINES = 20
"""So many times the inhabitants, and the smaller place of the same name is not meant."""


class Place(NamedTuple):
    """One of the places that a name may stand for."""

    country: str
    location: Location | None
    inhabitants: int


def placed(name: str, countries: Collection[str]) -> tuple[str | None, Location | None]:
    """Give country and location of a canonical place name, both None where they are not certain.

    `countries` are those that the article names, or whose people it names (ISO 3166 alpha-2). They
    decide between places of one name, and confirm a small one; several of them decide nothing.
    """
    candidates = _places().get(name, ())
    fitting = [place for place in candidates if place.country in countries]
    if len(candidates) == 1 and candidates[0].inhabitants >= KNOWN_FROM:
        fitting = list(candidates)
    if len(fitting) > 1 and fitting[0].inhabitants >= OUTSHINES * fitting[1].inhabitants > 0:
        fitting = fitting[:1]
    if name in _ambiguous() or len({place.country for place in fitting}) != 1:
        return None, None
    return fitting[0].country, fitting[0].location if len(fitting) == 1 else None


@cache
def country_codes() -> Mapping[str, str]:
    """Give the country that a country's or a people's canonical name tells."""
    codes: dict[str, str] = {}
    for row in table("countries"):
        codes[row["name"]] = row["code"]
        codes.setdefault(row["adjective"], row["code"])
    return {name: code for name, code in codes.items() if name and name not in _ambiguous()}


@cache
def _ambiguous() -> frozenset[str]:
    """Countries that share their name with a region of another: Georgia."""
    regions = {row["name"] for row in table("regions")}
    return frozenset(row["name"] for row in table("countries") if row["name"] in regions)


@cache
def _places() -> Mapping[str, Sequence[Place]]:
    """Collect what each name may stand for, the largest place first; a country goes before all."""
    places: dict[str, set[Place]] = defaultdict(set)
    for row in table("cities"):
        where = Location(lat=float(row["lat"]), lon=float(row["lon"]))
        city = Place(row["country"], where, int(row["inhabitants"]))
        for spelling in {row["spelling"], row["name"]}:
            places[spelling].add(city)
    for row in table("regions"):
        places[row["name"]].add(Place(row["country"], None, 0))
    for row in table("countries"):
        where = Location(lat=float(row["lat"]), lon=float(row["lon"]))
        places[row["name"]] = {Place(row["code"], where, KNOWN_FROM)}
    return {
        name: sorted(found, key=lambda place: -place.inhabitants) for name, found in places.items()
    }
