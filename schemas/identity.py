"""Identifiers that come out the same on every repeat."""

from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid5

ARTICLE_NAMESPACE = UUID("811a9323-35b2-42c9-9c01-0e68f3807fa9")
EVENT_NAMESPACE = UUID("550d3809-e573-4c6b-8492-99cb5855d204")

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def article_id(source_name: str, item: str, url: str | None = None) -> UUID:
    """Name an article by its URL if it has one, else by its source and its place there."""
    return uuid5(ARTICLE_NAMESPACE, normalised_url(url) if url else f"{source_name}\n{item}")


def event_id(article: UUID, version: int, content_sha256: str, stage: str) -> UUID:
    """Name an event (`ce_id`): a repeat has the same, a changed text another."""
    return uuid5(EVENT_NAMESPACE, f"{article}\n{version}\n{content_sha256}\n{stage}")


def normalised_url(url: str) -> str:
    """Fold what does not change the resource: case of scheme and host, default port, fragment."""
    scheme, host, path, query, _ = urlsplit(url.strip())
    scheme = scheme.lower()
    host = host.lower().removesuffix(_DEFAULT_PORTS.get(scheme, ""))
    return urlunsplit((scheme, host, path or "/", query, ""))
