"""What a name is called: the tables' form, else the article's own, in plain characters."""

import re

PLURAL_MODEL = re.compile(r"(?<=\d)s$")
"""More than one of a numbered model: Boeing 707s."""

MODEL_NUMBER = re.compile(r"(?<= )(?:[A-Z]-?)?\d{3,}$")
"""The number by which a model is called without its maker: 707, A300."""


def singular(product: str) -> str:
    """Name one of a model: Boeing 707s are of the model Boeing 707."""
    return PLURAL_MODEL.sub("", product)


def model_number(product: str) -> str | None:
    """Give the number that a model is known by, where its maker stands before it."""
    match = MODEL_NUMBER.search(singular(product))
    return match.group() if match else None
