"""All names of one article, each with its canonical name."""

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from services.enricher.naming.canonical import called
from services.enricher.naming.coreference import resolved, with_relatives, without_namesakes
from services.enricher.naming.gazetteer import gazetteer, given_names
from services.enricher.naming.modelled import modelled
from services.enricher.naming.names import Context, Evidence, Name, full, ranked, surface, unique
from services.enricher.naming.nation import nation
from services.enricher.naming.nicknames import completed
from services.enricher.naming.patterns import manners
from services.enricher.naming.proposed import built, known, patterned
from services.enricher.naming.series import agreed
from services.enricher.naming.short_forms import of_nation, short_forms
from services.enricher.naming.spans import LabelledSpan
from services.enricher.naming.words import Line, lines, plain


def names_of(
    text: str, zones: Sequence[tuple[int, int]], spans: Sequence[LabelledSpan]
) -> list[tuple[Name, str]]:
    """Find the names in the zones of a text, in order, and what each is called."""
    readable = plain(text)
    context = Context(gazetteer(), given_names(), manners(readable))
    spans = sorted(spans)
    parts = [line for start, end in zones for line in lines(readable, start, end)]
    small = set(filter(str.islower, chain.from_iterable(line.words for line in parts)))
    found = [
        name for line in parts for name in _in_line(line, _touching(line, spans), small, context)
    ]
    found = without_namesakes(readable, with_relatives(readable, found))
    found = completed(readable, zones, agreed(readable, found))
    country = nation(full(text, name) for name in found if name.type in {"GPE", "NORP"})
    forms = of_nation(country) | short_forms(readable, found, context)
    found = resolved(parts, found, forms, small)
    american = any(name.name == "United States" for name in found)
    return [(name, called(text, name, country, american=american)) for name in found]


def _touching(line: Line, spans: Sequence[LabelledSpan]) -> Iterator[LabelledSpan]:
    """Choose of all spans, in order of their starts, those that reach into a line."""
    start, end = line.starts[0], line.ends[-1]
    index = bisect(spans, end, key=_start)
    while index and (spans[index - 1].end > start or spans[index - 1].start >= start):
        index -= 1
        yield spans[index]


def _start(span: LabelledSpan) -> int:
    return span.start


def _in_line(
    line: Line, spans: Iterable[LabelledSpan], small: set[str], context: Context
) -> list[Name]:
    """Reconcile what is proposed for a line: patterns first, then the longest, the best known."""
    hits = list(context.known.hits(line))
    seen = [name for span in spans for name in modelled(line, span, hits, context)]
    if line.in_title_case:
        seen = [name for name in seen if name.evidence > Evidence.WORDING or _recurs(line, name)]
    rest = ranked((*known(line, hits), *seen, *built(line, context)))
    names = unique((*patterned(line, context), *rest))
    return [name for name in names if not _is_common_word(line, name, small)]


def _recurs(line: Line, name: Name) -> bool:
    """Tell whether the article says it again: where all words have capitals, names must."""
    return line.text.count(surface(line.text, name)) > 1


def _is_common_word(line: Line, name: Name, small: set[str]) -> bool:
    """Tell whether a sentence's first word is only there taken for a name."""
    if name.evidence > Evidence.MODEL:
        return False
    first, last = line.within(name.start, name.end)
    word = line.words[first]
    if last - first > 1 or not line.opens_sentence(first):
        return False
    # A plural that opens a sentence is a noun's; a surname of that form is found again by the
    # full name that the article gives.
    plural = name.type in {"NORP", "PERSON"} and word.endswith("s")
    return plural or word.lower() in small or word.lower().removesuffix("s") in small
