"""Short forms: a surname, an acronym or the head of a name, and what it stands for here."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from schemas.enriched_article import EntityType
from services.enricher.naming.canonical import model_number, singular
from services.enricher.naming.gazetteer import Known
from services.enricher.naming.lexicon import ALSO_WORDS, GENERIC, NOT_NAMES, NOUNS, PARTICLES
from services.enricher.naming.names import Context, Evidence, Name, full, surface
from services.enricher.naming.nation import bodies
from services.enricher.naming.patterns import BRACKETED
from services.enricher.naming.words import WORD, words_of

# Names of these types are called by their first word alone: Saha Airlines, Fath Airport.
HEADED = frozenset({"ORG", "FAC"})
STORMS = ("Hurricane ", "Typhoon ", "Cyclone ", "Tropical Storm ", "Super Typhoon ")

Form = tuple[str, Known]


class Called(NamedTuple):
    """What an article calls somebody or something, and how it is known what that is."""

    text: str
    words: Sequence[str]
    evidence: Evidence
    known: Known


def short_forms(text: str, names: Sequence[Name], context: Context) -> dict[str, Known]:
    """Collect how this article may call its names again, with what each form stands for.

    The first that claims a form keeps it: people, then acronyms and heads, then plain repeats.
    """
    forms: dict[str, Known] = {}
    called = _once_each(text, names)
    people = [name for name in called if name.known.type == "PERSON"]
    for spelling, known in (
        *_of_people(people, context),
        *_of_acronyms(text, names, context),
        *_of_heads(called, context),
        *_of_models(called),
        *_of_tails(called, context),
        *_of_middles(people),
        *_repeats(text, names, called),
    ):
        if spelling not in NOT_NAMES:
            forms.setdefault(spelling, known)
    return forms


def _once_each(text: str, names: Iterable[Name]) -> list[Called]:
    """Gather the names in order, each but once: most articles repeat most of theirs."""
    distinct = dict.fromkeys((surface(text, name), *name[2:]) for name in names)
    return [
        Called(called, words_of(called), evidence, Known(kind, name or called, certain=True))
        for called, kind, evidence, name in distinct
    ]


def of_nation(country: str | None) -> dict[str, Known]:
    """Give how an article about a country calls its bodies for short, and what each is."""
    return {
        body: Known("ORG", name, certain=True)
        for body, name in bodies().get(country or "", {}).items()
    }


def _of_people(people: Sequence[Called], context: Context) -> Iterator[Form]:
    """Give each ending of a full name (a surname, with its particles), then the given name."""
    given: dict[str, set[Known]] = defaultdict(set)
    alone = {person.text for person in people}
    called_first: dict[tuple[str, str], Known] = {}
    for person in (person for person in people if len(person.words) > 1):
        first, last = person.words[0], person.words[-1]
        known = called_first.setdefault((first, last), person.known)
        yield person.text, known
        yield f"{first} {last}", known
        if first not in PARTICLES or len(person.words) > 2:
            yield from ((ending, known) for ending in _endings(person.text))
        if (first in context.given_names or first in alone) and first not in ALSO_WORDS:
            given[first].add(known)
    yield from ((name, known.pop()) for name, known in given.items() if len(known) == 1)


def _endings(name: str) -> Iterator[str]:
    """Give what is left of a name without its first word, its first two, and so on."""
    for word in islice(WORD.finditer(name), 1, None):
        if len(word.group()) > 1:
            yield name[word.start() :]


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


def _of_heads(names: Sequence[Called], context: Context) -> Iterator[Form]:
    """Give the word that is left of a name without its noun, if the model saw it alone, too."""
    alone = {name.text for name in names if name.evidence == Evidence.MODEL}
    for name in names:
        head, last = name.words[0], name.words[-1]
        if name.text.startswith(STORMS):
            yield last, Known("EVENT", name.known.name, certain=True)
        elif name.known.type in HEADED and len(name.words) > 1 and last in NOUNS:
            known = context.known.names.get(head)
            if head in alone and head not in GENERIC and not (known and known.certain):
                yield head, name.known


def _of_tails(names: Sequence[Called], context: Context) -> Iterator[Form]:
    """Give the last word of a name, if it alone may be another's: the Spurs of San Antonio."""
    for name in names:
        if name.known.type == "ORG" and len(name.words) > 1:
            known = context.known.names.get(name.words[-1])
            if known and known.type == "ORG" and not known.certain:
                yield name.words[-1], name.known


def _of_models(names: Sequence[Called]) -> Iterator[Form]:
    """Give the number of a model alone, one or more of them: 707s, A300."""
    for name in names:
        number = model_number(name.text) if name.known.type == "PRODUCT" else None
        if number:
            known = Known("PRODUCT", singular(name.known.name), certain=True)
            yield number, known
            yield f"{number}s", known


def _of_middles(people: Sequence[Called]) -> Iterator[Form]:
    """Give the first of two surnames, where the article calls somebody by it alone."""
    alone = {person.text for person in people if " " not in person.text}
    for person in people:
        for word in person.words[1:-1]:
            if word in alone:
                yield word, Known("PERSON", person.text, certain=True)


def _repeats(text: str, names: Iterable[Name], called: Iterable[Called]) -> Iterator[Form]:
    """Give a name itself, with the type it has most often."""
    votes = Counter[tuple[str, EntityType]]()
    for name in names:
        votes[surface(text, name), name.type] += 1 + 2 * name.evidence
    most: dict[str, EntityType] = {}
    for (spelling, kind), count in votes.items():
        if spelling not in most or count > votes[spelling, most[spelling]]:
            most[spelling] = kind
    yield from ((one.text, one.known) for one in called if one.known.type == most[one.text])
