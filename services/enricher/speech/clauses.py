"""Who is the subject of a sentence."""

import re

from services.enricher.speech.nouns import Kind, Noun, Nouns
from services.enricher.speech.sentences import Sentences
from services.enricher.speech.standing import Standing, standing
from services.enricher.speech.words import PERSON_ROLES

NOUNS = 30
"""So many nouns of a sentence are looked at, the first ones."""
NAMES_IN_ONE = 5
"""So many names may stand together: "NATO chief Stoltenberg"."""
REACH = 80
"""Characters between a description and the name it belongs to."""

NAMED_NEXT = re.compile(
    r"(?:\s(?:of|for|at|from)\s(?:[\w’'.-]{1,30}\s){0,7}[\w’'.-]{1,30},"
    r"|\s(?:of|for|at|from)\s(?:the\s)?(?:[A-Z][\w’'.-]{0,30}\s){0,5}[A-Z][\w’'.-]{0,30}|,)?\s"
)
"""What stands between a description and the name of who is described."""


class Clauses:
    """How the nouns of a text stand in their clauses."""

    def __init__(self, text: str, nouns: Nouns, sentences: Sentences) -> None:
        """Take what is found in a text."""
        self._text = text
        self._nouns = nouns
        self._sentences = sentences

    def standing(self, noun: Noun, floor: int) -> Standing:
        """Tell how a noun stands among the words from `floor` on.

        After another name with nothing between ("NATO chief Stoltenberg") it stands as that does.
        """
        if noun.kind is Kind.HE or noun.word == "they":
            return Standing.SUBJECT
        for _ in range(NAMES_IN_ONE):
            named = self._nouns.names(max(floor, noun.start - REACH), noun.start)
            before = next((each for each in reversed(named) if each.end <= noun.start), None)
            found = standing(self._text, noun.start, before.end if before else floor)
            if found is not None or before is None:
                return found or Standing.SUBJECT
            noun = before
        return Standing.SUBJECT

    def subject(self, start: int, end: int, worst: Standing, *kinds: Kind) -> Noun | None:
        """Return the noun of a sentence that stands best, and first."""
        fitting = [
            (self._rank(each, start), each.start, each)
            for each in self._nouns.within(start, end)[:NOUNS]
            if each.kind in kinds or (Kind.PERSON in kinds and self._is_a_person(each))
        ]
        best = min(fitting, default=None, key=lambda found: found[:2])
        return best[2] if best and best[0] <= worst else None

    def _rank(self, noun: Noun, floor: int) -> Standing:
        return Standing.GOVERNED if noun.owns else self.standing(noun, floor)

    def is_one_person(self, noun: Noun) -> bool:
        """Tell "a lawyer", "the lawyer" and "one of them" from "police" and "the company"."""
        one = noun.word in PERSON_ROLES or noun.word == "one"
        return noun.kind in {Kind.PERSON, Kind.ROLE} or (noun.kind is Kind.ANYBODY and one)

    def _is_a_person(self, noun: Noun) -> bool:
        """Tell a subject that only describes somebody, whose name does not follow."""
        if noun.owns or not self.is_one_person(noun) or noun.kind is Kind.PERSON:
            return False
        if self.standing(noun, self._sentences.start(noun.start)) is not Standing.SUBJECT:
            return False
        named = self._nouns.names(noun.end, noun.end + REACH)
        return not any(NAMED_NEXT.fullmatch(self._text, noun.end, each.start) for each in named)
