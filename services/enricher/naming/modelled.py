"""Names from the model's spans: repaired, then typed by tables and wording."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import repeat
from string import digits

from schemas.enriched_article import EntityType
from services.enricher.naming.boundaries import parts, repaired
from services.enricher.naming.gazetteer import Hit
from services.enricher.naming.lexicon import (
    ALSO_SURNAMES,
    CUES,
    CUES_BEFORE,
    DIRECTIONS,
    LEADS,
    NOT_NAMES,
    NOUNS,
    PARTICLES,
    PERSON_CUES,
    STANDING_CUES,
    SURE_TITLES,
    TITLES,
    TYPES,
)
from services.enricher.naming.money import is_money
from services.enricher.naming.names import Context, Evidence, Name, listed, named, nearby
from services.enricher.naming.spans import LabelledSpan
from services.enricher.naming.words import Line, is_capital

# A capital after a small letter is a brand's (UpGuard), but not in McConnell, DeWine or LaRouche.
BRAND = re.compile(r"^(?!Mc|Mac|De|Di|Du|La|Le|Lo|Van|Von|Fitz|Al|El)[A-Z]\w*[a-z][A-Z]")

# What the model takes a surname for; a people or a product that "resigned" is left alone.
MISTAKEN = frozenset({"GPE", "ORG", "LOC", "FAC"})

NOTHING = NOT_NAMES | {""}

PLACES = frozenset({"GPE", "NORP", "LOC"})


def modelled(
    line: Line, span: LabelledSpan, hits: Sequence[Hit], context: Context
) -> Iterator[Name]:
    """Turn a span of the model into the names that it holds."""
    words = line.within(span.start, span.end)
    if span.label not in TYPES and not _holds_a_name(line, words, hits):
        return  # a date, a number: a third of all spans
    for part in parts(line, words, span.label):
        for piece, label in _at_title(line, part, span.label):
            first, last = repaired(line, piece, label)
            if first < last and not _is_no_name(line, (first, last), label):
                yield from _typed(line, (first, last), label, hits, context)


def _holds_a_name(line: Line, span: tuple[int, int], hits: Sequence[Hit]) -> bool:
    """Tell whether something in a span may be a name though the span as a whole is none."""
    first, last = span
    before = bisect_left(hits, (last,))
    known = before > 0 and hits[before - 1].last > first
    return known or not SURE_TITLES.isdisjoint(line.words[first:last])


def _at_title(
    line: Line, span: tuple[int, int], label: str
) -> Sequence[tuple[tuple[int, int], str]]:
    """Cut a span at a title inside it, for what follows is a person: US Senator Jon Tester."""
    first, last = span
    for index in range(last - 2, first, -1):
        if line.words[index] not in SURE_TITLES:
            continue
        rest = line.words[index + 1 : last]
        if all(is_capital(word) and word not in NOUNS for word in rest):
            return [((first, index), label), ((index + 1, last), "PERSON")]
    return [(span, label)]


def _is_no_name(line: Line, span: tuple[int, int], label: str) -> bool:
    """Tell whether these are words that name nothing: a month and its days, a lone noun."""
    first, last = span
    surface, words = line.surface(first, last), line.words[first:last]
    if last - first == 1:
        titled = surface in TITLES and label != "NORP"  # "Democratic" is a people's word as well
        if surface in NOUNS or surface in LEADS or titled or len(surface) == 1:
            return True
    if surface in NOT_NAMES or line.text.startswith(("$", " dollar"), line.ends[last - 1]):
        return True  # half of a currency: US$
    if not surface.isalpha() and (is_money(surface) or not any(map(str.isalpha, surface))):
        return True
    return NOTHING.issuperset(map(str.rstrip, words, repeat(digits)))


def _typed(
    line: Line, span: tuple[int, int], label: str, hits: Sequence[Hit], context: Context
) -> Iterator[Name]:
    first, last = span
    within = nearby(hits, span)
    owner = _owner(line, span, within)
    if owner:
        yield listed(line, owner)
        first = owner.last + (line.words[owner.last] == "s")
        if first < last:
            yield from _typed(line, (first, last), label, hits, context)
        return
    titled = first > 0 and line.words[first - 1] in SURE_TITLES
    known = context.known.names.get(line.surface(first, last))
    if known and not (titled and known.type != "PERSON"):
        yield listed(line, Hit(first, last, known))
    elif label in TYPES:
        kind = worded(line, span, TYPES[label], context)
        exact = [hit for hit in within if kind == label and _is_exact(hit, first, last)]
        if within and (
            exact
            or _are_several(line, span, within)
            or (kind in PLACES and _is_place_among_words(line, span, within))
        ):
            yield from (listed(line, hit) for hit in exact or within)
            return
        if kind == "PERSON" and within and within[0].known.type == "NORP":
            first = within[0].last if within[0].first == first else first
        if first < last:
            evidence = Evidence.WORDING if titled or kind != label else Evidence.MODEL
            yield named(line, (first, last), "PERSON" if titled else kind, evidence)


def _owner(line: Line, span: tuple[int, int], within: Sequence[Hit]) -> Hit | None:
    """Find the known name at a span's start that owns the rest: the United Nations' Office."""
    hit = within[0] if within and within[0].first == span[0] else None
    owned = hit and hit.last < span[1] and line.gaps[hit.last].startswith("'")
    return hit if hit and owned and hit.known.certain else None


def worded(line: Line, span: tuple[int, int], kind: EntityType, context: Context) -> EntityType:
    """Type a name by the noun it is built on, a given name, its letters or the words around it."""
    first, last = span
    cued = _cued(line, span, kind)
    if cued:
        return cued
    word = line.words[first]
    if last - first == 1:
        return _alone(line, first) if kind == "PERSON" else kind
    noun = line.words[_head(line, first, last)]
    if noun in NOUNS and not (kind == "PERSON" and noun in ALSO_SURNAMES):
        return NOUNS[noun]
    if word in LEADS:
        return LEADS[word]
    person = word in context.given_names and all(
        is_capital(part) or part in PARTICLES for part in line.words[first:last]
    )
    return "PERSON" if person and last - first < 5 else kind


def _cued(line: Line, span: tuple[int, int], kind: EntityType) -> EntityType | None:
    """Read the type off the word before or after a name: the retailer Ocado, Costa Sur plant."""
    first, last = span
    following = line.words[last] if last < len(line.words) else ""
    if following in CUES and line.gaps[last] == " ":
        return CUES[following]
    if following in PERSON_CUES and line.gaps[last] in {" ", ", "} and kind in MISTAKEN:
        return "PERSON"
    before = line.words[first - 1] if first and line.gaps[first] == " " else ""
    return CUES_BEFORE.get(before) if is_capital(line.words[first]) else None


def _alone(line: Line, index: int) -> EntityType:
    """Type a lone word that the model takes for a person: a brand's, a place's, or truly one's."""
    if BRAND.search(line.words[index]):
        return "ORG"
    cued = index and line.gaps[index] == " " and line.words[index - 1] in STANDING_CUES
    owner = line.text.startswith("'s", line.ends[index])
    return "GPE" if cued and not owner else "PERSON"


def _head(line: Line, first: int, last: int) -> int:
    """Find the noun that a name is built on: the last word, or the one before "of"."""
    for index in range(first + 1, last):
        if line.words[index] in {"of", "for", "on"}:
            return index - 1
    return last - 1


def _is_exact(hit: Hit, first: int, last: int) -> bool:
    """Tell whether a person or product is known, and the rest of a span no part of its name."""
    ends = hit.known.type == "PERSON" and hit.last == last
    return ends or (hit.known.type == "PRODUCT" and hit.first == first)


def _are_several(line: Line, span: tuple[int, int], within: Sequence[Hit]) -> bool:
    """Tell whether a span is nothing but known names and small words: Crete and Cyprus."""
    if len(within) < 2:
        return False
    covered = {index for hit in within for index in range(hit.first, hit.last)}
    rest = [line.words[i] for i in range(*span) if i not in covered]
    return bool(rest) and all(word.islower() for word in rest)


def _is_place_among_words(line: Line, span: tuple[int, int], within: Sequence[Hit]) -> bool:
    """Tell whether a span is known places with words around them, and not one longer name."""
    first, last = span
    longer = line.words[last - 1] in NOUNS or line.words[first] in DIRECTIONS
    return not (longer and len(within) == 1)
