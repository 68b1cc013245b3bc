"""What kind of quantity an amount is, by the words around it."""

from services.enricher.quantities.ages import age
from services.enricher.quantities.amounts import Amount
from services.enricher.quantities.lexicon import SMALL
from services.enricher.quantities.tokens import Tokens, is_digits
from services.enricher.quantities.words import FUNCTION_WORDS, word_set

QUAKES = word_set(
    "earthquake earthquakes quake quakes tremor tremors aftershock aftershocks temblor "
    "temblors foreshock foreshocks"
)
_ARMS = word_set(
    "howitzer howitzers shell shells gun guns artillery rifle rifles cannon cannons mortar "
    "mortars round rounds ammunition pistol pistols handgun handguns caliber calibre bullet "
    "bullets projectile projectiles machine submachine cartridge cartridges munition "
    "munitions"
)


def told_by_context(
    tokens: Tokens, amount: Amount, names: dict[int, str | None], previous: Amount | None
) -> Amount:
    """Recognise ages, magnitudes, calibres, categories and coordinates.

    `names` holds who is named, by the offset where the name ends: None for what is no person.
    """
    return (
        age(tokens, amount, names, previous)
        or _calibre(tokens, amount)
        or _magnitude(tokens, amount)
        or _category(tokens, amount)
        or _coordinate(tokens, amount)
        or amount
    )


SCALES_OF_QUAKES = frozenset(("magnitude", "mw", "ml", "mb"))


def is_seismic(tokens: Tokens) -> bool:
    """Tell whether a text is about earthquakes: a bare decimal in it is a magnitude."""
    return not QUAKES.isdisjoint(tokens.distinct)


def _calibre(tokens: Tokens, amount: Amount) -> Amount | None:
    words, end = tokens.words, amount.end
    if words[end] == "-":
        end += 1
    if amount.unit is None and words[end] in ("caliber", "calibre"):
        return amount._replace(kind="calibre", unit="inch" if amount.value < 1 else None)
    if amount.unit not in ("millimetre", "centimetre", "inch"):
        return None
    behind = words[end : end + 3]
    near = next((i for i, word in enumerate(behind) if word in FUNCTION_WORDS), 3)
    if not _ARMS.isdisjoint(behind[:near]):
        return amount._replace(kind="calibre")
    return None


def _magnitude(tokens: Tokens, amount: Amount) -> Amount | None:
    words, first, end = tokens.words, amount.first, amount.end
    if amount.kind != "count" or amount.unit or not 0 < amount.value <= 10 or amount.scale != 1:
        return None
    if not (is_digits(words[first]) or words[first] in SMALL):
        return None
    after = end + 1 if words[end] in ("-", "+") else end
    left = first - 1
    while words[left] in (
        "of",
        "about",
        "around",
        "was",
        "a",
        "to",
        "over",
        "-",
        "above",
        "between",
    ):
        left -= 1
    told = (
        words[left] in SCALES_OF_QUAKES
        or words[after] == "magnitude"
        or "richter" in words[end : end + 4]
        or (words[first - 1] == "m" and tokens.glued(first - 1))
    )
    decimal = "." in tokens.raw[first]
    shaken = decimal and words[after] in QUAKES
    bare = decimal and (words[after] in FUNCTION_WORDS or not words[after].isalpha())
    if told or shaken or (bare and words[after] not in ("±", "%") and is_seismic(tokens)):
        return amount._replace(kind="magnitude")
    return None


def _category(tokens: Tokens, amount: Amount) -> Amount | None:
    words = tokens.words
    if amount.kind == "count" and words[amount.first - 1] in ("category", "categories", "cat"):
        return amount._replace(kind="other")
    return None


_COMPASS = word_set("n s e w north south east west latitude longitude")


def _coordinate(tokens: Tokens, amount: Amount) -> Amount | None:
    if amount.unit == "degree" and not _COMPASS.isdisjoint(
        tokens.words[amount.end : amount.end + 1]
    ):
        return amount._replace(kind="coordinate")
    return None
