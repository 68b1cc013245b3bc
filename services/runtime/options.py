"""Options that can be given several times."""

import re
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_settings import NoDecode

_COMMA = re.compile(r",(?=\S)")


def split(value: object) -> object:
    """Split at commas without a space: "Washington, D.C.,Kyiv" are two names.

    Such is how pydantic-settings hands over an option that is given several times.
    """
    return _COMMA.split(value) if isinstance(value, str) else value


# Each name is a clause for a server, and case is folded by an automaton of the name's length.
MOST_NAMES, LONGEST_NAME = 20, 300
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME)
]
Names = Annotated[list[Name], Field(max_length=MOST_NAMES), NoDecode, BeforeValidator(split)]
