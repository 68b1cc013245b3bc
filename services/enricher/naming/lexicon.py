"""Words that tell how a name is built: titles, articles, and the nouns that name a type."""

from collections.abc import Mapping
from typing import get_args

from schemas.enriched_article import EntityType
from services.enricher.naming.tables import table

TYPES: Mapping[str, EntityType] = {kind: kind for kind in get_args(EntityType)}

_ROWS = table("lexicon")


def _words(role: str) -> frozenset[str]:
    return frozenset(row["word"] for row in _ROWS if row["role"] == role)


def _types(role: str) -> Mapping[str, EntityType]:
    return {row["word"]: TYPES[row["type"]] for row in _ROWS if row["role"] == role}


ARTICLES = _words("article")
"""Never the beginning of a name (`The New York Times` is its table's business)."""

CONNECTORS = _words("connector")
"""Small words inside a name, never at its end."""

PARTICLES = _words("particle")
"""Small words that belong to the surname after them: al-Eryani, von der Leyen."""

TITLES = _words("title")
"""What stands before a person's name and is no part of it."""

POST_NOMINALS = _words("post-nominal")
"""What stands after a person's name and is no part of it."""

SURE_TITLES = _words("sure title")
"""Titles after which a name is a person's, whatever the model thinks."""

FALSE_STARTS = _words("false start")
"""Words that a capital at the start of a sentence makes look like a part of the name after them."""

NOT_NAMES = _words("not a name")
"""No names when they stand alone: months and days, diseases, generic nouns, titles."""

NOUNS = _types("noun")
"""The noun that a name is built on, and the type it gives it: Lake Placid Airport."""

LEADS = _types("lead")
"""The first word of a name, and the type it gives it: Hurricane Maria."""

CUES = _types("cue")
"""The small word after a name, and the type it gives it: Costa Sur power plant."""

CUES_BEFORE = _types("cue before")
"""The small word before a name, and the type it gives it: the retailer Ocado."""

ALSO_SURNAMES = _words("also a surname")
"""Nouns that are surnames as well: a person keeps them."""

ALSO_WORDS = _words("also a word")
"""Given names that are words or places as well: alone they name nobody."""

GENERIC = _words("generic")
"""First words that do not stand for the whole name."""

PLACE_CUES = _words("place cue")
"""Small words before a place."""

PERSON_CUES = _words("person cue")
"""Small words that follow a person and nobody else: Quell, who resigned."""

STANDING_CUES = _words("standing cue")
"""Small words after which a lone name is a place's and hardly ever a person's."""

DAYS_AND_MONTHS = _words("day or month")
"""Words that stand before a name with no comma between: on Sunday Presidents Buhari and Talon."""

DIRECTIONS = _words("direction")
"""First words that make another place of a place: North Cotabato."""
