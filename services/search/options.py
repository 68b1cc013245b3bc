"""How the options of a search are read."""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_settings import CliPositionalArg, NoDecode

from services.runtime.options import LONGEST_NAME, MOST_NAMES, split
from services.search.criteria import circle, period
from services.search.phrases import number_range

_COMMA_OUTSIDE_NUMBERS = re.compile(r",(?=[^\s\d])|(?<!\d),(?=\d)")


def split_words(value: object) -> object:
    """Split as `split` does, but leave the comma of "10,000"."""
    return _COMMA_OUTSIDE_NUMBERS.split(value) if isinstance(value, str) else value


def _day(value: str) -> str:
    if value:
        period(value)
    return value


def _near(value: str) -> str:
    if value:
        circle(value)
    return value


def _phrase(value: str) -> str:
    number_range(value)
    return value


Phrase = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=LONGEST_NAME),
    AfterValidator(_phrase),
]
Phrases = Annotated[
    list[Phrase], Field(max_length=MOST_NAMES), NoDecode, BeforeValidator(split_words)
]
Words = Annotated[CliPositionalArg[list[str]], NoDecode, BeforeValidator(split_words)]
Day = Annotated[str, AfterValidator(_day)]
Near = Annotated[str, AfterValidator(_near)]
Amount = Annotated[float, Field(allow_inf_nan=False)]
Country = Annotated[str, StringConstraints(to_upper=True, pattern="^[A-Za-z]{2}$")]
Countries = Annotated[list[Country], Field(max_length=MOST_NAMES), NoDecode, BeforeValidator(split)]
Currency = Annotated[str, StringConstraints(to_upper=True, pattern="^[A-Za-z]{3}$")]
