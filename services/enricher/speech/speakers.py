"""Who said a quotation: the subject of the verb of saying that stands by it."""

import re
from collections.abc import Sequence

from schemas.enriched_article import Entity
from services.enricher.speech.cues import Cue, Cues
from services.enricher.speech.nouns import NAMED, Kind, Noun, nouns
from services.enricher.speech.references import NAMED_NEXT, References, Said
from services.enricher.speech.sentences import Sentences
from services.enricher.speech.standing import Standing

BEFORE, AFTER = 400, 200
"""Characters around a quotation in which its verb is sought."""

_TIES = frozenset(",;—")
_TIES_OUTSIDE = frozenset(",—")
_CRIES = frozenset("?!")
_CONJUNCTION = re.compile(r",?\s(?:while|and|but|whereas|although|which|who|because|in|to)\b")
_QUOTED = re.compile(r"\b(?:quoted|quotes|quoting|cited|cites)\b")
_MARKS = frozenset('"“”«»„')


class Speakers:
    """Those whom an article names and who may speak in it."""

    def __init__(
        self, text: str, entities: Sequence[Entity], quoted: Sequence[tuple[int, int]]
    ) -> None:
        """Collect the verbs, and the nouns that stand outside of `quoted`."""
        read = text if quoted else ""
        self._text = text
        self._sentences = Sentences(read)
        self._cues = Cues(read)
        self._nouns = nouns(read, entities if quoted else (), quoted)
        self._references = References(read, self._nouns, self._sentences)

    def speaker(self, start: int, end: int, last: Said) -> str | None:
        """Name who says `text[start:end]`, the quotation after `last`; None if nothing tells.

        A comma or a question mark ties a quotation to the clause after it; else the clause that
        leads up to it is read first. Without a verb of its own it goes on with the last one's.
        """
        sentence = max(self._sentences.start(start - 1), start - BEFORE)
        before = (max(sentence, last.end), start - 1)
        after = (end + 1, self._clause_end(end))
        cued = False
        for clause in (after, before) if self._ties(start, end) else (before, after):
            cues = self._cues.within(*clause)
            cue = cues[0 if clause is after else -1] if cues else None
            if cue and (found := self._attributed(*clause, cue)):
                return self._references.name(found, last)
            cued = cued or (clause is before and cue is not None and not cue.participle)
        if last.end > sentence:
            return last.speaker
        return None if cued else self._unattributed(*before, last)

    def _ties(self, start: int, end: int) -> bool:
        """Tell whether the clause after a quotation is read first."""
        if self._text[end - 1] in _CRIES:
            return not self._text[max(0, start - 4) : start - 1].rstrip().endswith((":", ","))
        if _CONJUNCTION.match(self._text, end + 1):
            return False
        return self._text[end - 1] in _TIES or self._text[end + 1 : end + 2] in _TIES_OUTSIDE

    def _unattributed(self, start: int, end: int, last: Said) -> str | None:
        """Name who speaks where no verb tells: the subject of the sentence, or of the last one."""
        lead = self._text[start:end].strip()
        if lead:
            subject = self._subject_of_sentence(start, end, colon=lead.endswith(":"))
            return self._references.name(subject, last) if subject else None
        if last.end and "\n" not in self._text[last.end : end]:
            return self._references.going_on(end, last)
        return self._references.salient(end, last, Kind.PERSON) if self._goes_on(end) else None

    def _goes_on(self, quotation: int) -> bool:
        """Tell whether text of the same paragraph stands before a quotation."""
        return bool(self._text[max(0, quotation - BEFORE) : quotation].rpartition("\n")[2].strip())

    def _subject_of_sentence(self, start: int, end: int, *, colon: bool) -> Noun | None:
        ranked = [
            (self._references.standing(each, start), each) for each in self._usable(start, end)
        ]
        free = [each for standing, each in ranked if standing is Standing.SUBJECT]
        return free[0] if free else ranked[-1][1] if colon and ranked else None

    def _attributed(self, start: int, end: int, cue: Cue) -> Noun | None:
        """Find whose verb it is: who stands before it, or after it if nobody can."""
        inverted = not any(map(str.isalnum, self._text[start : cue.start]))
        if cue.names_next or (inverted and not cue.participle):
            return self._after_cue(cue, end)
        return self._before_cue(start, cue)

    def _before_cue(self, start: int, cue: Cue) -> Noun | None:
        """Return the noun nearest to the verb that nothing else governs.

        An organisation between commas ("Jane Doe, CIA, said") only says whose man one is.
        """
        found = self._usable(start, cue.start)
        if self._text.startswith("as ", cue.start - 3) and (said := self._quoted(found, cue)):
            return said
        ranked = [(self._references.standing(each, start), each) for each in found]
        for index in range(len(ranked) - 1, -1, -1):
            standing, noun = ranked[index]
            if self._relative(noun, cue):
                return noun
            if standing is not Standing.GOVERNED and not self._aside(noun, ranked[:index]):
                return self._holder(ranked[:index], noun)
        return found[-1] if found else None

    def _quoted(self, found: Sequence[Noun], cue: Cue) -> Noun | None:
        """Return who is quoted "as saying": named after that verb, or before it in the passive."""
        verbs = [*_QUOTED.finditer(self._text, max(0, cue.start - BEFORE), cue.start)]
        at = verbs[-1].start() if verbs else cue.start
        after = [each for each in found if each.start > at and each.kind in NAMED]
        passive = self._text[max(0, at - 5) : at].rstrip().endswith(("was", "were", "been", "is"))
        return None if passive else next(iter(after), None)

    def _relative(self, noun: Noun, cue: Cue) -> bool:
        """Tell "who said" right after a noun."""
        between = self._text[noun.end : cue.start].strip(", ")
        return between in {"who", "which", "who also", "who has", "who had"}

    def _aside(self, noun: Noun, before: Sequence[tuple[Standing, Noun]]) -> bool:
        """Tell what only describes a name before it: "Jane Doe, CIA," or "Jane Doe, a lawyer"."""
        if not any(each.kind is Kind.PERSON and rank < Standing.GOVERNED for rank, each in before):
            return False
        lead = self._text[max(0, noun.start - 7) : noun.start]
        if noun.kind is Kind.ORGANISATION:
            person = before[-1][1]
            directly = person.kind is Kind.PERSON and noun.start - person.end < len(", an ") + 1
            return "," in lead and (directly or self._text[noun.end] == ",")
        if noun.kind not in {Kind.ANYBODY, Kind.ROLE, Kind.BODY}:
            return False
        joined = lead.endswith("and ") and self._aside(before[-1][1], before[:-1])
        return joined or "," in lead

    def _holder(self, before: Sequence[tuple[Standing, Noun]], noun: Noun) -> Noun:
        """Prefer a person whose organisation the noun only is: "Jane Doe of A: B and C said"."""
        people = (each for each in reversed(before) if each[1].kind is Kind.PERSON)
        standing, person = next(people, (Standing.GOVERNED, noun))
        if noun.kind is not Kind.ORGANISATION or standing is Standing.GOVERNED:
            return noun
        return person if self._text.startswith((" of ", " from ", " at "), person.end) else noun

    def _after_cue(self, cue: Cue, end: int) -> Noun | None:
        """Return who is named after the verb, a person before the organisation they work for."""
        found = self._usable(cue.end, end)
        if cue.passive:
            by = self._text.find(" by ", cue.end, end)
            return next((each for each in found if 0 <= by < each.start), None)
        free = [each for each in found if not self._references.standing(each, cue.end)]
        first = next(iter(free or found), None)
        return next((each for each in found if first and self._is_same(first, each)), first)

    def _is_same(self, first: Noun, person: Noun) -> bool:
        """Tell whether a person is who was named or described: "NATO chief Jane Doe"."""
        one = first.kind is not Kind.PERSON and self._references.is_one_person(first)
        apposed = one and NAMED_NEXT.fullmatch(self._text, first.end, person.start)
        adjacent = "," not in self._text[first.end : person.start]
        described = first.kind is not Kind.PERSON and (adjacent or bool(apposed))
        standing = self._references.standing(person, first.start)
        return person.kind is Kind.PERSON and described and standing is Standing.SUBJECT

    def _usable(self, start: int, end: int) -> Sequence[Noun]:
        """Return the nouns that may speak: no owner of the next one, none inside of another."""
        found: list[Noun] = []
        for each in self._nouns.within(start, end):
            if not each.owns and not (found and each.start < found[-1].end):
                found.append(each)
        return found

    def _clause_end(self, quotation: int) -> int:
        """Return where the clause after a quotation ends.

        A full stop inside the quotation ends its sentence, unless it goes on in lower case.
        """
        closed = quotation + 1
        if self._text[quotation - 1] in _CRIES and self._text[closed : closed + 1] != "\n":
            ends = self._sentences.end(closed, closed + AFTER)
            return closed if _MARKS & {*self._text[closed:ends]} else ends
        return max(closed, self._sentences.end(closed - 2, closed + AFTER))
