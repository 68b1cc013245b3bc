"""What kind of quantity an amount is, by the words around it."""

from dataclasses import replace

from services.enricher.quantities.amounts import Amount
from services.enricher.quantities.lexicon import SMALL
from services.enricher.quantities.numerals import is_digits
from services.enricher.quantities.tokens import Tokens
from services.enricher.quantities.words import FUNCTION_WORDS, PERSONS, word_set

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
        _age(tokens, amount, names, previous)
        or _calibre(tokens, amount)
        or _magnitude(tokens, amount)
        or _category(tokens, amount)
        or _coordinate(tokens, amount)
        or amount
    )


SCALES_OF_QUAKES = frozenset(("magnitude", "mw", "ml", "mb"))


def is_seismic(tokens: Tokens) -> bool:
    """Tell whether a text is about earthquakes: a bare decimal in it is a magnitude."""
    return not QUAKES.isdisjoint(tokens.words)


_AGE_UNITS = ("year", "month", "week", "day")


def _age(
    tokens: Tokens, amount: Amount, names: dict[int, str | None], previous: Amount | None
) -> Amount | None:
    words, end = tokens.words, amount.end
    if amount.unit in _AGE_UNITS:
        if words[end] == "-" and words[end + 1] in ("old", "olds"):
            return replace(amount, end=end + 2, kind="age")
        if words[end] in ("old", "olds"):
            return replace(amount, end=end + 1, kind="age")
        if words[end : end + 2] == ["of", "age"]:
            return replace(amount, end=end + 2, kind="age")
    bare = amount.kind == "count" and amount.unit is None and amount.form in ("digits", "words")
    possible = bare and 0 < amount.value <= 125 and amount.scale == 1
    if possible and (
        _is_said_to_be_an_age(tokens, amount)
        or _stands_after_a_person(tokens, amount, names)
        or _goes_on_with_ages(tokens, amount, previous)
    ):
        return replace(amount, kind="age", unit="year")
    return None


def _goes_on_with_ages(tokens: Tokens, amount: Amount, previous: Amount | None) -> bool:
    """Recognise the rest of "aged nine, ten and 49"."""
    if previous is None or previous.kind != "age" or amount.first - previous.end > 2:
        return False
    between = tokens.words[previous.end : amount.first]
    return (
        bool(between)
        and set(between) <= {",", "and"}
        and (tokens.words[amount.end] in _AFTER_AN_AGE)
    )


_DYING = frozenset(["dies", "died", "dead", "die", "death", "dying", "passed"])
_AFTER_AN_AGE = frozenset((",", ".", ")", "\n", "", ";", "and", "who", "in", "from", "on", "after"))


_AGED_GROUPS = word_set(
    "those people children adults anyone everyone girls boys women men residents citizens players "
    "persons aged minors youths voters workers someone"
)


def _is_said_to_be_an_age(tokens: Tokens, amount: Amount) -> bool:
    words, left = tokens.words, amount.first - 1
    while words[left] in (
        "about",
        "around",
        "of",
        "between",
        "just",
        "only",
        "over",
        "under",
        "above",
        "below",
    ):
        left -= 1
    of_age = words[amount.end] in ("and", "or") and words[amount.end + 1] in ("older", "younger")
    if of_age or words[left] in ("aged", "age", "ages"):
        return True
    if words[left + 1] in ("under", "over", "above", "below", "between") and (
        words[left] in _AGED_GROUPS
    ):
        follows = words[amount.end]
        return follows in FUNCTION_WORDS or not follows.isalpha()
    if words[left] == "was" and words[amount.end] in (".", "\n", "") and amount.value >= 16:
        return not _DYING.isdisjoint(words[max(left - 60, 0) : left])
    is_so_old = words[left] in ("was", "is", "am") and words[left - 1] in ("he", "she", "i")
    if is_so_old and words[amount.end] in _AFTER_AN_AGE | {"when", "at", "or"}:
        return True
    if words[left] == "at" and words[amount.end] in _AFTER_AN_AGE:
        return not _DYING.isdisjoint(words[left - 6 : left])
    return words[left] in ("turned", "turning") and words[amount.end] in _AFTER_AN_AGE


def _stands_after_a_person(tokens: Tokens, amount: Amount, names: dict[int, str | None]) -> bool:
    """Recognise "Jane Roe, 45," and "Jane Roe (45)"."""
    words, left, right = tokens.words, amount.first - 1, tokens.words[amount.end]
    left -= words[left] == "now"
    if not is_digits(words[amount.first]) or amount.end != amount.first + 1 or amount.value < 1:
        return False
    if "." in words[amount.first]:
        return False
    enclosed = words[left] == "(" and right == ")"
    if not enclosed and not (words[left] == "," and right in _AFTER_AN_AGE):
        return False
    name, end = tokens.raw[left - 1], tokens.ends[left - 1]
    if names.get(end):
        return True
    if name in PERSONS:
        return True
    return (
        not enclosed
        and name[:1].isupper()
        and len(name) > 1
        and (right == "," or (right == "and" and words[amount.end + 2] == ","))
    )


def _calibre(tokens: Tokens, amount: Amount) -> Amount | None:
    words, end = tokens.words, amount.end
    if words[end] == "-":
        end += 1
    if amount.unit is None and words[end] in ("caliber", "calibre"):
        return replace(amount, kind="calibre", unit="inch" if amount.value < 1 else None)
    if amount.unit not in ("millimetre", "centimetre", "inch"):
        return None
    behind = words[end : end + 3]
    near = next((i for i, word in enumerate(behind) if word in FUNCTION_WORDS), 3)
    if not _ARMS.isdisjoint(behind[:near]):
        return replace(amount, kind="calibre")
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
        return replace(amount, kind="magnitude")
    return None


def _category(tokens: Tokens, amount: Amount) -> Amount | None:
    words = tokens.words
    if amount.kind == "count" and words[amount.first - 1] in ("category", "categories", "cat"):
        return replace(amount, kind="other")
    return None


_COMPASS = word_set("n s e w north south east west latitude longitude")


def _coordinate(tokens: Tokens, amount: Amount) -> Amount | None:
    if amount.unit == "degree" and not _COMPASS.isdisjoint(
        tokens.words[amount.end : amount.end + 1]
    ):
        return replace(amount, kind="coordinate")
    return None
