"""Numerals that are no quantities: dates, times, names, references, telephone numbers."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from services.enricher.quantities.calendar_dates import (
    chain,
    continues,
    is_a_time,
    is_a_year,
    month,
)
from services.enricher.quantities.designations import (
    follows_a_name,
    is_a_bullet,
    is_an_address,
    is_bare,
    is_capitalised,
    is_designated,
    is_dialled,
    is_glued_to_a_name,
    list_of_names,
)
from services.enricher.quantities.lexicon import (
    SMALL,
)
from services.enricher.quantities.tokens import Tokens, is_digits
from services.enricher.quantities.words import (
    MONTHS,
)

_PHONE = re.compile(
    r"(?<![\w.,$€£])(?:\([0-9]{2,4}\)[ .-]?|[0-9]{1,4}[.-][0-9]{2,4}[.-])"
    r"[0-9]{3,4}(?:[ .-][0-9]{3,4}){0,2}(?![\w%])"
    r"|\+[0-9]{1,3}(?:[ .-][0-9]{2,4}){2,5}(?![\w%])"
)


_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<!\S)[^\s@]+@\S+|[@#]\w+")
_IN_ADDRESSES = ("http", "www.", "@", "#")
"""One of them stands in any address; to look for them is far cheaper than to try the pattern."""
_TELLING = MONTHS | SMALL.keys() | {"(", "+"}
"""What tells that something here is passed over, besides digits."""


def passed_over(tokens: Tokens, names: Iterable[tuple[int, int]], *, title_case: bool) -> set[int]:
    """Find the tokens that no quantity may use; `names` are the spans of entities."""
    skipped: set[int] = set()
    _cover(tokens, names, skipped)
    places = tokens.places(_TELLING)
    for matches in (_addresses(tokens.text), _telephone_numbers(tokens, places)):
        spans = ((tokens.offset + m.start(), tokens.offset + m.end()) for m in matches)
        _cover(tokens, spans, skipped)
    named: set[str] = {tokens.words[i] for i in skipped if is_digits(tokens.words[i])}
    resume = 0
    for at in places:
        word = tokens.words[at]
        if word in MONTHS:
            month(tokens, at, skipped)
        elif at in skipped or at < resume:
            continue
        elif is_digits(word):
            resume = _digits(tokens, at, skipped, named, title_case=title_case)
        elif word in SMALL and (
            is_designated(tokens, at) or (not title_case and is_capitalised(tokens, at))
        ):
            skipped.add(at)
    return skipped


def _addresses(text: str) -> Iterable[re.Match[str]]:
    return _ADDRESS.finditer(text) if any(sign in text for sign in _IN_ADDRESSES) else ()


def _telephone_numbers(tokens: Tokens, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """Find them where digits or a sign begin: a search would try the pattern at each character."""
    end = 0
    for at in places:
        start = tokens.starts[at] - tokens.offset
        found = _PHONE.match(tokens.text, start) if start >= end else None
        if found:
            end = found.end()
            yield found


def _cover(tokens: Tokens, spans: Iterable[tuple[int, int]], skipped: set[int]) -> None:
    """Add the tokens that overlap any of the spans."""
    at, stop = tokens.indices().start, tokens.indices().stop
    for start, end in sorted(spans):
        at = bisect_right(tokens.ends, start, at, stop)
        skipped.update(range(at, bisect_left(tokens.starts, end, at, stop)))


def _digits(
    tokens: Tokens, at: int, skipped: set[int], named: set[str], *, title_case: bool
) -> int:
    """Decide about one token in digits and what hangs together with it; say where to go on."""
    words = tokens.words
    after_a_name = words[at - 1] == "-" and at - 2 in skipped and tokens.glued(at - 1)
    if after_a_name or is_glued_to_a_name(tokens, at) or is_a_bullet(tokens, at):
        skipped.add(at)
        named.add(words[at])
    elif words[at + 1] in (":", ".", "/") and continues(tokens, at):
        return chain(tokens, at, skipped)
    elif is_a_time(tokens, at):
        skipped.add(at)
    elif is_a_year(tokens, at):
        skipped.add(at)
        while words[at + 1] in ("-", "–", "/") and continues(tokens, at):
            if len(words[at + 2]) > 2:
                break
            skipped.add(at + 2)
            at += 2
    elif (
        is_designated(tokens, at)
        or is_dialled(words, at)
        or is_an_address(tokens, at)
        or (not title_case and follows_a_name(tokens, at))
        or (words[at] in named and is_bare(tokens, at))
    ):
        skipped.add(at)
        named.add(words[at])
        list_of_names(tokens, at, skipped)
    return at + 1
