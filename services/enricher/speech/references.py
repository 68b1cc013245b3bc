"""Whom "he", "the minister" and "the statement" stand for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.enricher.speech.clauses import Clauses
from services.enricher.speech.nouns import NAMED, Kind, Noun, Nouns
from services.enricher.speech.sentences import Sentences
from services.enricher.speech.standing import Standing
from services.enricher.speech.words import SPOKESPEOPLE

LOOK_BACK = 3000
"""Characters in which "he" and "the minister" are sought."""
LAST_SENTENCES = 12
MENTIONS = 5
"""So many mentions of a role are looked at, the last first."""
REACH = 80
"""Characters between a description and the name it belongs to."""

_AUTHOR = re.compile(r"(?:\s\w+){0,2}\s(?:by|from)\s")
_CALLED = re.compile(
    r",?\s(?:named|called|identified as|(?:who )?(?:using|giving|gave)(?: only)? (?:the|h\w\w)"
    r" (?:\w+ )?(?:name|pseudonym)(?: as)?)\s"
)
_AUTHORS = NAMED | {Kind.ROLE, Kind.BODY}
_APPOSED = re.compile(r",\s(?:the\s)?$")


@dataclass(frozen=True, slots=True)
class Said:
    """The end of a quotation, its closing mark included, and whose it is."""

    end: int = 0
    speaker: str | None = None


class References:
    """Names those whom the nouns of a text stand for."""

    def __init__(self, text: str, nouns: Nouns, sentences: Sentences, clauses: Clauses) -> None:
        """Take what is found in a text."""
        self._text = text
        self._nouns = nouns
        self._sentences = sentences
        self._clauses = clauses

    def name(self, noun: Noun, last: Said) -> str | None:
        """Name whom a noun stands for; `last` is the quotation before it."""
        match noun.kind:
            case Kind.PERSON | Kind.ORGANISATION:
                return noun.word
            case Kind.HE:
                return self.salient(noun.start, last, Kind.PERSON)
            case Kind.IT:
                return self.salient(noun.start, last, Kind.ORGANISATION)
            case Kind.ROLE | Kind.BODY:
                return self._described(noun, last)
            case Kind.DOCUMENT:
                return self._author(noun, last)
            case Kind.ANYBODY:
                return self._anybody(noun)

    def salient(self, position: int, last: Said, *kinds: Kind) -> str | None:
        """Name who was the subject of the text last: of this sentence, or of one before it.

        Who said the last quotation is, if no sentence since then has a subject.
        """
        start = self._sentences.start(position)
        since = max(start, last.end)
        if found := self._clauses.subject(since, position, Standing.CLAUSE, *kinds):
            return self._known(found)
        if last.end > start and last.speaker and self._may_be(last.speaker, kinds):
            return last.speaker
        for _ in range(LAST_SENTENCES):
            if start <= max(0, position - LOOK_BACK):
                break
            end, start = start, self._sentences.start(start - 1)
            if last.speaker and start <= last.end and self._may_be(last.speaker, kinds):
                return last.speaker
            referred = any(each.kind is Kind.HE for each in self._nouns.within(start, end))
            worst = Standing.SUBJECT if referred else Standing.GOVERNED
            if found := self._clauses.subject(start, end, worst, *kinds):
                return self._known(found)
        return None

    def going_on(self, position: int, last: Said) -> str | None:
        """Name who goes on speaking in the paragraph of the last quotation."""
        if last.speaker and self._may_be(last.speaker, (Kind.PERSON,)):
            return self.salient(position, last, Kind.PERSON)
        return last.speaker

    def _may_be(self, name: str, kinds: tuple[Kind, ...]) -> bool:
        return any((name, kind) in self._nouns.known for kind in kinds)

    def _apposed(self, noun: Noun) -> str | None:
        """Name whom a noun after a comma describes: "Jane Doe, the head of"."""
        if not _APPOSED.search(self._text, max(0, noun.start - 6), noun.start):
            return None
        named = self._nouns.names(noun.start - REACH, noun.start)
        comma = self._text.rfind(",", 0, noun.start)
        return next((each.word for each in named if each.end == comma), None)

    def _known(self, noun: Noun) -> str | None:
        """Name who is named, or was introduced as what the noun says."""
        if noun.kind in NAMED:
            return noun.word
        return self._apposed(noun) or self._bearer(noun)

    def _described(self, noun: Noun, last: Said) -> str | None:
        """Name the bearer of a role, or else "the WHO professor" or "the company" of late."""
        if known := self._known(noun):
            return known
        modified = any(self._nouns.names(noun.start, noun.end))
        if noun.kind is Kind.ROLE:
            return self.salient(noun.start, last, Kind.PERSON) if modified else None
        return None if modified else self.salient(noun.start, last, Kind.ORGANISATION)

    def _bearer(self, noun: Noun) -> str | None:
        """Find who was last described so, as in "commissioner Albert Muchanga"."""
        if noun.kind is Kind.ANYBODY:
            return None
        if noun.kind is Kind.BODY and (named := self._named_so(noun)):
            return named
        kind = Kind.PERSON if noun.kind is Kind.ROLE else Kind.ORGANISATION
        for start, end in self._mentions(noun):
            for each in self._beside(start, end):
                if each.kind is kind or noun.word in SPOKESPEOPLE:
                    return each.word
        return None

    def _named_so(self, noun: Noun) -> str | None:
        """Find the organisation in whose name the noun is: "the court", Court of Session."""
        for each in self._nouns.names(noun.start, noun.end):
            if each.kind is Kind.ORGANISATION:
                return each.word
        before = self._nouns.names(noun.start - LOOK_BACK, noun.start)
        after = self._nouns.names(noun.end, noun.end + LOOK_BACK)
        for each in (*reversed(before), *after):
            if each.kind is Kind.ORGANISATION and noun.word in each.word.lower().split():
                return each.word
        return None

    def _mentions(self, noun: Noun) -> list[tuple[int, int]]:
        """Return where the noun stood before, the last first."""
        pattern = re.compile(rf"\b{re.escape(noun.word)}\b", re.IGNORECASE)
        found = [*pattern.finditer(self._text, max(0, noun.start - LOOK_BACK), noun.start)]
        return [each.span() for each in reversed(found[-MENTIONS:])]

    def _beside(self, start: int, end: int) -> Sequence[Noun]:
        """Return who may be described by what stands at (start, end), in its sentence."""
        after = self._nouns.names(start, self._sentences.end(end, end + REACH // 2))
        before = self._nouns.names(max(start - REACH, self._sentences.start(start)), start)
        return (*after, *reversed(before))

    def _author(self, noun: Noun, last: Said) -> str | None:
        """Name whose "statement" it is: who is named in or after it, or who issued it."""
        mentions = self._mentions(noun)
        for each in self._within(noun.start + 1, noun.end):
            return self.name(each, last)
        for end in (noun.end, *(end for _, end in mentions)):
            by = _AUTHOR.match(self._text, end)
            for each in self._within(end, by.end() + REACH // 2) if by else ():
                return self.name(each, last)
        if (issuer := self._issuer(noun, mentions)) and (name := self.name(issuer, last)):
            return name
        same_paragraph = "\n" not in self._text[last.end : noun.start]
        goes_on = last.speaker if same_paragraph else None
        return goes_on or self.salient(noun.start, last, *NAMED)

    def _within(self, start: int, end: int) -> Sequence[Noun]:
        """Return those in a stretch of the text who may have written a document."""
        return [each for each in self._nouns.within(start, end) if each.kind in _AUTHORS]

    def _issuer(self, noun: Noun, mentions: Sequence[tuple[int, int]]) -> Noun | None:
        """Return the subject of the sentence that names a document, or of one that did before."""
        issuers = (*NAMED, Kind.IT, Kind.HE)
        ends = (self._sentences.end(end, end + REACH) for _, end in mentions)
        for end in (noun.start, *ends):
            sentence = self._sentences.start(end)
            if issuer := self._clauses.subject(sentence, end, Standing.SUBJECT, *issuers):
                return issuer
        return None

    def _anybody(self, noun: Noun) -> str | None:
        """Name whose spokesperson it is, or the name that somebody gave."""
        if called := _CALLED.match(self._text, noun.end):
            named = self._nouns.names(called.end(), called.end() + 1)
            return next((each.word for each in named), None)
        if noun.word not in SPOKESPEOPLE:
            return None
        named = self._nouns.names(noun.start, noun.end + REACH // 2)
        return next((each.word for each in named if each.kind is Kind.ORGANISATION), None)
