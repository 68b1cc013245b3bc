"""The words of numbers."""

from services.enricher.quantities.words import word_list

_UP_TO_NINETEEN = word_list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
ONES = {word: value for value, word in enumerate(_UP_TO_NINETEEN)}
_FROM_TWENTY = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
TENS = {word: 10 * value for value, word in enumerate(_FROM_TWENTY, start=2)}
DECADES = {word.removesuffix("y") + "ies": value for word, value in TENS.items()}
"""The tens of a life: "in her thirties"."""

SCALES = {
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "quadrillion": 1e15,
    "lakh": 1e5,
    "lakhs": 1e5,
    "crore": 1e7,
    "crores": 1e7,
}
MULTIPLIERS = SCALES | {"hundred": 100.0, "dozen": 12.0}
"""What may follow a numeral and multiply it."""

SUFFIXES = {
    "bn": 1e9,
    "mn": 1e6,
    "mln": 1e6,
    "mil": 1e6,
    "tn": 1e12,
    "trn": 1e12,
    "k": 1e3,
    "cr": 1e7,
}
"""Scales written as letters after digits."""

MONEY_SUFFIXES = SUFFIXES | {"m": 1e6, "b": 1e9, "t": 1e12}
"""The same, after an amount with a currency sign: elsewhere `m` is a metre."""

VAGUE = {
    "dozens": 12.0,
    "tens": 10.0,
    "hundreds": 100.0,
    "thousands": 1e3,
    "millions": 1e6,
    "billions": 1e9,
    "trillions": 1e12,
    "lakhs": 1e5,
    "crores": 1e7,
}
"""Plurals that name an order of magnitude; their value is one of the unit they name."""

_ORDINAL_ONES = word_list(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
ORDINALS = {word: value for value, word in enumerate(_ORDINAL_ONES) if value} | {
    tens.removesuffix("y") + "ieth": value for tens, value in TENS.items()
}
ORDINALS |= {"hundredth": 100, "thousandth": 1000, "millionth": 1_000_000}

DENOMINATORS = {
    word: value for word, value in ORDINALS.items() if 3 <= value <= 20 or value in (100, 1000)
} | {"quarter": 4, "half": 2}
DENOMINATORS |= {word + "s": value for word, value in DENOMINATORS.items()} | {"halves": 2}

GLYPHS = {
    "¼": 1 / 4,
    "½": 1 / 2,
    "¾": 3 / 4,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "⅕": 1 / 5,
    "⅖": 2 / 5,
    "⅗": 3 / 5,
    "⅘": 4 / 5,
    "⅙": 1 / 6,
    "⅚": 5 / 6,
    "⅛": 1 / 8,
    "⅜": 3 / 8,
    "⅝": 5 / 8,
    "⅞": 7 / 8,
}

SMALL = {**ONES, **TENS}
"""Words below one hundred that stand alone."""

FOLDS = {word + "fold": float(value) for word, value in SMALL.items() if value > 1}
"""Multiples written in one word: "fivefold"."""
