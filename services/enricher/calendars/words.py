"""The English names of months and weekdays, as patterns and as numbers."""

from datetime import date

_MONTHS = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTH_NUMBERS = {name: i for i, names in enumerate(_MONTHS, start=1) for name in names}
WEEKDAY_NUMBERS = {name: i for i, name in enumerate(_WEEKDAYS)}
"""As `date.weekday()` counts them: Monday is 0."""


def _either(*names: str) -> str:
    """Match any of the names, capitalised or in capitals: "may" and "march" are verbs."""
    return "(?:" + "|".join(form for name in names for form in (name.title(), name.upper())) + ")"


_SHORT = tuple(name for names in _MONTHS for name in names[1:])
MONTH = rf"(?:{_either(*(names[0] for names in _MONTHS))}|{_either(*_SHORT)}\b\.?)"
WEEKDAY = _either(*_WEEKDAYS)
WEEKDAY_BEFORE_DATE = rf"(?:{WEEKDAY}|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?)"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:1[6-9]|2[01])\d\d"
EARLY_YEAR = r"1[0-5]\d\d"
ANY_YEAR = r"(?:1\d|2[01])\d\d"
ORDINALS = (
    *(
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
    ),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third"),
    *("twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh", "twenty-eighth"),
    *("twenty-ninth", "thirtieth", "thirty-first"),
)
DAY_IN_WORDS = rf"(?i:{'|'.join(sorted(ORDINALS, key=len, reverse=True))})"


def month_number(name: str) -> int:
    """Return 1 for `January`, `Jan` and `Jan.`."""
    return MONTH_NUMBERS[name.rstrip(".").lower()]


def day_number(day: str) -> int:
    """Return 3 for `3`, `03`, `3rd` and `third`."""
    word = day.lower()
    return ORDINALS.index(word) + 1 if word in ORDINALS else int(word.rstrip("sthndr"))


def real_date(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
