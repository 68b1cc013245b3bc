"""Whether a sentence speaks of what has happened or of what is to come."""

import re
from collections.abc import Iterable

SENTENCE = 120
"""Characters read before and after a date for signs that it lies ahead."""

_AHEAD = re.compile(
    r"\b(?:will|shall|won['’]t|upcoming|plans?|intends?|due (?:on|in|for|back|out)|(?:is|are) to"
    r"|(?:is|are) due to (?!an?\b|the\b|[a-z]{1,16}ing\b)"
    r"|rescheduled|postponed|deferred|ahead of|ha(?:s|ve) until"
    r"|(?:begin|start|open|close|resume|expire|end|kick)s|(?:goes|go) to the polls|takes? place"
    r"|(?<!was )(?<!were )(?<!had )(?:scheduled|expected|planned|set to|going to"
    r"|(?:set|forecast|slated) for)|[Pp]olls (?:open|close))\b"
)
_MAYBE_AHEAD = re.compile(
    r"\b(?:could|would|may|might|must)(?! (?:not|have|be (?:seen|heard|reached))\b)"
)
_BEHIND = re.compile(
    r"(?<!be )\b(?:was|were|had|did|said|told|came|took|made|won|lost|died|began|met|left|fell|rose"
    r"|hit|went|gave|held|broke|struck|shot|found|led|saw|became|got|ran|[a-z]{2,16}(?<!e)ed)\b"
)
_REPORTED = re.compile(
    r"\b(?:said|told|announced|reported|stated|warned|added|agreed|approved)\b[^,;]{0,20}$"
)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s(?![a-z])|;\s|\n")
_DIRECTLY_AHEAD = re.compile(r"\s(?:will|(?:is|are) (?:to|expected))\b")
_CLAUSE = re.compile(r"[,:–—]|\b(?:who|which|that|when|where|after|before|while|because)\b")


def looks_ahead(text: str, start: int, end: int) -> bool:
    """Whether the clause that a date stands in, or else its sentence, speaks of the future."""
    before = _SENTENCE_END.split(text[max(0, start - SENTENCE) : start])[-1]
    if len(before.split()) <= 1:
        return _leads_on_ahead(_SENTENCE_END.split(text[end : end + SENTENCE])[0])
    reported = _REPORTED.search(before)
    if reported and not _is_ahead(reported.group()):
        return False
    *earlier, last = _CLAUSE.split(before)
    if _is_ahead(last) or _BEHIND.search(last):
        return _is_ahead(last)
    return _first_tense(reversed(earlier), otherwise=bool(_DIRECTLY_AHEAD.match(text, end)))


def _is_ahead(words: str) -> bool:
    return bool(_AHEAD.search(words) or _MAYBE_AHEAD.search(words))


def _leads_on_ahead(after: str) -> bool:
    """Whether the first verb after a date that opens its sentence is of the future."""
    ahead, behind = _AHEAD.search(after), _BEHIND.search(after)
    return ahead is not None and (behind is None or ahead.start() < behind.start())


def _first_tense(clauses: Iterable[str], *, otherwise: bool) -> bool:
    for clause in clauses:
        if _AHEAD.search(clause):
            return True
        if _BEHIND.search(clause):
            return False
    return otherwise
