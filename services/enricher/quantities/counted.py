"""What a quantity counts or measures, as a short phrase from the words around it."""

import itertools

from services.enricher.quantities.amounts import Amount
from services.enricher.quantities.context import QUAKES
from services.enricher.quantities.lexicon import SMALL
from services.enricher.quantities.tokens import Tokens
from services.enricher.quantities.words import (
    ADVERBS,
    AUXILIARIES,
    CASUALTIES,
    DETERMINERS,
    FUNCTION_WORDS,
    PREPOSITIONS,
    is_plural,
    word_set,
)

_LONGEST = 5
_SENTENCE_ENDS = frozenset((".", "\n", "", "!", "?", ";", '"'))


def counted(
    tokens: Tokens, amount: Amount, previous: tuple[Amount, str | None] | None
) -> str | None:
    """Say what `amount` is about; `previous` is the quantity before it and what that is about."""
    if amount.kind == "magnitude":
        return _shaken(tokens, amount)
    if amount.kind == "count":
        return _things(tokens, amount, previous)
    if amount.kind in ("ordinal", "calibre"):
        return _phrase(tokens, _noun_phrase(tokens, amount.end)) or _before(tokens, amount)
    if amount.kind == "age":
        return _phrase(tokens, _noun_phrase(tokens, amount.end)) or _name_before(tokens, amount)
    if amount.kind in ("percent", "ratio"):
        return _share(tokens, amount)
    if amount.kind == "score":
        return _phrase(tokens, _noun_phrase(tokens, amount.end)) or _before(tokens, amount)
    return _measured(tokens, amount)


def _shaken(tokens: Tokens, amount: Amount) -> str:
    around = (
        *tokens.words[amount.end : amount.end + 4],
        *reversed(tokens.words[amount.first - 8 : amount.first]),
    )
    word = next((word for word in around if word in QUAKES), "earthquake")
    return {"quake": "earthquake", "quakes": "earthquakes"}.get(word, word)


def _noun_phrase(tokens: Tokens, at: int) -> list[int]:
    """Collect the words of the noun phrase that begins at a token, up to its plural head."""
    words, found = tokens.words, list[int]()
    if words[at] in ("-", "+") and tokens.glued(at):
        at += 1
    if words[at] == "of" or (words[at] in ("more", "new", "additional") and words[at + 1]):
        at += 1
    while words[at] in DETERMINERS:
        at += 1
    while len(found) < _LONGEST:
        word = words[at]
        if word == "." and found and len(words[at - 1]) == 1 and tokens.glued(at - 1):
            at += 1
            continue
        if word == "-" and found and tokens.glued(at - 1) and tokens.glued(at):
            at += 1
            continue
        if not word[:1].isalpha() or word in FUNCTION_WORDS or word in SMALL or word in ADVERBS:
            break
        if (
            found
            and is_plural(words[found[-1]])
            and not is_plural(word)
            and tokens.raw[at].islower()
        ):
            break
        if word in CASUALTIES and found and word not in ("deaths", "injuries", "dead", "missing"):
            break
        found.append(at)
        at += 1
    return found


def _phrase(tokens: Tokens, indices: list[int]) -> str | None:
    """Write collected words as they stand in the text, hyphens included."""
    if not indices:
        return None
    parts = [tokens.raw[indices[0]]]
    for left, right in itertools.pairwise(indices):
        between = "".join(tokens.raw[left + 1 : right])
        glued = tokens.glued(left) and right > left + 1
        parts.append((between if glued else between + " ") if between else " ")
        parts.append(tokens.raw[right])
    return "".join(parts)


def _things(
    tokens: Tokens, amount: Amount, previous: tuple[Amount, str | None] | None
) -> str | None:
    """Name what is counted, with what became of it: "people killed"."""
    indices = _noun_phrase(tokens, amount.end)
    words = tokens.words
    state = None
    if indices and words[indices[0]] in CASUALTIES and len(indices) == 1:
        state, indices = CASUALTIES[words[indices[0]]], []
    end = indices[-1] + 1 if indices else amount.end
    state = state or _verb_after(tokens, end) or _verb_before(tokens, amount)
    noun = _phrase(tokens, indices)
    if noun is None:
        noun = _inherited(tokens, amount, previous) or ("people" if state else None)
    if noun is None:
        noun = _before(tokens, amount)
    if noun and state and state not in noun:
        return f"{noun} {state}"
    return noun


def _verb_after(tokens: Tokens, at: int) -> str | None:
    """Find what became of the counted: "(136 civilians,) including 13 children, were killed"."""
    words = tokens.words
    if words[at] in (",", "–", "—") and words[at + 1] in ("including", "among", "mostly", "many"):
        closing = next((i for i in range(at + 2, at + 12) if words[i] in (",", "–", "—")), None)
        if closing is None:
            return None
        at = closing + 1
    for step in range(at, at + 6):
        word = words[step]
        if word in CASUALTIES:
            return CASUALTIES[word]
        if not (word in AUXILIARIES or word in ADVERBS or word in ("reported", "to", "believed")):
            return None
    return None


def _verb_before(tokens: Tokens, amount: Amount) -> str | None:
    """Find the verb that governs the quantity: "killed at least 300", "deaths of 34"."""
    words = tokens.words
    for step in range(amount.first - 1, amount.first - 6, -1):
        word = words[step]
        if word in CASUALTIES:
            return CASUALTIES[word]
        if word == "toll":
            return "killed"
        if word not in _LINKS:
            return None
    return None


_LINKS = word_set(
    "at least about around some more than over nearly almost the a an of to up as many "
    "another additional further estimated roughly approximately only just other fewer no "
    "risen rose rises reached reaches increased including had has"
)


def _inherited(
    tokens: Tokens, amount: Amount, previous: tuple[Amount, str | None] | None
) -> str | None:
    """Take the noun of the quantity before, in the same sentence: "21 injured in A, 36 in B"."""
    if previous is None or previous[0].kind != "count" or previous[1] is None:
        return None
    between = tokens.words[previous[0].end : amount.first]
    if len(between) > 24 or not _SENTENCE_ENDS.isdisjoint(between):
        return None
    return previous[1]


def _before(tokens: Tokens, amount: Amount) -> str | None:
    """Collect the nearest content words before a quantity: "winds of", "the price rose to"."""
    words, at, found = tokens.words, amount.first - 1, list[int]()
    for _ in range(12):
        word = words[at]
        if word in _SENTENCE_ENDS or len(found) == 3:
            break
        content = word[:1].isalpha() and word not in FUNCTION_WORDS and word not in ADVERBS
        if content and word not in SMALL and word not in _QUALIFYING:
            found.insert(0, at)
        elif found:
            break
        at -= 1
    return _phrase(tokens, found)


_QUALIFYING = word_set(
    "least most more less than over about around nearly almost roughly approximately some up "
    "estimated minimum maximum further another additional"
)


def _name_before(tokens: Tokens, amount: Amount) -> str | None:
    """Collect the last capitalised words before a quantity: whose age it is."""
    at, found = amount.first - 1, list[int]()
    for _ in range(14):
        if tokens.words[at] in ("\n", ""):
            break
        raw = tokens.raw[at]
        if raw[:1].isupper() and raw.isalpha() and tokens.words[at] not in FUNCTION_WORDS:
            found.insert(0, at)
        elif found:
            break
        at -= 1
    return _phrase(tokens, found) or _before(tokens, amount)


def _share(tokens: Tokens, amount: Amount) -> str | None:
    """Name the whole of a share: "60 percent of trade", "a 5% rise"."""
    words, end = tokens.words, amount.end
    phrase = _phrase(tokens, _noun_phrase(tokens, end))
    if phrase:
        return phrase
    if words[end] in PREPOSITIONS:
        return _phrase(tokens, _noun_phrase(tokens, end + 1)) or _before(tokens, amount)
    return _before(tokens, amount)


_AWAY = word_set(
    "away from north south east west northeast northwest southeast southwest off inland "
    "offshore outside northern southern eastern western"
)


def _measured(tokens: Tokens, amount: Amount) -> str | None:
    """Name what is measured: the noun after the quantity, else the words before it."""
    words, end = tokens.words, amount.end
    if amount.kind == "length" and words[end] in _AWAY:
        place = _phrase(tokens, _noun_phrase(tokens, _past_prepositions(words, end)))
        return f"distance from {place}" if place else "distance"
    if amount.kind == "duration" and words[end] in ("after", "before", "ago", "later", "since"):
        return _time_from(tokens, amount)
    phrase = _phrase(tokens, _noun_phrase(tokens, end))
    if phrase is None and words[end] in ("in", "for", "of", "on", "worth", "from"):
        phrase = _phrase(tokens, _noun_phrase(tokens, end + 1))
        before = _before(tokens, amount)
        return " ".join(filter(None, (before, phrase))) or None
    return phrase or _before(tokens, amount)


def _past_prepositions(words: list[str], at: int) -> int:
    while words[at] in _AWAY or words[at] in ("of", "the", "-", "and", "to"):
        at += 1
    return at


def _time_from(tokens: Tokens, amount: Amount) -> str:
    word = tokens.words[amount.end]
    if word in ("after", "before", "since"):
        place = _phrase(tokens, _noun_phrase(tokens, amount.end + 1))
        if place:
            return f"time {word} {place}"
    before = _before(tokens, amount)
    return f"time since {before}" if before else "time"
