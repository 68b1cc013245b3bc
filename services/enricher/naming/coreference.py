"""Names again: who bears another's name, and where the article uses its short forms."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from services.enricher.naming.gazetteer import Gazetteer, Hit, Known
from services.enricher.naming.lexicon import ALSO_WORDS, GENERIC, NOUNS, PARTICLES
from services.enricher.naming.names import Evidence, Name, full, named, ranked, surface, unique
from services.enricher.naming.words import Line, is_capital, words_of


def with_relatives(text: str, names: Sequence[Name]) -> list[Name]:
    """Take for a person what the model takes for something else but bears a person's surname."""
    people = {surface(text, name) for name in names if name.type == "PERSON"}
    surnames = {parts[-1] for parts in map(words_of, people) if len(parts) > 1} - NOUNS.keys()
    return [
        name._replace(type="PERSON") if _is_relative(text, name, surnames) else name
        for name in names
    ]


def _is_relative(text: str, name: Name, surnames: AbstractSet[str]) -> bool:
    if name.evidence > Evidence.MODEL or name.type == "PERSON":
        return False
    parts = words_of(surface(text, name))
    return (
        len(parts) in {2, 3}
        and parts[-1] in surnames
        and parts[0] not in GENERIC
        and all(map(is_capital, parts))
    )


def without_namesakes(text: str, names: Sequence[Name]) -> list[Name]:
    """Leave out whom a table is certain of, where the article told of another before: M. K. Stalin.

    Who is called by the surname before the other's full name stands there, or has the full name in
    the article, too, is the one whom the table means.
    """
    first: dict[str, int] = {}
    told: set[str] = set()
    alone: dict[str, int] = {}
    for name in names:
        called = surface(text, name)
        if name.type == "PERSON" and " " in called:
            told.add(full(text, name))
            first.setdefault(words_of(called)[-1], name.start)
        elif _may_be_another(name, called):
            alone.setdefault(called, name.start)
    return [
        name
        for name in names
        if not _may_be_another(name, called := surface(text, name))
        or full(text, name) in told
        or alone[called] < first.get(called, name.end)
    ]


def _may_be_another(name: Name, called: str) -> bool:
    lone = name.type in {"PERSON", "PRODUCT"} and " " not in called
    return lone and name.evidence == Evidence.TABLE


def resolved(
    lines: Iterable[Line],
    names: Sequence[Name],
    forms: Mapping[str, Known],
    small: AbstractSet[str],
) -> list[Name]:
    """Read the lines again for short forms; they name what no table is certain of."""
    again = Gazetteer.of(forms)
    found = [
        named(line, (hit.first, hit.last), hit.known.type, _evidence(line, hit), hit.known.name)
        for line in lines
        for hit in again.hits(line)
        if _is_named(line, hit, small)
    ]
    return unique(ranked((*names, *found)))


def _evidence(line: Line, hit: Hit) -> Evidence:
    acronym = line.surface(hit.first, hit.last).isupper()
    return Evidence.DEFINED if acronym else Evidence.ARTICLE


def _is_named(line: Line, hit: Hit, small: AbstractSet[str]) -> bool:
    """Tell whether a short form is written as a name here; `small` are the article's words."""
    word = line.words[hit.first]
    if hit.last - hit.first == 1 and word.lower() in small and line.opens_sentence(hit.first):
        return False
    if hit.known.type == "PERSON" and hit.last - hit.first == 1:
        following = hit.last < len(line.words) and line.gaps[hit.last] == " "
        if word in ALSO_WORDS and following and is_capital(line.words[hit.last]):
            return False
    return is_capital(word) or word in PARTICLES or word[0].isdigit()
