"""The article's text, which every offset of the enriched article counts in."""

import re
from html import unescape

from trafilatura import bare_extraction

from schemas.raw_article import RawArticle

MAX_TAGS = 40_000
"""A page with more is no article, and extraction would take many seconds."""

_UNSEEN = re.compile(r"<!--|<(?:script|style|noscript|template)\b", re.IGNORECASE)
_UNSEEN_END = re.compile(r"-->|</(?:script|style|noscript|template)\s*>", re.IGNORECASE)
_BLOCK = re.compile(r"<(?:/?(?:p|div|h[1-6]|li|tr|section|article)|br)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
# A surrogate can't be written as UTF-8, neither by the parser nor to a topic.
_UNENCODABLE = re.compile(r"[\x00\ud800-\udfff]")


def text(raw: RawArticle) -> str:
    """Return plain text exactly as received; of HTML the title, a blank line and the body.

    Never raises, whatever the markup: where no article is found, all visible text is kept.
    """
    if raw.content_type == "text/plain":
        return raw.text
    html = _UNENCODABLE.sub(" ", raw.text)
    return _article(html) or _visible(html)


def _article(html: str) -> str:
    if html.count("<") > MAX_TAGS:
        return ""
    try:
        found = bare_extraction(html, with_metadata=True, include_comments=False)
    except Exception:  # noqa: BLE001 - a parser stumbling over markup must not cost the article
        return ""
    if found is None or isinstance(found, dict) or not found.text:
        return ""
    title = (found.title or "").strip()
    body = found.text.removeprefix(title).lstrip("\n") if title else found.text
    return f"{title}\n\n{body}" if title and body else found.text


def _visible(html: str) -> str:
    """Drop the tags by hand, a line for each block."""
    marked = _TAG.sub(" ", _BLOCK.sub("\n", _without_unseen(html)))
    lines = (" ".join(line.split()) for line in unescape(marked).split("\n"))
    return "\n".join(line for line in lines if line)


def _without_unseen(html: str) -> str:
    """Cut comments, scripts and styles; an unclosed one runs to the end, as in a browser."""
    kept, position = [], 0
    while opening := _UNSEEN.search(html, position):
        kept.append(html[position : opening.start()])
        closing = _UNSEEN_END.search(html, opening.end())
        position = closing.end() if closing else len(html)
    return " ".join([*kept, html[position:]])
