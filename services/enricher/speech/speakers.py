"""Who said a quotation: the subject of the verb of saying that stands by it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.enriched_article import Entity

BEFORE, AFTER = 300, 200
"""Characters around a quotation in which its verb is sought."""
LOOK_BACK = 3000
"""Characters in which "he" and "the minister" are sought."""
REACH = 80
"""Characters between a description and the name it belongs to."""

_VERB = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells?|elling)|add(?:ed|s|ing)|stat(?:ed|es|ing)"
    r"|wr(?:ote|ites?|iting|itten)|tweet(?:ed|s|ing)|post(?:ed|s|ing)|announc(?:ed|es|ing)"
    r"|declar(?:ed|es|ing)|expla(?:ined|ins|ining)|not(?:ed|es|ing)|remark(?:ed|s|ing)"
    r"|warn(?:ed|s|ing)|claim(?:ed|s|ing)|insist(?:ed|s|ing)|emphasi[sz](?:ed|es|ing)"
    r"|stress(?:ed|es|ing)|argu(?:ed|es|ing)|comment(?:ed|s|ing)|repl(?:ied|ies|ying)"
    r"|respond(?:ed|s|ing)|ask(?:ed|s|ing)|continu(?:ed|es|ing)|conclud(?:ed|es|ing)"
    r"|call(?:ed|s|ing)|describ(?:ed|es|ing)|urg(?:ed|es|ing)|promis(?:ed|es|ing)"
    r"|pledg(?:ed|es|ing)|admit(?:ted|s|ting)|acknowledg(?:ed|es|ing)|confirm(?:ed|s|ing)"
    r"|recall(?:ed|s|ing)|report(?:ed|s|ing)|reveal(?:ed|s|ing)|read(?:s|ing)?|credit(?:ed|s|ing)"
    r"|agre(?:ed|es|eing)|den(?:ied|ies|ying)|predict(?:ed|s|ing)|inform(?:ed|s|ing)"
    r"|observ(?:ed|es|ing)|testif(?:ied|ies|ying)|vow(?:ed|s|ing)|jok(?:ed|es|ing)"
    r"|underlin(?:ed|es|ing)|proclaim(?:ed|s|ing)|lament(?:ed|s|ing)|prais(?:ed|es|ing)|critici[sz](?:ed|es|ing)|condemn(?:ed|s|ing)"
    r"|reiterat(?:ed|es|ing)|reaffirm(?:ed|s|ing)|assert(?:ed|s|ing)|suggest(?:ed|s|ing)"
    r"|highlight(?:ed|s|ing)|point(?:ed|s|ing) out|express(?:ed|es|ing)|quot(?:ed|es|ing)"
    r"|alleg(?:ed|es|ing)|complain(?:ed|s|ing)|recount(?:ed|s|ing)|hop(?:ed|es|ing)"
    r"|extend(?:ed|s)|[Aa]ccording to|[Ii]n the words of)\b",
)
_ATTRIBUTION = re.compile(r"according to|in the words of", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:he|she|they)\b", re.IGNORECASE)
_DESCRIPTION = re.compile(
    r"(?:^\W*|[,;—]\s|\b(?:and|but|while|as|when|that)\s)"
    r"(?:the|an?|its|his|her|their)\s(?:[\w-]+\s){0,3}?(?P<noun>[a-z-]{3,}(?:[a-rt-z]|ss))"
    r"(?=\W*$|[,;]|\s(?:of|for|in|at|who|on|later|also|then)\b)",
    re.IGNORECASE,
)
_NOT_A_SUBJECT = re.compile(
    r"\b(?:of|for|at|from|to|with|by|on|in|about|via|against|told)\s(?:the\s)?$"
)
_BOUNDARY = re.compile(r"[.!?][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9])|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Adm|Sen|Rep|Gov|Rev|St|Jr|Sr|No|vs"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z])$"
)
_TIES = frozenset(",?!;—")


@dataclass(frozen=True, slots=True)
class Named:
    """Where a person or an organisation is named outside of quotations."""

    start: int
    end: int
    name: str
    is_person: bool


@dataclass(frozen=True, slots=True)
class Said:
    """The end of a quotation, its closing mark included, and whose it is."""

    end: int = 0
    speaker: str | None = None


class Speakers:
    """Those whom an article names and who may speak in it."""

    def __init__(
        self, text: str, entities: Sequence[Entity], quoted: Sequence[tuple[int, int]]
    ) -> None:
        """Collect the persons and organisations that are named outside of `quoted`."""
        inside = bytearray(len(text))
        for start, end in quoted:
            inside[start:end] = b"\x01" * (end - start)
        named = (
            Named(mention.start, mention.end, entity.name, entity.type == "PERSON")
            for entity in entities
            if entity.type in {"PERSON", "ORG"}
            for mention in entity.mentions
            if not inside[mention.start]
        )
        self._text = text
        self._named = sorted(named, key=_start)
        self._verbs = [*_VERB.finditer(text)] if quoted else []
        self._boundaries = [*_boundaries(text)] if quoted else []

    def speaker(self, start: int, end: int, last: Said) -> str | None:
        """Name who says `text[start:end]`, the quotation after `last`; None if nothing tells.

        A comma or a question mark ties a quotation to the clause after it; else the clause that
        leads up to it is read first. Without a verb of its own it goes on with the last one's.
        """
        sentence = self._sentence_start(start)
        before = (max(sentence, last.end), start - 1)
        after = (end + 1, self._sentence_end(end + 1))
        ties = self._text[end - 1] in _TIES or self._text[end + 1 : end + 2] in _TIES
        for clause in (after, before) if ties else (before, after):
            verbs = _between(self._verbs, *clause)
            verb = verbs[0 if clause is after else -1] if verbs else None
            name = self._subject(*clause, verb) if verb else None
            # A participle ("further saying") has its subject in the clause on the other side.
            if name or (verb and not _is_participle(verb) and last.end <= sentence):
                return name
        if last.end > sentence:
            return last.speaker
        if lead := self._text[slice(*before)].strip():
            people = self._within(*before) if lead.endswith(":") else ()
            return people[-1].name if people else None
        same_paragraph = last.end and "\n" not in self._text[last.end : start]
        return last.speaker if same_paragraph else None

    def _subject(self, start: int, end: int, verb: re.Match[str]) -> str | None:
        """Find who does the verb: whoever stands before it, or after it if nobody can."""
        inverted = not any(map(str.isalnum, self._text[start : verb.start()]))
        if _ATTRIBUTION.fullmatch(verb.group()) or (inverted and not _is_participle(verb)):
            return self._after_verb(verb.end(), end)
        return self._before_verb(start, verb.start())

    def _before_verb(self, start: int, verb: int) -> str | None:
        named = self._within(start, verb)
        if pronoun := _PRONOUN.search(self._text, named[-1].end if named else start, verb):
            return self._last_person(pronoun.start())
        if head := self._head(named):
            return head.name
        described = [*_DESCRIPTION.finditer(self._text[start:verb])]
        return self._bearer(described[-1]["noun"], start) if described else None

    def _head(self, named: Sequence[Named]) -> Named | None:
        """Return the name nearest to the verb that no preposition governs.

        An organisation between commas ("Jane Doe, CIA, said") only says whose man one is, and a
        person's foundation is not the person.
        """
        owners = [each for each in named if self._text.startswith(("'s", "’s"), each.end)]
        named = [each for each in named if not (each.is_person and each in owners)]
        for each in reversed(named):
            before = self._text[max(0, each.start - REACH) : each.start]
            aside = not each.is_person and "," in before[-7:] and self._text[each.end] == ","
            if not (aside or _NOT_A_SUBJECT.search(before)):
                return each
        return named[-1] if named else None

    def _after_verb(self, verb: int, end: int) -> str | None:
        if _PRONOUN.match(self._text[verb:end].lstrip()):
            return self._last_person(verb)
        named = self._within(verb, end)
        if named:
            return next((each for each in named if each.is_person), named[0]).name
        described = _DESCRIPTION.search(self._text[verb:end])
        return self._bearer(described["noun"], verb) if described else None

    def _last_person(self, position: int) -> str | None:
        people = (
            each
            for each in reversed(self._within(position - LOOK_BACK, position))
            if each.is_person
        )
        return next((each.name for each in people), None)

    def _bearer(self, noun: str, position: int) -> str | None:
        """Find who was last described as `noun`, as in "commissioner Albert Muchanga"."""
        window = max(0, position - LOOK_BACK)
        pattern = re.compile(rf"\b{re.escape(noun)}\b", re.IGNORECASE)
        for found in reversed([*pattern.finditer(self._text, window, position)][-5:]):
            start, end = _around(found)
            after, before = self._within(found.end(), end), self._within(start, found.start())
            for each in (*after, *reversed(before)):
                between = sorted((each.start, each.end, found.start(), found.end()))[1:3]
                if not _BOUNDARY.search(self._text, *between):
                    return each.name
        return None

    def _within(self, start: int, end: int) -> Sequence[Named]:
        first = bisect_left(self._named, start, key=_start)
        return self._named[first : bisect_left(self._named, end, lo=first, key=_start)]

    def _sentence_start(self, quotation: int) -> int:
        """Return where the sentence of a quotation starts, at most `BEFORE` characters back."""
        start = max(0, quotation - BEFORE)
        ended = _between(self._boundaries, start, quotation)
        return next((found.end() for found in reversed(ended) if found.end() < quotation), start)

    def _sentence_end(self, closed: int) -> int:
        """Return where the clause after a quotation ends.

        A full stop inside the quotation ends its sentence, unless it goes on in lower case.
        """
        ends = _between(self._boundaries, max(0, closed - 2), closed + AFTER)
        return max(closed, ends[0].start()) if ends else closed + AFTER


def _between(found: Sequence[re.Match[str]], start: int, end: int) -> Sequence[re.Match[str]]:
    first = bisect_left(found, start, key=re.Match.start)
    return found[first : bisect_left(found, end, lo=first, key=re.Match.start)]


def _boundaries(text: str) -> Iterator[re.Match[str]]:
    for found in _BOUNDARY.finditer(text):
        if not _ABBREVIATION.search(text[max(0, found.start() - 5) : found.start()]):
            yield found


def _is_participle(verb: re.Match[str]) -> bool:
    return verb.group().endswith("ing")


def _start(named: Named) -> int:
    return named.start


def _around(found: re.Match[str]) -> tuple[int, int]:
    return max(0, found.start() - REACH), found.end() + REACH // 2
