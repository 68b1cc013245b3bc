"""Noun phrases around a quantity, found without a tagger, as token indices."""

from services.enricher.quantities.lexicon import MULTIPLIERS, SMALL
from services.enricher.quantities.tokens import Tokens, is_digits
from services.enricher.quantities.words import (
    ADVERBS,
    CASUALTIES,
    DETERMINERS,
    FUNCTION_WORDS,
    MONTHS,
    PAST_TENSES,
    WEEKDAYS,
    is_plural,
    word_set,
)

SENTENCE_ENDS = frozenset((".", "\n", "", "!", "?", ";", '"'))
_LONGEST = 5
_NOT_CONTENT = word_set(
    "least most more less than about around nearly almost roughly approximately some up estimated "
    "minimum maximum further another additional last past next first maybe perhaps probably likely "
    "remaining ahead away total magnitude aged age ages re ve ll "
    "year years month months week weeks day days hour hours minute minutes second seconds percent "
    "cent points times compared st nd rd th"
)


def past_brackets(tokens: Tokens, at: int) -> int:
    """Step over a short remark in brackets: "30 inches (76 cm) of rain"."""
    if tokens.words[at] not in ("(", "["):
        return at
    for end in range(at + 1, at + 9):
        if tokens.words[end] in (")", "]"):
            return end + 1
    return at


def noun_phrase(tokens: Tokens, at: int) -> list[int]:
    """Collect the words of the noun phrase that begins at a token, up to its plural head."""
    words, found = tokens.words, list[int]()
    at = _past_openers(tokens, at)
    while len(found) < _LONGEST:
        word = words[at]
        if _binds(tokens, at, found):
            at += 1
        elif word == "'" and found and words[at + 1] == "s" and tokens.glued(at):
            # "the state's 40 delegates": the possessor is not what is counted
            found, at = [], at + 2
            at += is_digits(words[at]) or words[at] in SMALL
        elif _ends(tokens, at, found):
            break
        else:
            found.append(at)
            at += 1
    return found


def _past_openers(tokens: Tokens, at: int) -> int:
    words = tokens.words
    if words[at] in ("-", "+") and tokens.glued(at):
        at += 1
    if words[at] in ("more", "new", "additional", "confirmed") and words[at + 1].isalpha():
        at += words[at + 1] not in FUNCTION_WORDS
    if words[at] in ("of", "strong"):
        at += 1
    if words[at] == "magnitude" and is_digits(words[at + 1]):
        at += 2 + (words[at + 2] == "+")
    while words[at] in DETERMINERS:
        at += 1
    if is_digits(words[at]) or words[at] in SMALL:
        at += words[at - 1] in DETERMINERS or words[at - 1] == "of"
    return at


def _binds(tokens: Tokens, at: int, found: list[int]) -> bool:
    """Tell whether a sign holds a word together: "U.S.", "anti-tank"."""
    if not found or not tokens.glued(at - 1):
        return False
    if tokens.words[at] == ".":
        return len(tokens.words[at - 1]) == 1 and tokens.raw[at - 1].isupper()
    return tokens.words[at] == "-" and tokens.glued(at)


def _ends(tokens: Tokens, at: int, found: list[int]) -> bool:
    """Tell whether a noun phrase ends before a token."""
    word = tokens.words[at]
    hyphened = bool(found) and tokens.words[at - 1] == "-" and tokens.glued(at - 1)
    if hyphened and (is_digits(word) or word in CASUALTIES):
        return False  # Su-35, life-saving
    closed = word in FUNCTION_WORDS or word in SMALL or word in ADVERBS
    if closed or not word[:1].isalpha():
        return True
    if not found:
        return word in _NO_HEADS
    return word in _FATES or (
        not hyphened
        and tokens.raw[at].islower()
        and ((is_plural(tokens.words[found[-1]]) and not is_plural(word)) or _is_a_verb(word))
    )


def _is_a_verb(word: str) -> bool:
    return word in PAST_TENSES or (len(word) > 4 and word.endswith(("ed", "ing")))


_FATES = CASUALTIES.keys() - {"deaths", "injuries", "dead", "missing"}
_NO_HEADS = frozenset(("more", "less", "fewer", "shy", "strong", "aged", "apart"))


def phrase(tokens: Tokens, indices: list[int]) -> str | None:
    """Write collected words as they stand in the text, with single spaces."""
    if not indices:
        return None
    first, *others = range(indices[0], indices[-1] + 1)
    glue = ("" if tokens.glued(at - 1) else " " for at in others)
    rest = (space + tokens.raw[at] for space, at in zip(glue, others, strict=True))
    return tokens.raw[first] + "".join(rest)


def phrase_at(tokens: Tokens, at: int) -> str | None:
    """Write the noun phrase that begins at a token."""
    return phrase(tokens, noun_phrase(tokens, at))


def words_before(tokens: Tokens, at: int) -> str | None:
    """Write the nearest content words before a token: "winds of", "the price rose to"."""
    words, at, found = tokens.words, at - 1, list[int]()
    for _ in range(12):
        word = words[at]
        if word in SENTENCE_ENDS or len(found) == 3:
            break
        if is_content(word):
            found.insert(0, at)
        elif found:
            break
        at -= 1
    return phrase(tokens, found)


def is_content(word: str) -> bool:
    """Tell whether a word may name a thing."""
    return (
        len(word) > 1
        and word[0].isalpha()
        and word not in FUNCTION_WORDS
        and word not in ADVERBS
        and word not in SMALL
        and word not in MULTIPLIERS
        and word not in _NOT_CONTENT
        and word not in MONTHS
        and word not in WEEKDAYS
        and not word.endswith("ly")
    )
