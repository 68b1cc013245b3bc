"""What a quantity counts, as a short phrase from the words around it, and what became of that."""

from typing import NamedTuple

from services.enricher.quantities.amounts import Amount
from services.enricher.quantities.measured import measured
from services.enricher.quantities.phrases import (
    SENTENCE_ENDS,
    is_content,
    noun_phrase,
    past_brackets,
    phrase,
    phrase_at,
    words_before,
)
from services.enricher.quantities.tokens import Tokens, is_digits
from services.enricher.quantities.words import (
    ADVERBS,
    AUXILIARIES,
    BODILY,
    CASUALTIES,
    PERSONS,
    is_plural,
    word_set,
)


class Counted(NamedTuple):
    """A quantity and what it is about; the next one may be told in few words because of it."""

    amount: Amount
    noun: str | None = None
    state: str | None = None

    @property
    def text(self) -> str | None:
        """Say it as one phrase: "people killed"."""
        if self.noun and self.state and self.state not in self.noun:
            return f"{self.noun} {self.state}"
        return self.noun or self.state


def counted(
    tokens: Tokens, amount: Amount, previous: Counted | None, names: dict[int, str | None]
) -> Counted:
    """Say what `amount` is about; `previous` is the quantity before it.

    `names` holds who is named, by the offset where the mention ends: None for what is no person.
    """
    if amount.kind == "count":
        return _things(tokens, amount, previous)
    if amount.kind == "age":
        return Counted(amount, _aged(tokens, amount, names))
    return Counted(amount, measured(tokens, amount))


def _things(tokens: Tokens, amount: Amount, previous: Counted | None) -> Counted:
    """Name what is counted, with what became of it: "people killed"."""
    words, start = tokens.words, past_brackets(tokens, amount.end)
    if words[start : start + 2] == ["on", "board"] or words[start] == "aboard":
        return Counted(amount, "people on board")
    if words[start : start + 3] == ["on", "-", "board"]:
        return Counted(amount, "people on board")
    pointed = words[start] == "of" and words[start + 1] in ("those", "these", "them", "whom")
    indices = [] if pointed else noun_phrase(tokens, start)
    state = None
    if indices and words[indices[0]] in CASUALTIES and len(indices) == 1:
        state, indices = CASUALTIES[words[indices[0]]], []
    noun = phrase(tokens, indices)
    end = indices[-1] + 1 if indices else start + (words[start] == "more")
    state = state or _verb_after(tokens, end) or _verb_before(tokens, amount)
    if noun == "others" or words[start] == "more":
        state = state or _verb_of_the_clause(tokens, amount)
        noun = "other people" if noun and state else noun
    noun = noun or _total_of(tokens, amount)
    if noun is None:
        noun, state = _inherited(tokens, amount, previous, state)
    return Counted(amount, noun or words_before(tokens, amount.first), state)


def _verb_after(tokens: Tokens, at: int) -> str | None:
    """Find what became of the counted: "(136 civilians,) including 13 children, were killed"."""
    words = tokens.words
    if words[at] in (",", "–", "—") and words[at + 1] in ("including", "among", "mostly", "many"):
        closing = next((i for i in range(at + 2, at + 14) if words[i] in (",", "–", "—")), None)
        if closing is None:
            return None
        at = closing + 1
    for step in range(at, at + 6):
        word = words[step]
        if word in CASUALTIES:
            return CASUALTIES[word]
        if not (word in _BETWEEN or word.endswith("ly")):
            return None
    return None


_REPORTS = word_set("reported to believed feared confirmed presumed said found left")
_BETWEEN = AUXILIARIES | ADVERBS | _REPORTS
_LINKS = word_set(
    "at least about around some more than over nearly almost the a an of to up as many another "
    "additional further estimated roughly approximately only just other fewer no risen rose rises "
    "reached reaches increased including had has by climbs climbed"
)


def _verb_before(tokens: Tokens, amount: Amount) -> str | None:
    """Find the verb that governs the quantity: "killed at least 300", "deaths of 34"."""
    for step in range(amount.first - 1, amount.first - 7, -1):
        word = tokens.words[step]
        if word in CASUALTIES:
            return CASUALTIES[word]
        if word == "toll":
            return "killed"
        if word not in _LINKS:
            return None
    return None


def _total_of(tokens: Tokens, amount: Amount) -> str | None:
    """Name what is totalled: "the number of casualties rose to 1,035"."""
    words = tokens.words
    for step in range(amount.first - 1, amount.first - 12, -1):
        if words[step] in SENTENCE_ENDS or is_digits(words[step]):
            return None
        if words[step] in ("number", "total", "count") and words[step + 1] == "of":
            return phrase_at(tokens, step + 2)
    return None


def _verb_of_the_clause(tokens: Tokens, amount: Amount) -> str | None:
    """Find the verb that a quantity without a noun shares: "kills a reporter, five others"."""
    for step in range(amount.first - 1, amount.first - 12, -1):
        word = tokens.words[step]
        if word in SENTENCE_ENDS:
            return None
        if word in CASUALTIES or word == "toll":
            return CASUALTIES.get(word, "killed")
    return None


def _inherited(
    tokens: Tokens, amount: Amount, previous: Counted | None, state: str | None
) -> tuple[str | None, str | None]:
    """Take the noun of the quantity before: "21 injured in A, 36 in B", "She had 8. He had 6."."""
    if state in BODILY:
        return "people", state
    if previous is None or previous.amount.kind != "count" or not previous.noun:
        return None, state
    between = tokens.words[previous.amount.end : amount.first]
    if len(between) > 30 or "\n" in between:
        return None, state
    if "." in between and (amount.scale > 1 or tokens.words[amount.first - 1] not in _HAVING):
        return None, state
    return previous.noun, state or previous.state


_HAVING = word_set(
    "had has earned won received with secured remaining took at by scored got of and to for"
)


def _aged(tokens: Tokens, amount: Amount, names: dict[int, str | None]) -> str | None:
    """Name whose age it is: the noun after it, else the last person named before it."""
    noun = phrase_at(tokens, amount.end) if tokens.words[amount.end - 1] != "age" else None
    if noun:
        return noun
    left = amount.first - 1
    while tokens.words[left] in (
        "aged",
        "age",
        "ages",
        ",",
        "all",
        "both",
        "and",
        "of",
        "the",
        "at",
    ):
        left -= 1
    noun_like = is_plural(tokens.words[left]) and tokens.words[left] not in CASUALTIES
    if noun_like or tokens.words[left] in PERSONS:
        return tokens.raw[left]
    # Bounded: a long text with many names must not be walked back for each age.
    for at in range(amount.first - 1, max(amount.first - 300, tokens.indices().start) - 1, -1):
        name = names.get(tokens.ends[at])
        if name:
            return name
    return _capitals_before(tokens, amount.first) or words_before(tokens, amount.first)


def _capitals_before(tokens: Tokens, first: int) -> str | None:
    at, found = first - 1, list[int]()
    for _ in range(20):
        if tokens.words[at] in ("\n", ""):
            break
        if tokens.raw[at][:1].isupper() and is_content(tokens.words[at]):
            found.insert(0, at)
        elif found:
            break
        at -= 1
    return phrase(tokens, found)
