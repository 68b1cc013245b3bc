"""Short forms: a surname, an acronym or the head of a name, and what it stands for here."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from services.enricher.naming.canonical import model_number, singular
from services.enricher.naming.gazetteer import Gazetteer, Hit, Known
from services.enricher.naming.lexicon import ALSO_WORDS, GENERIC, NOT_NAMES, NOUNS, PARTICLES
from services.enricher.naming.names import (
    Context,
    Evidence,
    Name,
    full,
    named,
    ranked,
    surface,
    unique,
)
from services.enricher.naming.nation import bodies
from services.enricher.naming.patterns import BRACKETED
from services.enricher.naming.words import Line, is_capital, read, words_of

# Names of these types are called by their first word alone: Saha Airlines, Fath Airport.
HEADED = frozenset({"ORG", "FAC"})
STORMS = ("Hurricane ", "Typhoon ", "Cyclone ", "Tropical Storm ", "Super Typhoon ")

Form = tuple[str, Known]


def short_forms(text: str, names: Sequence[Name], context: Context) -> dict[str, Known]:
    """Collect how this article may call its names again, with what each form stands for.

    The first that claims a form keeps it: people, then acronyms and heads, then plain repeats.
    """
    forms: dict[str, Known] = {}
    for spelling, known in (
        *_of_people(text, names, context),
        *_of_acronyms(text, names, context),
        *_of_heads(text, names, context),
        *_of_models(text, names),
        *_of_tails(text, names, context),
        *_of_middles(text, names),
        *_repeats(text, names),
    ):
        if spelling not in NOT_NAMES:
            forms.setdefault(spelling, known)
    return forms


def of_nation(country: str | None) -> dict[str, Known]:
    """Give how an article about a country calls its bodies for short, and what each is."""
    return {
        body: Known("ORG", name, certain=True)
        for body, name in bodies().get(country or "", {}).items()
    }


def with_relatives(text: str, names: Sequence[Name]) -> list[Name]:
    """Take for a person what the model takes for something else but bears a person's surname."""
    people = (words_of(surface(text, name)) for name in names if name.type == "PERSON")
    surnames = {parts[-1] for parts in people if len(parts) > 1} - NOUNS.keys()
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


def _of_people(text: str, names: Sequence[Name], context: Context) -> Iterator[Form]:
    """Give each ending of a full name (a surname, with its particles), then the given name."""
    given: dict[str, set[Known]] = defaultdict(set)
    alone = {surface(text, name) for name in names if name.type == "PERSON"}
    called_first: dict[tuple[str, str], Known] = {}
    for person in (name for name in names if name.type == "PERSON"):
        called = surface(text, person)
        parts = words_of(called)
        if len(parts) == 1:
            continue
        ends = parts[0], parts[-1]
        known = called_first.setdefault(ends, Known("PERSON", full(text, person), certain=True))
        yield called, known
        yield " ".join(ends), known
        inside_surname = len(parts) == 2 and parts[0] in PARTICLES
        for part, start in zip(parts[1:], read(called).starts[1:], strict=True):
            if len(part) > 1 and not inside_surname:
                yield called[start:], known
        first = parts[0]
        if (first in context.given_names or first in alone) and first not in ALSO_WORDS:
            given[first].add(known)
    yield from ((name, known.pop()) for name, known in given.items() if len(known) == 1)


def _of_acronyms(text: str, names: Sequence[Name], context: Context) -> Iterator[Form]:
    """Give an acronym in brackets right after a name: of its letters, or of its own language."""
    ends = {name.end: name for name in names}
    for match in BRACKETED.finditer(text):
        name = ends.get(match.start())
        if not name or name.type in {"PERSON", "NORP"}:
            continue
        acronym, called = match.group(1), surface(text, name)
        foreign = acronym.isupper() and acronym not in context.known.names and " " in called
        if _abbreviates(acronym, called) or (foreign and name.type == "ORG"):
            yield acronym, Known(name.type, full(text, name), certain=True)


def _abbreviates(acronym: str, name: str) -> bool:
    """Tell whether an acronym begins as a name does and has its letters in their order."""
    letters = iter(name.casefold())
    wanted = [letter for letter in acronym.casefold() if letter.isalpha()]
    return name[0].casefold() == wanted[0] and all(letter in letters for letter in wanted)


def _of_heads(text: str, names: Sequence[Name], context: Context) -> Iterator[Form]:
    """Give the word that is left of a name without its noun, if the model saw it alone, too."""
    alone = {surface(text, name) for name in names if name.evidence == Evidence.MODEL}
    for name in names:
        called = surface(text, name)
        parts = words_of(called)
        head = parts[0]
        if called.startswith(STORMS):
            yield parts[-1], Known("EVENT", full(text, name), certain=True)
        elif name.type in HEADED and len(parts) > 1 and parts[-1] in NOUNS:
            known = context.known.names.get(head)
            if head in alone and head not in GENERIC and not (known and known.certain):
                yield head, Known(name.type, full(text, name), certain=True)


def _of_tails(text: str, names: Sequence[Name], context: Context) -> Iterator[Form]:
    """Give the last word of a name, if it alone may be another's: the Spurs of San Antonio."""
    for name in names:
        parts = words_of(surface(text, name)) if name.type == "ORG" else []
        known = context.known.names.get(parts[-1]) if len(parts) > 1 else None
        if known and known.type == "ORG" and not known.certain:
            yield parts[-1], Known("ORG", full(text, name), certain=True)


def _of_models(text: str, names: Sequence[Name]) -> Iterator[Form]:
    """Give the number of a model alone, one or more of them: 707s, A300."""
    for name in names:
        number = model_number(surface(text, name)) if name.type == "PRODUCT" else None
        if number:
            known = Known("PRODUCT", singular(full(text, name)), certain=True)
            yield number, known
            yield f"{number}s", known


def _repeats(text: str, names: Sequence[Name]) -> Iterator[Form]:
    """Give a name itself, with the type it has most often."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        votes[surface(text, name)][name.type] += 1 + 2 * name.evidence
    types = {called: max(counts, key=counts.__getitem__) for called, counts in votes.items()}
    for name in names:
        called = surface(text, name)
        if name.type == types[called]:
            yield called, Known(name.type, full(text, name), certain=True)


def _of_middles(text: str, names: Sequence[Name]) -> Iterator[Form]:
    """Give the first of two surnames, where the article calls somebody by it alone."""
    people = [surface(text, name) for name in names if name.type == "PERSON"]
    alone = {person for person in people if " " not in person}
    for person in people:
        for part in words_of(person)[1:-1]:
            if part in alone:
                yield part, Known("PERSON", person, certain=True)
