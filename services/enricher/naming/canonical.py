"""What a name is called: the tables' form, else the article's own, in plain characters."""

import re

from services.enricher.naming.gazetteer import gazetteer
from services.enricher.naming.names import Name, surface
from services.enricher.naming.nation import bodies, election
from services.enricher.naming.words import words_of

PLURAL_MODEL = re.compile(r"(?<=\d)s$")
"""More than one of a numbered model: Boeing 707s."""

MODEL_NUMBER = re.compile(r"(?<= )(?:[A-Z]-?)?\d{3,}$")
"""The number by which a model is called without its maker: 707, A300."""

AMERICAN = tuple(f"United States {body}" for body in ("Congress", "Senate", "House", "Department"))
"""What a paper calls the Senate is the United States' only in an article about them."""


def called(text: str, name: Name, country: str | None, *, american: bool) -> str:
    """Give the canonical name of a mention.

    `country` is the one the article is about, `american` whether it names the US at all.
    """
    written = surface(text, name)
    known = name.name or written
    body = bodies().get(country or "", {}).get(written)
    if body and name.type in {"ORG", "EVENT"}:
        return body
    if not american and known.startswith(AMERICAN):
        known = written
    known = known.replace("\xa0", " ").replace("’", "'")
    if name.type == "EVENT":
        known = election(known, country)
    if name.type in {"ORG", "FAC", "EVENT"} and known == written.replace("’", "'"):
        known = _respelled(known)
    return singular(known) if name.type == "PRODUCT" else known


def singular(product: str) -> str:
    """Name one of a model: Boeing 707s are of the model Boeing 707."""
    return PLURAL_MODEL.sub("", product)


def model_number(product: str) -> str | None:
    """Give the number that a model is known by, where its maker stands before it."""
    match = MODEL_NUMBER.search(singular(product))
    return match.group() if match else None


def _respelled(name: str) -> str:
    """Spell the cities inside a name as the tables do: Kiev Defense Council, Kyiv's.

    A city that was given another name, not only another spelling, keeps the old one in its bodies:
    the Bombay High Court sits in Mumbai.
    """
    known = gazetteer().names
    for word in words_of(name):
        place = known.get(word)
        spelled = place and place.name[0] == word[0] and place.name.isalpha()
        if place and spelled and place.type == "GPE" and place.certain:
            name = name.replace(word, place.name) if word.istitle() else name
    return name
