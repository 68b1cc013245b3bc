"""A number as a person types it, apart from its unit: "-30 °C", "1.5 billion EUR", "€2bn"."""

import re
from dataclasses import dataclass

_DIGITS = re.compile(r"\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,15})?(?:e\+?\d{1,2}(?!\w))?", re.IGNORECASE)
_MINUS = re.compile(r"(?:[-−–]|\bminus)\s*\Z", re.IGNORECASE)
_SCALE = re.compile(
    r"(?:(k|thousand)|(mn|mln|million)|(bn|billion)|(tn|trn|trillion))(?!\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class TypedAmount:
    """A number, how many its scale word makes of it, and what stands around both."""

    number: float
    scale: float | None
    rest: str

    @property
    def value(self) -> float:
        """Return the number, fully scaled."""
        return self.number * (self.scale or 1)


def read_amount(text: str) -> TypedAmount:
    """Read the first number of a text. Raises ValueError when there is none."""
    digits = _DIGITS.search(text)
    if digits is None:
        raise ValueError(f"there is no number in {text.strip()!r}")
    before, after = text[: digits.start()], text[digits.end() :].lstrip()
    minus = _MINUS.search(before)
    number = float(digits[0].replace(",", ""))
    scale = _SCALE.match(after)
    return TypedAmount(
        number=-number if minus else number,
        scale=1000.0 ** (scale.lastindex or 0) if scale else None,
        rest=f"{_MINUS.sub('', before)} {after[scale.end() if scale else 0 :]}".strip(),
    )
