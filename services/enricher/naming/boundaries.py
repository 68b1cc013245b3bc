"""Where a name begins and ends: repair of the model's spans."""

from collections.abc import Iterator

from services.enricher.naming.lexicon import (
    ARTICLES,
    CONNECTORS,
    FALSE_STARTS,
    NOT_NAMES,
    NOUNS,
    PARTICLES,
    POST_NOMINALS,
    TITLES,
)
from services.enricher.naming.words import Line, is_capital

UNWANTED = ARTICLES | FALSE_STARTS
BEFORE_PEOPLE = UNWANTED | TITLES
NEVER_LAST = CONNECTORS | {"s"}
CUTS = frozenset('();:"“”[]')
CUTS_AND_COMMA = CUTS | {","}
SURNAME_PARTICLES = frozenset({"bin", "ibn", "bint", "al", "von", "van", "der", "de", "di", "ul"})
"""After a given name these go on with it."""

CONTINUED = frozenset({"of", "for"})
"""A body's noun is followed by what it is the body of: Ministry of Health."""

COMMITTEES = frozenset({"Committee", "Commission", "Conference", "Caucus"})
CONTINUED_ON = CONTINUED | {"on"}
"""Some bodies are "on" something; of most it is said what they did on Tuesday."""


def parts(line: Line, span: tuple[int, int], label: str) -> Iterator[tuple[int, int]]:
    """Cut a span where no name goes on: at brackets, quotation marks, and commas.

    An organisation may have a comma in its name.
    """
    first, last = span
    marks = CUTS if label == "ORG" else CUTS_AND_COMMA
    for index in range(first + 1, last):
        if not marks.isdisjoint(line.gaps[index]):
            yield first, index
            first = index
    yield first, last


def repaired(line: Line, span: tuple[int, int], label: str) -> tuple[int, int]:
    """Cut from a span what is no part of a name and add what is; it may end up empty."""
    first, last = span
    unwanted = BEFORE_PEOPLE if label == "PERSON" else UNWANTED
    while first < last and _leads_astray(line.words[first], unwanted, label):
        first += 1
    while first < last and line.words[last - 1] in NEVER_LAST:
        last -= 1
    if label == "PERSON":
        while first < last and line.words[last - 1] in POST_NOMINALS:
            last -= 1
        while first < last and not is_capital(line.words[last - 1]) and line.gaps[last - 1] != "-":
            last -= 1
        last += first < last < len(line.words) and _hyphened(line, last)
        last = _with_surname(line, first, last)
        if last - first == 1:
            first = _with_given_name(line, first)
    while label == "ORG" and first < last and _is_an_office(line, last):
        last -= 1
    if label == "ORG" and first < last and line.words[last - 1] in NOUNS:
        last = continued(line, last)
    return first, last


def _is_an_office(line: Line, last: int) -> bool:
    """Tell whether a span ends inside somebody's office: U.K. Defense [Minister]."""
    inside = last < len(line.words) and line.gaps[last] == " "
    return inside and {line.words[last - 1], line.words[last]} <= TITLES


def _with_surname(line: Line, first: int, last: int) -> int:
    """Take in the small words and the name after them: Said bin Taimur."""
    index = last
    while first < index < len(line.words) and line.words[index] in SURNAME_PARTICLES:
        index += 1
    follows = last < index < len(line.words) and is_capital(line.words[index])
    joined = follows and all(line.gaps[at] == " " for at in range(last, index + 1))
    return index + 1 if joined else last


def _hyphened(line: Line, index: int) -> bool:
    """Tell whether a small word goes on with the name before it: Won-soon."""
    return line.gaps[index] == "-" and line.words[index].islower()


def continued(line: Line, last: int) -> int:
    """Extend a body's name by "of …": capitalised words with nothing but spaces between."""
    small = CONTINUED_ON if line.words[last - 1] in COMMITTEES else CONTINUED
    index = last
    while index < len(line.words) and line.gaps[index] == " " and line.words[index] in small:
        index += 1
        if index < len(line.words) and line.words[index] == "the":
            index += 1
        while index < len(line.words) and line.gaps[index] == " " and _is_proper(line.words[index]):
            index += 1
            last = index
    return last


def _is_proper(word: str) -> bool:
    return is_capital(word) and word not in NOT_NAMES


def _leads_astray(word: str, unwanted: frozenset[str], label: str) -> bool:
    small = word.islower() and not (label == "PERSON" and word in PARTICLES)
    return small or word in unwanted


def _with_given_name(line: Line, first: int) -> int:
    """Take in the capitalised word before a surname, unless something else explains it."""
    before = first - 1
    if before < 0 or line.gaps[first] != " " or line.opens_sentence(before):
        return first
    word = line.words[before]
    explained = word in TITLES or word in UNWANTED or word in NOUNS
    return before if is_capital(word) and not word.isupper() and not explained else first
