"""What a quantity counts or measures, as a short phrase from the words around it."""

from typing import NamedTuple

from services.enricher.quantities.amounts import Amount
from services.enricher.quantities.context import QUAKES
from services.enricher.quantities.lexicon import ORDINALS
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
    PREPOSITIONS,
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
    tell = {
        "magnitude": _shaken,
        "ordinal": _ranked,
        "percent": _share,
        "ratio": _share,
        "speed": _speed,
        "length": _length,
        "duration": _duration,
    }.get(amount.kind, _measured)
    if amount.kind == "age":
        return Counted(amount, _aged(tokens, amount, names))
    return Counted(amount, tell(tokens, amount))


def _shaken(tokens: Tokens, amount: Amount) -> str:
    around = (
        *tokens.words[amount.end : amount.end + 4],
        *reversed(tokens.words[amount.first - 8 : amount.first]),
    )
    word = next((word for word in around if word in QUAKES), "earthquake")
    return {"quake": "earthquake", "quakes": "earthquakes"}.get(word, word)


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


def _ranked(tokens: Tokens, amount: Amount) -> str | None:
    words, end = tokens.words, amount.end
    if words[end] in ("and", "or", "to", ",") and words[end + 1] in ORDINALS:
        end += 2
    noun = phrase_at(tokens, end)
    if noun is None and words[amount.first - 1] in ("in", "came", "finished", "placed", "ranked"):
        return "place"
    return noun or words_before(tokens, amount.first)


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


def _share(tokens: Tokens, amount: Amount) -> str | None:
    """Name the whole of a share: "60 percent of trade", "a 5% rise"."""
    words, end = tokens.words, past_brackets(tokens, amount.end)
    noun = phrase_at(tokens, end)
    if noun is None and words[end] in PREPOSITIONS:
        noun = phrase_at(tokens, end + 1)
    return noun or words_before(tokens, amount.first)


def _speed(tokens: Tokens, amount: Amount) -> str | None:
    before = _measured(tokens, amount)
    return before if before and "wind" in before else f"speed of {before}" if before else "speed"


_DIMENSIONS = {
    "high": "height", "tall": "height", "deep": "depth", "long": "length", "wide": "width",
    "thick": "thickness", "below": "depth", "underground": "depth",
}  # fmt: skip
_AWAY = word_set(
    "away from north south east west northeast northwest southeast southwest off inland offshore "
    "outside northern southern eastern western of the - and to"
)


def _length(tokens: Tokens, amount: Amount) -> str | None:
    words, end = tokens.words, past_brackets(tokens, amount.end)
    if words[end] in _DIMENSIONS:
        before = words_before(tokens, amount.first)
        dimension = _DIMENSIONS[words[end]]
        return f"{before} {dimension}" if before else dimension
    if words[end] in _AWAY and words[end] not in ("of", "the", "-", "and", "to"):
        while words[end] in _AWAY:
            end += 1
        place = phrase_at(tokens, end)
        return f"distance from {place}" if place else "distance"
    return _measured(tokens, amount)


def _duration(tokens: Tokens, amount: Amount) -> str | None:
    words, end = tokens.words, past_brackets(tokens, amount.end)
    word = words[end]
    if word in ("after", "before", "since"):
        place = phrase_at(tokens, end + 1)
        return f"time {word} {place}" if place else "time"
    if word in ("ago", "later", "earlier"):
        before = words_before(tokens, amount.first)
        return f"time since {before}" if before else "time"
    if word in ("ahead", "behind", "faster", "slower", "longer", "shorter", "more", "less"):
        linked = words[end + 1] in ("of", "than")
        place = phrase_at(tokens, end + 1 + linked)
        return f"time {word} {words[end + 1]} {place}" if place and linked else f"time {word}"
    return _measured(tokens, amount)


def _measured(tokens: Tokens, amount: Amount) -> str | None:
    """Name what is measured: the noun after the quantity, else the words before it."""
    end = past_brackets(tokens, amount.end)
    noun = phrase_at(tokens, end)
    if noun is not None:
        return noun
    before = words_before(tokens, amount.first)
    if tokens.words[end] in _COMPLEMENTS:
        noun = phrase_at(tokens, end + 1)
    return " ".join(filter(None, (before, noun))) or None


_COMPLEMENTS = word_set("in for of on worth from to over against")
