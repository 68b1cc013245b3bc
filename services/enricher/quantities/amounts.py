"""Reading one amount: a numeral with its sign, scale and unit, and ranges of two of them."""

from typing import NamedTuple

from schemas.enriched_article import NumberKind
from services.enricher.quantities.lexicon import DENOMINATORS, MONEY_SUFFIXES, MULTIPLIERS, SMALL
from services.enricher.quantities.numerals import Numeral, read_and_a_fraction, read_numeral
from services.enricher.quantities.tables import Unit, read_currency, read_sign, read_unit
from services.enricher.quantities.tokens import Tokens, is_digits
from services.enricher.quantities.words import PEOPLE, word_set


class Amount(NamedTuple):
    """A quantity between two tokens; low and high are set for ranges and scores."""

    first: int
    end: int
    value: float
    kind: NumberKind
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    form: str = "digits"
    scale: float = 1.0
    signed: bool = False


def read_amount(tokens: Tokens, at: int, numeral: Numeral | None = None) -> Amount | None:
    """Read the amount that begins at a token: "$5m", "two and a half million euros", "160 km".

    `numeral` is that at the token, if it has been read already.
    """
    sign = read_sign(tokens, at)
    if sign:
        return _money(tokens, at, sign)
    negative = _negative(tokens, at)
    numeral = numeral or read_numeral(tokens, at + negative) or _article(tokens, at)
    if numeral is None:
        return None
    value, end, form, scale = numeral
    amount = _with_unit(tokens, Amount(at, end, value, _kind(numeral), form=form, scale=scale))
    return amount._replace(value=-amount.value) if negative else amount


def _kind(numeral: Numeral) -> NumberKind:
    return "ratio" if numeral.form == "fraction" else "count"


def _money(tokens: Tokens, at: int, sign: Unit) -> Amount | None:
    start = sign.end
    if not is_digits(tokens.words[start]) or tokens.starts[start] - tokens.ends[start - 1] > 1:
        return None
    numeral = read_numeral(tokens, start)
    if numeral is None:
        return None
    value, end, scale = numeral.value, numeral.end, numeral.scale
    letters = tokens.words[end]
    if letters in MONEY_SUFFIXES and scale == 1 and tokens.starts[end] - tokens.ends[end - 1] <= 1:
        scale = MONEY_SUFFIXES[letters]
        value, end = value * scale, end + 1
    name = read_currency(tokens, end)
    if name and name.factor == 1 and tokens.words[end] not in ("-", "$"):
        end = name.end
    return Amount(at, end, value, "money", sign.name, scale=scale, signed=True)


def _negative(tokens: Tokens, at: int) -> bool:
    words = tokens.words
    if words[at] == "minus":
        return words[at - 1] != "or" and (is_digits(words[at + 1]) or words[at + 1] in SMALL)
    return (
        is_digits(words[at + 1])
        and words[at] == "-"
        and tokens.glued(at)
        and (not tokens.glued(at - 1) or words[at - 1] == "(")
    )


_ARTICLE_UNITS = word_set(
    "minute hour day week month year decade century mile kilometre kilometer metre meter foot "
    "tonne ton fortnight"
)


def _article(tokens: Tokens, at: int) -> Numeral | None:
    """Read the article of "an hour", "a mile" as one."""
    if tokens.words[at] in ("a", "an") and tokens.words[at + 1] in _ARTICLE_UNITS:
        return Numeral(1.0, at + 1, "words")
    return None


_AFTER_AN_ARTICLE = frozenset((*MULTIPLIERS, *DENOMINATORS, *_ARTICLE_UNITS, "few", "couple", "-"))


def is_mere_article(tokens: Tokens, at: int) -> bool:
    """Tell the article of "a man" from those of "a dozen", "a quarter", "an hour"."""
    return tokens.words[at] in ("a", "an") and tokens.words[at + 1] not in _AFTER_AN_ARTICLE


def _with_unit(tokens: Tokens, amount: Amount) -> Amount:
    end = amount.end
    partial = amount.form == "fraction" or amount.value % 1
    if partial and tokens.words[end] in ("of", "a", "an"):
        # "half an hour", "three quarters of a mile"
        end += 2 if tokens.words[end] == "of" else 1
        if tokens.words[end] not in _ARTICLE_UNITS and tokens.words[end] != "percentage":
            return amount
    if (
        tokens.words[end] == "+"
        and tokens.glued(end - 1)
        and read_unit(tokens, end + 1, digits=False)
    ):
        end += 1  # "30+ years"
    if _is_million(tokens, end):
        end += 1  # "1.25m euros", "18.6m hectares"
        amount = amount._replace(end=end, value=amount.value * 1e6, scale=1e6)
    money = read_currency(tokens, end)
    digits = amount.form == "digits"
    unit = read_unit(tokens, end, digits=digits)
    if unit and money and unit.end > money.end:
        money = None
    if unit is None and money is None and tokens.words[end : end + 3] == ["of", "a", "dollar"]:
        return amount
    if money:
        value = amount.value * money.factor
        return amount._replace(end=money.end, value=value, kind="money", unit=money.name)
    if unit is None or (unit.name == "second" and _is_ordinal_second(tokens, amount, unit)):
        return _pounds_sterling(tokens, amount)
    amount = amount._replace(end=unit.end, kind=unit.kind, unit=unit.name)
    extra = read_and_a_fraction(tokens, amount.end) if unit.kind != "percent" else None
    if extra:
        amount = amount._replace(end=extra.end, value=amount.value + extra.value)
    return _sterling_or_mass(tokens, _below_zero(tokens, amount))


_IN_MILLIONS = PEOPLE | word_set(
    "users customers viewers listeners subscribers followers accounts cars vehicles households "
    "shares doses tests visitors tourists passengers homes copies properties pupils adults"
)


def _is_million(tokens: Tokens, at: int) -> bool:
    """Tell the millions of "1.3m cars", as British newspapers write them, from metres."""
    if tokens.raw[at] != "m" or not (is_digits(tokens.words[at - 1]) and tokens.glued(at - 1)):
        return False
    unit = read_unit(tokens, at + 1, digits=False)
    measured = unit is not None and unit.kind in ("area", "mass", "volume")
    return measured or tokens.words[at + 1] in _IN_MILLIONS or bool(read_currency(tokens, at + 1))


def _is_ordinal_second(tokens: Tokens, amount: Amount, unit: Unit) -> bool:
    """Tell the "one second" of time from "one second division side"."""
    return (
        tokens.words[unit.end - 1] == "second"
        and amount.value != 1
        and (tokens.words[amount.end] != "-")
    )


def _pounds_sterling(tokens: Tokens, amount: Amount) -> Amount:
    del tokens
    return amount


_PAYING = word_set(
    "paid pay pays paying cost costs costing worth fine fined fines price priced bail bond "
    "spent spend raised raise raising profit profits loss losses turnover revenue earned earn "
    "earning salary debt invested funding budget charity bid bought sold for of"
)


def _sterling_or_mass(tokens: Tokens, amount: Amount) -> Amount:
    """Tell pounds of money from pounds of mass, by scale or by a verb of paying."""
    if amount.unit != "pound":
        return amount
    words = tokens.words
    around = words[amount.first - 3 : amount.first]
    if (
        amount.scale >= 1e5
        or words[amount.end] == "sterling"
        or (any(word in _PAYING for word in around) and words[amount.end] != "of")
    ):
        end = amount.end + (words[amount.end] == "sterling")
        return amount._replace(end=end, kind="money", unit="GBP")
    return amount


def _below_zero(tokens: Tokens, amount: Amount) -> Amount:
    if amount.kind == "temperature" and tokens.words[amount.end : amount.end + 2] == [
        "below",
        "zero",
    ]:
        return amount._replace(value=-amount.value, end=amount.end + 2)
    return amount
