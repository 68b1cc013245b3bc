"""Who said a quotation: the subject of the verb of saying that stands by it."""

import re
from collections.abc import Sequence

from schemas.enriched_article import Entity
from services.enricher.speech.clauses import Clauses
from services.enricher.speech.cues import Cue, cues
from services.enricher.speech.nouns import Kind, Nouns
from services.enricher.speech.references import References, Said
from services.enricher.speech.sentences import Sentences
from services.enricher.speech.subjects import Subjects

BEFORE, AFTER = 400, 200
"""Characters around a quotation in which its verb is sought."""

_TIES = frozenset(",;—")
_TIES_OUTSIDE = frozenset(",—")
_CRIES = frozenset("?!")
_CONJUNCTION = re.compile(r",?\s(?:while|and|but|whereas|although|which|who|because|in|to)\b")
_ASIDE = re.compile(r"\s[—–]\s[^—–]{1,200}[—–]\s?$")
_MARKS = frozenset('"“”«»„')


class Speakers:
    """Those whom an article names and who may speak in it."""

    def __init__(
        self, text: str, entities: Sequence[Entity], quoted: Sequence[tuple[int, int]]
    ) -> None:
        """Take the text, who is named in it, and what stands in quotation marks."""
        self._text = text
        self._sentences = Sentences(text)
        nouns = Nouns(text, entities, quoted, self._sentences)
        clauses = Clauses(text, nouns, self._sentences)
        self._subjects = Subjects(text, nouns, clauses)
        self._references = References(text, nouns, self._sentences, clauses)

    def speaker(self, start: int, end: int, last: Said) -> str | None:
        """Name who says `text[start:end]`, the quotation after `last`; None if nothing tells.

        A comma or a question mark ties a quotation to the clause after it; else the clause that
        leads up to it is read first. Without a verb of its own it goes on with the last one's.
        """
        sentence = max(self._sentences.start(start - 1), start - BEFORE)
        before = self._without_aside(max(sentence, last.end), start - 1)
        after = (end + 1, self._clause_end(end))
        led = self._verb(*before, -1)
        follows = self._verb(*after, 0)
        found = (self._subjects.of_verb(*before, led), self._subjects.of_verb(*after, follows))
        first, second = reversed(found) if self._ties(start, end, led, follows) else found
        if noun := first or second:
            return self._references.name(noun, last)
        if last.end > sentence:
            return last.speaker
        cued = led is not None and not led.participle
        return None if cued else self._unattributed(*before, last)

    def _verb(self, start: int, end: int, index: int) -> Cue | None:
        """Return the first or the last verb of saying of a clause."""
        found = [*cues(self._text, start, end)]
        return found[index] if found else None

    def _without_aside(self, start: int, end: int) -> tuple[int, int]:
        """Leave out what stands between two dashes right before a quotation."""
        aside = _ASIDE.search(self._text, start, end)
        return (start, aside.start()) if aside else (start, end)

    def _ties(self, start: int, end: int, led: Cue | None, follows: Cue | None) -> bool:
        """Tell whether the clause after a quotation is read first.

        "According to" after it is the source for what the verb before it tells.
        """
        if led and led.is_verb and follows and not follows.is_verb:
            return False
        if self._text[end - 1] in _CRIES:
            return not self._text[max(0, start - 4) : start - 1].rstrip().endswith((":", ","))
        if _CONJUNCTION.match(self._text, end + 1):
            return False
        return self._text[end - 1] in _TIES or self._text[end + 1 : end + 2] in _TIES_OUTSIDE

    def _unattributed(self, start: int, end: int, last: Said) -> str | None:
        """Name who speaks where no verb tells: the subject of the sentence, or of the last one."""
        lead = self._text[start:end].strip()
        if lead:
            subject = self._subjects.of_sentence(start, end, colon=lead.endswith(":"))
            return self._references.name(subject, last) if subject else None
        if last.end and "\n" not in self._text[last.end : end]:
            return self._references.going_on(end, last)
        return self._references.salient(end, last, Kind.PERSON) if self._goes_on(end) else None

    def _goes_on(self, quotation: int) -> bool:
        """Tell whether text of the same paragraph stands before a quotation."""
        return bool(self._text[max(0, quotation - BEFORE) : quotation].rpartition("\n")[2].strip())

    def _clause_end(self, quotation: int) -> int:
        """Return where the clause after a quotation ends.

        A full stop inside the quotation ends its sentence, unless it goes on in lower case.
        """
        closed = quotation + 1
        if self._text[quotation - 1] in _CRIES and self._text[closed : closed + 1] != "\n":
            ends = self._sentences.end(closed, closed + AFTER)
            return closed if _MARKS & {*self._text[closed:ends]} else ends
        return max(closed, self._sentences.end(closed - 2, closed + AFTER))
