"""Reading one numeral: digits or words, with scale and fraction, no unit yet."""

from typing import Literal, NamedTuple

from services.enricher.quantities.lexicon import (
    DENOMINATORS,
    GLYPHS,
    MONEY_SUFFIXES,
    MULTIPLIERS,
    ONES,
    SCALES,
    SMALL,
    SUFFIXES,
    TENS,
    VAGUE,
)
from services.enricher.quantities.tokens import Tokens, is_digits
from services.enricher.quantities.words import DETERMINERS


class Numeral(NamedTuple):
    """A value and the token after it; `scale` is what the value was multiplied by."""

    value: float
    end: int
    form: Literal["digits", "words", "fraction", "vague"]
    scale: float = 1.0


def read_numeral(tokens: Tokens, at: int) -> Numeral | None:
    """Read the numeral that begins at a token, as far as it goes."""
    words = tokens.words
    word = words[at]
    if is_digits(word):
        return _scaled(tokens, _digits(tokens, at))
    if word in GLYPHS:
        return _scaled(tokens, Numeral(GLYPHS[word], at + 1, "fraction"))
    if word == "scores" and tokens.words[at + 1] == "of" and words[at + 2] not in DETERMINERS:
        return Numeral(20.0, at + 1, "vague", 20.0)
    if word in VAGUE:
        return _vague(tokens, at)
    if word in ("several", "few", "couple"):
        return _vaguely_scaled(tokens, at)
    return _fraction(tokens, at) or _half(tokens, at) or _words(tokens, at)


def _digits(tokens: Tokens, at: int) -> Numeral:
    raw, end = tokens.raw[at].replace(",", ""), at + 1
    if len(raw) <= 3 and raw[0] != "0" and raw.isdecimal():
        # "10 000 000": groups of three after one space
        while (
            len(tokens.raw[end]) == 3
            and tokens.raw[end].isdecimal()
            and tokens.starts[end] - tokens.ends[end - 1] == 1
        ):
            raw += tokens.raw[end]
            end += 1
    if tokens.words[end] in GLYPHS and tokens.starts[end] - tokens.ends[end - 1] <= 1:
        return Numeral(float(raw) + GLYPHS[tokens.words[end]], end + 1, "digits")
    part = _written_fraction(tokens, end)
    if part and tokens.starts[end] - tokens.ends[end - 1] == 1:
        return Numeral(float(raw) + part, end + 3, "digits")  # "1 1/2"
    part = _written_fraction(tokens, at)
    if part:
        return Numeral(part, at + 3, "fraction")
    # A numeral too long for a float is not a quantity; the contract knows no infinity.
    return Numeral(float(raw[:300]), end, "digits")


def _written_fraction(tokens: Tokens, at: int) -> float:
    """Read "3/4" as a value below one; 0 if there is none."""
    top, bottom = tokens.words[at], tokens.words[at + 2]
    glued = tokens.words[at + 1] == "/" and tokens.glued(at) and tokens.glued(at + 1)
    small = top.isdecimal() and bottom in ("2", "3", "4", "5", "8", "10")
    return float(top) / float(bottom) if glued and small and float(top) < float(bottom) else 0.0


def _words(tokens: Tokens, at: int) -> Numeral | None:
    words = tokens.words
    if words[at] in ("a", "an"):
        if words[at + 1] in MULTIPLIERS:
            return _scaled(tokens, Numeral(1.0, at + 1, "words"))
        return _vaguely_scaled(tokens, at + 1) if words[at + 1] in ("few", "couple") else None
    if words[at] == "dozen":
        return _scaled(tokens, Numeral(1.0, at, "words"))
    cardinal = _cardinal(tokens, at)
    return _scaled(tokens, cardinal) if cardinal else None


def _cardinal(tokens: Tokens, at: int) -> Numeral | None:
    """Read number words: groups below a thousand, each with its scale."""
    words = tokens.words
    total, group, end, here, scale = 0.0, 0.0, at, at, 1.0
    while True:
        word = words[here]
        if word in SMALL:
            if not _fits(group, SMALL[word]) or (here > at and end == at):
                break
            group += SMALL[word]
        elif word == "hundred" and 0 < group < 100:
            group, scale = group * 100, 100.0
        elif word in SCALES and group:
            scale = SCALES[word]
            total, group = total + group * scale, 0.0
        elif end == here and end > at and _joins(tokens, here, scaled=bool(total or group >= 100)):
            here += 1
            continue
        else:
            break
        here += 1
        end = here
    if end == at:
        return None
    if words[end] == "point" and words[end + 1] in ONES and total == 0:
        return _spelt_decimal(words, end + 1, group)
    if words[end - 1] not in MULTIPLIERS:
        scale = 1.0
    return Numeral(total + group, end, "words", scale)


def _spelt_decimal(words: list[str], at: int, whole: float) -> Numeral:
    """Read on in "one point five", "two point seven five"."""
    digits = ""
    while len(digits) < 9 and ONES.get(words[at], 10) < 10:
        digits += str(ONES[words[at]])
        at += 1
    return Numeral(float(f"{whole:.0f}.{digits}"), at, "words")


def _fits(group: float, value: int) -> bool:
    """Tell whether a word below one hundred may be added to what was read."""
    tail = group % 100
    return tail == 0 or (tail in TENS.values() and 0 < value < 10)


def _joins(tokens: Tokens, at: int, *, scaled: bool) -> bool:
    """Tell whether a hyphen or "and" goes on with the numeral before it."""
    words = tokens.words
    if words[at] == "-":
        follows = words[at + 1]
        return (
            tokens.glued(at - 1)
            and tokens.glued(at)
            and (
                (words[at - 1] in TENS and follows in SMALL)
                or follows in SCALES
                or follows == "hundred"
            )
        )
    return (
        words[at] == "and"
        and scaled
        and (words[at - 1] == "hundred" or words[at - 1] in SCALES)
        and words[at + 1] in SMALL
        and (words[at - 1] == "hundred" or words[at + 2] not in MULTIPLIERS)
    )


def _scaled(tokens: Tokens, numeral: Numeral) -> Numeral:
    """Add "and a half" and multiply by the scales that follow."""
    numeral = _and_a_fraction(tokens, numeral)
    words, end = tokens.words, numeral.end
    while True:
        here = end + 1 if words[end] == "-" and tokens.glued(end - 1) else end
        if words[here] in MULTIPLIERS:
            factor = MULTIPLIERS[words[here]]
        elif numeral.form == "digits" and words[here] in SUFFIXES and words[end] != "-":
            factor = SUFFIXES[words[here]]
        elif numeral.form == "digits" and tokens.raw[end] in ("M", "B") and tokens.glued(end - 1):
            factor = MONEY_SUFFIXES[words[end]]
        else:
            break
        end = here + 1
        numeral = numeral._replace(
            value=numeral.value * factor, end=end, scale=numeral.scale * factor
        )
    return _and_a_fraction(tokens, numeral) if numeral.scale > 1 else numeral


def _and_a_fraction(tokens: Tokens, numeral: Numeral) -> Numeral:
    extra = read_and_a_fraction(tokens, numeral.end)
    if extra is None:
        return numeral
    return numeral._replace(value=numeral.value + extra.value * numeral.scale, end=extra.end)


def read_and_a_fraction(tokens: Tokens, at: int) -> Numeral | None:
    """Read "and a half", "-and-a-half", "and three quarters"."""
    at = _past_hyphen(tokens, at)
    if tokens.words[at] != "and":
        return None
    at = _past_hyphen(tokens, at + 1)
    top = {"a": 1, "one": 1, "two": 2, "three": 3}.get(tokens.words[at])
    if top is None:
        return None
    at = _past_hyphen(tokens, at + 1)
    bottom = tokens.words[at]
    if bottom not in DENOMINATORS or bottom.endswith("s") != (top > 1):
        return None
    if bottom not in ("half", "quarter", "quarters", "third", "thirds"):
        return None
    return Numeral(top / DENOMINATORS[bottom], at + 1, "fraction")


def _past_hyphen(tokens: Tokens, at: int) -> int:
    return at + 1 if tokens.words[at] == "-" else at


def _fraction(tokens: Tokens, at: int) -> Numeral | None:
    """Read "two thirds", "one-fifth", "a quarter"."""
    words = tokens.words
    top = 1 if words[at] in ("a", "an") else SMALL.get(words[at])
    if not top or top > 19:
        return None
    end = _past_hyphen(tokens, at + 1)
    bottom = words[end]
    if bottom not in DENOMINATORS or bottom.endswith(("s", "ves")) != (top > 1):
        return None
    if words[at] in ("a", "an") and not _is_a_share(tokens, end):
        return None
    if words[end + 1] == "-" and tokens.glued(end) and words[end + 2] not in MULTIPLIERS:
        return None  # a quarter-final
    return _of_a_scale(tokens, Numeral(top / DENOMINATORS[bottom], end + 1, "fraction"))


def _is_a_share(tokens: Tokens, at: int) -> bool:
    """Tell "a third of voters" from "a third man"; "a quarter" and "a half" are always shares."""
    follows = tokens.words[at + 1]
    return tokens.words[at] in ("quarter", "half") or follows in ("of", "more", "less", "part")


def _of_a_scale(tokens: Tokens, numeral: Numeral) -> Numeral:
    """Read on in "a quarter of a million", "half a dozen"."""
    words, end = tokens.words, numeral.end
    if words[end] == "of":
        end += 1
    if words[end] == "-" and words[end + 1] in MULTIPLIERS:
        pass
    elif words[end] in MULTIPLIERS and end == numeral.end:
        end -= 1
    elif words[end] != "a":
        return numeral
    if words[end + 1] in MULTIPLIERS:
        factor = MULTIPLIERS[words[end + 1]]
        return Numeral(numeral.value * factor, end + 2, "words", factor)
    return numeral


def _half(tokens: Tokens, at: int) -> Numeral | None:
    if tokens.words[at] != "half":
        return None
    here = _past_hyphen(tokens, at + 1)
    if here > at + 1 and tokens.words[here] == "a" and tokens.words[here + 1] == "-":
        here += 2  # "half-a-dozen"
    if here > at + 1 and tokens.words[here] in MULTIPLIERS:
        return _scaled(tokens, Numeral(0.5, here, "words"))
    return _of_a_scale(tokens, Numeral(0.5, at + 1, "fraction"))


def _vaguely_scaled(tokens: Tokens, at: int) -> Numeral | None:
    """Read "several hundred", "few thousand", "couple of million" as one of what they name."""
    end = at + 2 if tokens.words[at + 1] == "of" else at + 1
    if tokens.words[end] not in MULTIPLIERS:
        return None
    return _scaled(tokens, Numeral(1.0, end, "vague"))._replace(form="vague")


def _vague(tokens: Tokens, at: int) -> Numeral:
    """Read "thousands", "tens of thousands", "hundreds of millions"."""
    words = tokens.words
    value, end = VAGUE[words[at]], at + 1
    while words[end] == "of" and words[end + 1] in VAGUE:
        value *= VAGUE[words[end + 1]]
        end += 2
    return Numeral(value, end, "vague", value)
