"""Names that need no model: known ones, and those that show by their words what they are."""

from collections.abc import Iterator, Sequence

from services.enricher.naming import patterns
from services.enricher.naming.boundaries import BEFORE_PEOPLE, continued, repaired
from services.enricher.naming.gazetteer import Hit
from services.enricher.naming.lexicon import (
    CUES,
    DAYS_AND_MONTHS,
    DIRECTIONS,
    NOT_NAMES,
    NOUNS,
    PLACE_CUES,
)
from services.enricher.naming.money import is_currency
from services.enricher.naming.names import Context, Evidence, Name, listed, named
from services.enricher.naming.words import Line, is_capital

BEFORE_NAMES = BEFORE_PEOPLE | DAYS_AND_MONTHS


def known(line: Line, hits: Sequence[Hit]) -> Iterator[Name]:
    """Propose what the tables are certain of, or what the next word confirms: Caesar howitzers."""
    title_case = line.in_title_case
    for hit in hits:
        if hit.known.certain and not _is_currency(line, hit):
            yield listed(line, hit)
            if not title_case:
                yield from _longer_place(line, hit)
            yield from _place_within(line, hit, hits)
        elif hit.last < len(line.words) and CUES.get(line.words[hit.last]) == hit.known.type:
            yield listed(line, hit)


def _is_currency(line: Line, hit: Hit) -> bool:
    """Tell whether a name is half of an amount: US$5 million, US dollars, PHP 5 million."""
    end = line.ends[hit.last - 1]
    if line.text.startswith(("$", " dollar"), end):
        return True
    amount = line.text[end : end + 2].lstrip()
    return amount[:1].isdecimal() and is_currency(line.surface(hit.first, hit.last))


def _place_within(line: Line, hit: Hit, hits: Sequence[Hit]) -> Iterator[Name]:
    """Propose the town in "in Allen, Texas", whoever else is called Allen in the article."""
    last = hit.first
    if hit.known.type != "GPE" or not last or line.gaps[last] != ", ":
        return
    first = last - 1
    while first and line.gaps[first] == " " and is_capital(line.words[first - 1]):
        first -= 1
    led = first and line.gaps[first] == " " and line.words[first - 1] in PLACE_CUES
    other = NOUNS.get(line.words[last - 1], "GPE") != "GPE" or any(
        other.last == last and other.known.certain for other in hits
    )
    day = line.words[first] in NOT_NAMES
    if led and not other and not day and is_capital(line.words[first]) and last - first < 4:
        yield named(line, (first, last), "GPE", Evidence.TABLE)


def _longer_place(line: Line, hit: Hit) -> Iterator[Name]:
    """Propose the place that a direction before it or a noun after it makes of a known one."""
    if hit.known.type != "GPE":
        return
    first, last = hit.first, hit.last
    before = first - 1
    directed = before >= 0 and line.gaps[first] == " " and line.words[before] in DIRECTIONS
    if directed and not line.opens_sentence(before):
        first = before
    if last < len(line.words) and line.gaps[last] == " ":
        last += NOUNS.get(line.words[last]) == "GPE"
    if (first, last) != (hit.first, hit.last):
        yield named(line, (first, last), "GPE", Evidence.WORDING)


def patterned(line: Line, context: Context) -> Iterator[Name]:
    """Propose what is written in the manner of a storm, a contest, a vote or an aircraft."""
    start, end = line.starts[0], line.ends[-1]
    for found in patterns.found(line.text, start, end, context.manners):
        first, last = repaired(line, line.within(found.start, found.end), found.type)
        if last - first > 1 or (last > first and found.type in {"PRODUCT", "ORG"}):
            known = context.known.names.get(line.surface(first, last))
            name = known.name if known and known.type == found.type else found.name
            yield named(line, (first, last), found.type, Evidence.WORDING, name)


def built(line: Line, context: Context) -> Iterator[Name]:
    """Propose capitalised words that end in a noun of a type or start with a given name."""
    if line.in_title_case:
        return
    for run in _runs(line):
        first, last = _without_false_start(line, run)
        if last - first < 2:
            continue
        kind = NOUNS.get(line.words[last - 1])
        if kind:
            yield named(line, (first, continued(line, last)), kind, Evidence.WORDING)
        elif _is_full_name(line, first, last, context):
            yield named(line, (first, last), "PERSON", Evidence.MODEL)


def _without_false_start(line: Line, run: tuple[int, int]) -> tuple[int, int]:
    first, last = run
    while first < last and line.words[first] in BEFORE_NAMES:
        first += 1
    return first, last


def _is_full_name(line: Line, first: int, last: int, context: Context) -> bool:
    """Tell whether a given name and one or two more words stand here."""
    return (
        last - first < 4
        and line.words[first] in context.given_names
        and not any(word in NOT_NAMES for word in line.words[first:last])
    )


def _go_on(line: Line, index: int) -> bool:
    """Tell whether a word goes on with the capitals before it: Fishmongers' Hall."""
    owned = line.gaps[index] == "' " and line.words[index - 1].endswith("s")
    return line.gaps[index] in {" ", "-"} or (owned and line.words[index] in NOUNS)


def _runs(line: Line) -> Iterator[tuple[int, int]]:
    """Find capitalised words in a row, with a space or a hyphen between."""
    first = last = 0
    for index in [index for index, word in enumerate(line.words) if word[0].isupper()]:
        if index > last or (last and not _go_on(line, index)):
            yield first, last
            first = index
        last = index + 1
    yield first, last
