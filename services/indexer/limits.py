"""What one Elasticsearch document can hold, and how a document is made to fit.

A keyword is one Lucene term of at most 32,766 bytes; a document has at most 10,000 nested parts
(`index.mapping.nested_objects.limit`). Whatever is cut is named in `truncated_fields`.
"""

from collections.abc import Hashable, Iterable
from typing import TypeVar

Kept = TypeVar("Kept", bound=Hashable)

MAX_TERM_BYTES = 32_766
MAX_NESTED = {"entities": 3000, "numbers": 5000, "quotes": 2000}
"""Parts kept of each nested field: together 10,000."""
FULL_TEXT = frozenset({"body", "text", "quotes.text"})
"""Fields without a keyword: split into words, they fit at any length."""


_SURELY_FITS = MAX_TERM_BYTES // 4
"""Characters that are no more than a term's bytes, whatever they are."""
FITS = min(MAX_TERM_BYTES, min(MAX_NESTED.values()) * len('{"text":""},'))
"""Bytes of a document's JSON up to which no term can be too long and no parts too many: almost
all documents are so small that nothing has to be looked for in them."""


def filled(fields: dict[str, object]) -> dict[str, object]:
    """Drop what is empty: null, and no values."""
    return {name: value for name, value in fields.items() if value or value not in (None, [], ())}


def within_limits(document: dict[str, object]) -> dict[str, object]:
    """Drop what is empty and cut what is too large for Lucene, naming the fields that were cut."""
    cut: dict[str, None] = {}
    fitting = _fit_fields("", document, cut)
    return fitting | {"truncated_fields": list(cut)} if cut else fitting


def _fit_fields(path: str, fields: dict[str, object], cut: dict[str, None]) -> dict[str, object]:
    fitting: dict[str, object] = {}
    for name, value in fields.items():
        # First the values that almost all fields have: this runs for every part of an article.
        if (isinstance(value, str) and len(value) <= _SURELY_FITS) or isinstance(
            value, int | float
        ):
            fitting[name] = value
        elif value not in (None, [], ()):
            fitting[name] = _fit(path + name, value, cut)
    return fitting


def _fit(path: str, value: object, cut: dict[str, None]) -> object:
    """Fit one value; the dotted `path` of each field that was cut is added to `cut`."""
    match value:
        case str() if path not in FULL_TEXT:
            term = cut_term(value)
            if term is not value:
                cut[path] = None
            return term
        case dict():
            return _fit_fields(f"{path}.", value, cut)
        case list() | tuple():
            kept = value[: MAX_NESTED.get(path, len(value))]
            if len(kept) < len(value):
                cut[path] = None
            return [_fit(path, part, cut) for part in kept]
        case _:
            return value


def cut_term(text: str) -> str:
    """Cut to what a term holds, never inside a character; return the same string if it fits."""
    if len(text) <= _SURELY_FITS:
        return text
    encoded = text.encode()
    if len(encoded) <= MAX_TERM_BYTES:
        return text
    return encoded[:MAX_TERM_BYTES].decode(errors="ignore")


def distinct(values: Iterable[Kept | None]) -> list[Kept]:
    """Keep the first of equal values, in order; null says nothing."""
    return [value for value in dict.fromkeys(values) if value is not None]
