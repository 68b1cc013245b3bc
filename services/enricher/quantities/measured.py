"""What a quantity measures, as a short phrase from the words around it."""

from services.enricher.quantities.amounts import Amount
from services.enricher.quantities.context import QUAKES
from services.enricher.quantities.lexicon import ORDINALS
from services.enricher.quantities.phrases import past_brackets, phrase_at, words_before
from services.enricher.quantities.tokens import Tokens
from services.enricher.quantities.words import PREPOSITIONS, word_set


def measured(tokens: Tokens, amount: Amount) -> str | None:
    """Say what `amount` measures, ranks or is a share of; None where the words don't tell."""
    tell = {
        "magnitude": _shaken,
        "ordinal": _ranked,
        "percent": _share,
        "ratio": _share,
        "speed": _speed,
        "length": _length,
        "duration": _duration,
    }.get(amount.kind, _about)
    return tell(tokens, amount)


def _shaken(tokens: Tokens, amount: Amount) -> str:
    around = (
        *tokens.words[amount.end : amount.end + 4],
        *reversed(tokens.words[amount.first - 8 : amount.first]),
    )
    word = next((word for word in around if word in QUAKES), "earthquake")
    return {"quake": "earthquake", "quakes": "earthquakes"}.get(word, word)


def _ranked(tokens: Tokens, amount: Amount) -> str | None:
    words, end = tokens.words, amount.end
    if words[end] in ("and", "or", "to", ",") and words[end + 1] in ORDINALS:
        end += 2
    noun = phrase_at(tokens, end)
    if noun is None and words[amount.first - 1] in ("in", "came", "finished", "placed", "ranked"):
        return "place"
    return noun or words_before(tokens, amount.first)


def _share(tokens: Tokens, amount: Amount) -> str | None:
    """Name the whole of a share: "60 percent of trade", "a 5% rise"."""
    words, end = tokens.words, past_brackets(tokens, amount.end)
    noun = phrase_at(tokens, end)
    if noun is None and words[end] in PREPOSITIONS:
        noun = phrase_at(tokens, end + 1)
    return noun or words_before(tokens, amount.first)


def _speed(tokens: Tokens, amount: Amount) -> str | None:
    before = _about(tokens, amount)
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
    return _about(tokens, amount)


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
    return _about(tokens, amount)


def _about(tokens: Tokens, amount: Amount) -> str | None:
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
