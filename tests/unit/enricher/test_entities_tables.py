import re
from collections import Counter

import pytest

from services.enricher.naming.gazetteer import gazetteer, key
from services.enricher.naming.lexicon import TYPES
from services.enricher.naming.nation import bodies, election, nation
from services.enricher.naming.places import placed
from services.enricher.naming.tables import table


def test_an_alias_has_a_type_a_name_a_use_and_a_source() -> None:
    for row in table("aliases"):
        assert row["type"] in TYPES, row
        assert row["name"] == row["name"].strip() != "", row
        assert row["use"] in {"always", "seen"}, row
        assert row["source"], row


@pytest.mark.parametrize(
    ("name", "column"),
    [("aliases", "alias"), ("countries", "code"), ("countries", "name"), ("given_names", "name")],
)
def test_a_table_says_a_thing_once(name: str, column: str) -> None:
    twice = [value for value, count in Counter(r[column] for r in table(name)).items() if count > 1]
    assert twice == []


def test_a_body_is_one_of_a_known_country_and_stands_once() -> None:
    rows = table("bodies")
    assert {row["country"] for row in rows} <= {row["code"] for row in table("countries")}
    assert sum(len(found) for found in bodies().values()) == len(rows)


@pytest.mark.parametrize(
    ("names", "country"),
    [
        (["India", "India", "Nepal"], "IN"),
        (["Indian", "Delhi", "India"], "IN"),
        (["Texas", "Ohio"], "US"),
        (["Georgia", "Georgia"], None),
        (["India"], None),
        (["India", "India", "Nepal", "Nepal", "China"], None),
        ([], None),
    ],
)
def test_an_article_is_about_the_country_that_most_mentions_name(
    names: list[str], country: str | None
) -> None:
    assert nation(names) == country


@pytest.mark.parametrize(
    ("name", "country", "called"),
    [
        ("2020 US Presidential Election", None, "2020 United States presidential election"),
        ("2020 presidential election", "US", "2020 United States presidential election"),
        ("2019 general election", "IN", "2019 Indian general election"),
        ("2019 Canadian federal election", None, "2019 Canadian federal election"),
        ("2020 presidential election", None, "2020 presidential election"),
        ("2020 election", "US", "2020 election"),
        ("2018 Texas gubernatorial election", "US", "2018 Texas gubernatorial election"),
        ("2020 Olympics", "US", "2020 Olympics"),
    ],
)
def test_an_election_is_called_by_year_country_and_office(
    name: str, country: str | None, called: str
) -> None:
    assert election(name, country) == called


def test_every_country_is_known_by_its_name_and_lies_somewhere() -> None:
    for row in table("countries"):
        assert re.fullmatch("[A-Z]{2}", row["code"])
        assert gazetteer().names[key(row["name"])].type == "GPE"
        assert (float(row["lat"]), float(row["lon"])) != (0, 0)


def test_every_city_and_region_lies_in_a_country_of_two_letters() -> None:
    for row in (*table("cities"), *table("regions")):
        assert re.fullmatch("[A-Z]{2}", row["country"]), row
    assert all((float(r["lat"]), float(r["lon"])) != (0, 0) for r in table("cities"))


@pytest.mark.parametrize(
    ("name", "countries", "expected"),
    [
        ("Chile", (), "CL"),
        ("Georgia", ("GE",), None),
        ("Georgia", ("US",), None),
        ("Birmingham", (), None),
        ("Birmingham", ("GB",), "GB"),
        ("Birmingham", ("US",), "US"),
        ("Birmingham", ("GB", "US"), None),
        ("Nowhere", ("GB",), None),
    ],
)
def test_other_countries_of_the_article_decide_between_places_of_one_name(
    name: str, countries: tuple[str, ...], expected: str | None
) -> None:
    assert placed(name, countries)[0] == expected
