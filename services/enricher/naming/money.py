"""Amounts of money whose currency is written in letters, which look like names: GBP 3m."""

import re
from functools import cache

from services.enricher.quantities.tables import currencies

_AMOUNT = re.compile(
    r" ?\d[\d.,]{0,20} ?(?:[kmbt]n?|thousand|million|billion|trillion|lakh|crore)?", re.IGNORECASE
)
_NAIRA = re.compile(r"N\d{1,3}(?:(?:,\d{3}){0,5}|(?:\.\d{1,2})?(?:k|m|bn|tn)?)(?:\.\d{1,2})?")


def is_currency(word: str) -> bool:
    """Tell whether a word is a currency's code: PHP."""
    return word in _codes()


def is_money(name: str) -> bool:
    """Tell whether a name is an amount, or what is left of one: GBP 3m, N4.5bn."""
    if name[:3] in _codes():
        return len(name) > 3 and bool(_AMOUNT.fullmatch(name, 3))
    return name.startswith("N") and bool(_NAIRA.fullmatch(name))


@cache
def _codes() -> frozenset[str]:
    return frozenset(filter(str.isalpha, currencies()[0].units()))
