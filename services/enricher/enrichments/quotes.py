"""Direct quotations and who said them."""

import re

from schemas.enriched_article import Quote
from services.enricher.draft import Draft
from services.enricher.speech.marks import quotations
from services.enricher.speech.references import Said
from services.enricher.speech.speakers import Speakers

FEWEST_WORDS = 4
"""Fewer words in quotation marks are a name, an irony or a term."""

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_NAMED = re.compile(
    r"\b(?:name[ds]?|(?:is|are|was|were|be|been|so|commonly)[ -]called|dubbed|(?:en)?titled"
    r"|designat(?:ed|ion)|known as|nicknamed|labell?ed|headlined|song|album|book|film|movie|show"
    r"|episode|series|novel|award)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_UTTERED = re.compile(r"\b(?:slogan|chant|shout|sign|banner|placard|said|says)\w*\b[^.]{0,40}$")
_SMALL = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "the", "to"]
)


def quotes(draft: Draft) -> tuple[Quote, ...]:
    """Find direct quotations of at least four words, without their marks, and their speakers."""
    spans = [
        (zone_start + start, zone_start + end)
        for zone_start, zone_end in draft.zones()
        for start, end in quotations(draft.text[zone_start:zone_end])
    ]
    if not spans:
        return ()
    speakers = Speakers(draft.text, draft.entities, spans)
    found = []
    last = Said()
    for start, end in spans:
        if not _is_quotation(draft.text, start, end):
            continue
        last = Said(end + 1, speakers.speaker(start, end, last))
        quoted = draft.text[start:end]
        found.append(Quote(start=start, end=end, text=quoted, speaker=last.speaker))
    return tuple(found)


def _is_quotation(text: str, start: int, end: int) -> bool:
    """Whether the marks hold somebody's words, not a name or a title."""
    quoted = text[start:end]
    words = _WORD.findall(quoted)
    if len(words) < FEWEST_WORDS:
        return False
    before = text[max(0, start - 61) : start - 1]
    if quoted[-1:] in {".", "!", "?"} or _UTTERED.search(before):
        return True
    title = all(not word[0].islower() or word in _SMALL for word in words)
    return not title and not _NAMED.search(before)
