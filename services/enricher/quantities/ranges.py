"""Ranges: two amounts that bound one quantity."""

from services.enricher.quantities.amounts import Amount, read_amount
from services.enricher.quantities.lexicon import ORDINALS
from services.enricher.quantities.tokens import Tokens

_DASHES = ("-", "–", "—")


def read_range(tokens: Tokens, low: Amount, blocked: set[int]) -> Amount | None:
    """Read on from the first amount to the second: "10 to 12", "$5 and $7 billion", "5–7%"."""
    words, at = tokens.words, low.end
    if low.form not in ("digits", "words") or words[low.first] in ("a", "an"):
        return None
    # "10- to 12-year terms"
    at += words[at] == "-" and words[at + 1] in ("to", "or") and tokens.glued(at - 1)
    article = words[at + 1] in ("a", "an") or words[at + 1] in ORDINALS
    if article or at + 1 in blocked or not _links(tokens, low, at):
        return None
    high = read_amount(tokens, at + 1)
    if high is None or high.form not in ("digits", "words"):
        return None
    return _joined(low, high)


def _links(tokens: Tokens, low: Amount, at: int) -> bool:
    """Tell whether a word or a dash makes a range of the amounts at its sides."""
    words, link = tokens.words, tokens.words[at]
    if link == "and":
        return "between" in words[low.first - 5 : low.first]
    if link == "or":
        return words[at + 1] not in ("so", "more", "less", "fewer")
    if link == "to":
        steps = words[low.first - 1] == "by" and low.unit is not None
        return not steps and not _changes(words, low.first)
    return link in _DASHES and (low.form == "digits" or tokens.glued(at))


def _changes(words: list[str], first: int) -> bool:
    """Tell the change "from 5 to 6" from the range "5 to 6"."""
    around = words[first - 3 : first]
    return "from" in around and not any(
        w.startswith(("rang", "anywhere")) for w in words[first - 6 : first]
    )


def _joined(low: Amount, high: Amount) -> Amount | None:
    """Let the first amount share the scale and the unit of the second."""
    value = low.value
    if (
        low.scale == 1
        and high.scale > 1
        and low.value < 1000
        and (low.unit is None or low.signed or low.unit == high.unit)
    ):
        value *= high.scale
    if low.unit is not None and high.unit is None and not low.signed:
        return None
    if low.unit is not None and high.unit is not None and low.unit != high.unit:
        return None
    if value > high.value:
        return None
    unit = high.unit or low.unit
    kind = high.kind if high.unit else low.kind
    return low._replace(end=high.end, value=value, kind=kind, unit=unit, low=value, high=high.value,
        scale=high.scale,
    )  # fmt: skip
