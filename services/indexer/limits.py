"""What one Elasticsearch document can hold, and how a document is made to fit.

A keyword is one Lucene term of at most 32,766 bytes; a document has at most 10,000 nested parts
(`index.mapping.nested_objects.limit`). Whatever is cut is named in `truncated_fields`.
"""

MAX_TERM_BYTES = 32_766
MAX_NESTED = {"entities": 3000, "numbers": 5000, "quotes": 2000}
"""Parts kept of each nested field: together 10,000."""
FULL_TEXT = frozenset({"body", "text", "quotes.text"})
"""Fields without a keyword: split into words, they fit at any length."""


def within_limits(document: dict[str, object]) -> dict[str, object]:
    """Drop what is empty and cut what is too large for Lucene, naming the fields that were cut."""
    cut: dict[str, None] = {}
    fitting = {name: _fit(name, value, cut) for name, value in document.items()}
    kept = {name: value for name, value in fitting.items() if value not in (None, [])}
    return kept | {"truncated_fields": list(cut)} if cut else kept


def _fit(path: str, value: object, cut: dict[str, None]) -> object:
    """Fit one value; the dotted `path` of each field that was cut is added to `cut`."""
    match value:
        case str() if path not in FULL_TEXT:
            term = cut_term(value)
            if term is not value:
                cut[path] = None
            return term
        case dict():
            parts = {name: _fit(f"{path}.{name}", part, cut) for name, part in value.items()}
            return {name: part for name, part in parts.items() if part not in (None, [])}
        case list() | tuple():
            kept = value[: MAX_NESTED.get(path, len(value))]
            if len(kept) < len(value):
                cut[path] = None
            return [_fit(path, part, cut) for part in kept]
        case _:
            return value


def cut_term(text: str) -> str:
    """Cut to what a term holds, never inside a character; return the same string if it fits."""
    if len(text) * 4 <= MAX_TERM_BYTES:
        return text
    encoded = text.encode()
    if len(encoded) <= MAX_TERM_BYTES:
        return text
    return encoded[:MAX_TERM_BYTES].decode(errors="ignore")
