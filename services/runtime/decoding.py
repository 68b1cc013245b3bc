"""Text from bytes that say, or do not say, how they were encoded."""

import codecs
import re

DECLARED_WITHIN = 1024
"""Bytes at the head of a page in which browsers look for its encoding."""

_CHARSET = re.compile(r"<meta\s[^<>]{0,200}?charset\s?=\s?[\"']?([\w-]{1,40})", re.IGNORECASE)

_NOT_OF_PAGES = re.compile(r"utf-(?:16|32|7)|(?:raw[-_])?unicode[-_]escape|punycode|idna")
"""What a page can't be in whose declaration was read as ASCII, or that no browser reads."""


def decoded(content: bytes, *, html: bool) -> str:
    """Decode UTF-8; of a page that is none, the encoding that it declares.

    Raises `UnicodeDecodeError` when the bytes are neither.
    """
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        declared = _CHARSET.search(content[:DECLARED_WITHIN].decode("latin-1")) if html else None
        encoding = _known(declared[1]) if declared else None
        if encoding is None:
            raise
        try:
            return content.decode(encoding)
        except UnicodeError:
            raise error from None


def _known(encoding: str) -> str | None:
    """Return the encoding to read a declared one with: what is called Latin 1 is Windows 1252."""
    try:
        found = codecs.lookup(encoding)
    except LookupError:
        return None
    if not getattr(found, "_is_text_encoding", True) or _NOT_OF_PAGES.match(found.name):
        return None
    return "cp1252" if found.name == "iso8859-1" else found.name
