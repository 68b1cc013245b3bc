"""Whose verb it is: the subject of a clause."""

import re
from collections.abc import Sequence

from services.enricher.speech.clauses import NAMED_NEXT, Clauses
from services.enricher.speech.cues import Cue
from services.enricher.speech.nouns import NAMED, Kind, Noun, Nouns
from services.enricher.speech.standing import Standing

REACH = 400
"""Characters before "as saying" in which "quoted" is sought."""

_QUOTED = re.compile(r"\b(?:quoted|quotes|quoting|cited|cites)\b")
_EVEN_GOVERNED = frozenset((Kind.PERSON, Kind.DOCUMENT))
"""Who speaks if nobody stands free: "First Minister of Scotland Jane Doe said"."""


class Subjects:
    """The subjects of the clauses of a text."""

    def __init__(self, text: str, nouns: Nouns, clauses: Clauses) -> None:
        """Take what is found in a text."""
        self._text = text
        self._nouns = nouns
        self._clauses = clauses

    def of_verb(self, start: int, end: int, cue: Cue | None) -> Noun | None:
        """Return whose verb it is in the clause at (start, end): who stands before or after it."""
        if cue is None:
            return None
        inverted = not any(map(str.isalnum, self._text[start : cue.start]))
        if cue.names_next or (inverted and not cue.participle):
            return self._after_cue(cue, end)
        return self._before_cue(start, cue)

    def of_sentence(self, start: int, end: int, *, colon: bool) -> Noun | None:
        """Return the first subject; of what leads up to a colon, else whoever is named last."""
        found = self._usable(start, end)
        free = (each for each in found if not self._clauses.standing(each, start))
        return next(free, found[-1] if colon and found else None)

    def _before_cue(self, start: int, cue: Cue) -> Noun | None:
        """Return the noun nearest to the verb that nothing else governs.

        An organisation between commas ("Jane Doe, CIA, said") only says whose man one is.
        """
        found = self._usable(start, cue.start)
        if self._text.startswith("as ", cue.start - 3) and (said := self._quoted(found, cue)):
            return said
        ranked = [(self._clauses.standing(each, start), each) for each in found]
        for index in range(len(ranked) - 1, -1, -1):
            standing, noun = ranked[index]
            if self._relative(noun, cue):
                return noun
            if standing is not Standing.GOVERNED and not self._aside(noun, ranked[:index]):
                return self._holder(ranked[:index], noun)
        governed = (each for each in reversed(found) if each.kind in _EVEN_GOVERNED)
        return next(governed, None)

    def _quoted(self, found: Sequence[Noun], cue: Cue) -> Noun | None:
        """Return who is quoted "as saying": named after that verb, or before it in the passive."""
        verbs = [*_QUOTED.finditer(self._text, max(0, cue.start - REACH), cue.start)]
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
        free = [each for each in found if not self._clauses.standing(each, cue.end)]
        first = next(iter(free or found), None)
        return next((each for each in found if first and self._is_same(first, each)), first)

    def _is_same(self, first: Noun, person: Noun) -> bool:
        """Tell whether a person is who was named or described: "NATO chief Jane Doe"."""
        one = first.kind is not Kind.PERSON and self._clauses.is_one_person(first)
        apposed = one and NAMED_NEXT.fullmatch(self._text, first.end, person.start)
        adjacent = "," not in self._text[first.end : person.start]
        described = first.kind is not Kind.PERSON and (adjacent or bool(apposed))
        standing = self._clauses.standing(person, first.start)
        return person.kind is Kind.PERSON and described and standing is Standing.SUBJECT

    def _usable(self, start: int, end: int) -> Sequence[Noun]:
        """Return the nouns that may speak: no owner of the next one, none inside of another."""
        found: list[Noun] = []
        for each in self._nouns.within(start, end):
            if not each.owns and not (found and each.start < found[-1].end):
                found.append(each)
        return found
