"""A zone of text as words, numerals and signs, each knowing where it stands."""

import re
from dataclasses import dataclass

_PADDING = 16
"""Empty tokens at both ends, so that rules may look around without asking where the text ends."""

# One character for one: offsets stay those of the text as received.
# `replace` is far faster than `translate`.
_PLAIN = {
    "’": "'",
    "‘": "'",
    "\u02bc": "'",
    "“": '"',
    "”": '"',
    "\u00a0": " ",
    "\u2009": " ",
    "\u202f": " ",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "\u2012": "–",
}

# Groups of digits are bounded: a megabyte of "12,12,12" must not be read again from each group.
# Words come first, as most tokens are; a fraction counts as a letter, but begins no word.
_TOKEN = re.compile(
    r"[^\W\d_¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞][^\W\d_]*"
    r"|[0-9]{1,3}(?:,[0-9]{2,3}){0,6},[0-9]{3}(?![0-9])(?:\.[0-9]+)?"
    r"|[0-9]+(?:\.[0-9]+)?"
    r"|(?<![\w.,])\.[0-9]+(?![\w.])"
    r"|[¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]"
    r"|\n"
    r"|\S"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists; `words` is lower case, `raw` is as written, offsets are into the text."""

    words: list[str]
    raw: list[str]
    starts: list[int]
    ends: list[int]

    def indices(self) -> range:
        """Say which indices hold tokens of the text rather than padding."""
        return range(_PADDING, len(self.words) - _PADDING)

    def glued(self, index: int) -> bool:
        """Tell whether nothing stands between a token and the next one."""
        return self.ends[index] == self.starts[index + 1]


def split(text: str) -> list[str]:
    """Split a written form as `tokenise` would."""
    return _TOKEN.findall(text)


def tokenise(text: str, start: int, end: int) -> Tokens:
    """Split `text[start:end]`; line breaks are tokens, other white space is not."""
    zone = text[start:end]
    for fancy, simple in _PLAIN.items():
        zone = zone.replace(fancy, simple)
    found = list(_TOKEN.finditer(zone))
    before, after = [start - 2] * _PADDING, [end + 2] * _PADDING
    empty = [""] * _PADDING
    raw = [match.group() for match in found]
    return Tokens(
        words=[*empty, *map(str.lower, raw), *empty],
        raw=[*empty, *raw, *empty],
        starts=[*before, *(start + match.start() for match in found), *after],
        ends=[*before, *(start + match.end() for match in found), *after],
    )
