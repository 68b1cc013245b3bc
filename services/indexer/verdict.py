"""What an answer of Elasticsearch means for the documents that were sent.

A document is only ever given up for its own sake. Whatever is wrong with the server, the index or
the alias passes or is put right by somebody, and the document waits for that.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple


class Verdict(StrEnum):
    """What became of a document."""

    INDEXED = "indexed"
    """It is in the index."""
    STALE = "stale"
    """A newer version is in the index already."""
    RETRY = "retry"
    """Nothing is wrong with it: send it again later."""
    REJECTED = "rejected"
    """It can never be indexed as it is."""
    REFUSED = "refused"
    """Our credentials do not allow to write: nothing will be indexed until they do."""


class Answer(NamedTuple):
    """A verdict and, unless all is well, Elasticsearch's reason for it."""

    verdict: Verdict
    reason: str = ""


_INDEXED = Answer(Verdict.INDEXED)

# Answers of status 400, 403 and 404 that are about the index and not about the document.
_NOT_THE_DOCUMENT = frozenset(
    {
        "cluster_block_exception",  # a write block, a read-only index, a full disk
        "index_closed_exception",
        "index_not_found_exception",  # the alias is gone: the action requires one
    }
)
_NO_WRITE_INDEX = "no write index is defined for alias"


def of_item(item: Mapping[str, Any]) -> Answer:
    """Judge one entry of a bulk response's `items`."""
    result = next(iter(item.values()))
    if result["status"] in {200, 201}:
        return _INDEXED  # without a new answer for each: almost all are
    error = result.get("error") or {}
    kind, reason = str(error.get("type", "")), _reason(error)
    return Answer(_of_item(int(result["status"]), kind, reason), reason)


def _of_item(status: int, kind: str, reason: str) -> Verdict:
    if status < 300:
        return Verdict.INDEXED
    if status == 409:
        return Verdict.STALE
    about_index = kind in _NOT_THE_DOCUMENT or _NO_WRITE_INDEX in reason
    if status in {408, 429} or status >= 500 or about_index:
        return Verdict.RETRY
    return Verdict.REFUSED if status in {401, 403} else Verdict.REJECTED


def of_request(status: int | None, kind: str = "") -> Verdict:
    """Judge a request of one document that failed; status None means that no answer came."""
    if status in {401, 403} and kind != "cluster_block_exception":
        return Verdict.REFUSED
    # Any other refusal (not found, method not allowed, a proxy's page) is not about documents.
    return Verdict.REJECTED if status in {400, 413, 422} else Verdict.RETRY


def why(verdict: Verdict, reason: str) -> str:
    """Say why a document waits: refused credentials are for whoever runs the indexer to renew."""
    return (
        f"Elasticsearch refuses our credentials: {reason}" if verdict is Verdict.REFUSED else reason
    )


def may_be_too_much(status: int | None, kind: str = "") -> bool:
    """Tell whether a failed request of several documents should be sent as two smaller ones.

    It was too large, or one of its documents is to blame, or it took longer than the time limit:
    on a slow line it would do so every time.
    """
    return status in {400, 408, 413, 422, 504} or (status is None and kind == "ConnectionTimeout")


def _reason(error: Mapping[str, Any]) -> str:
    """Write the error and what caused it in one line."""
    causes = []
    cause: Mapping[str, Any] | None = error
    while cause:
        causes.append(f"{cause.get('type')}: {cause.get('reason')}")
        cause = cause.get("caused_by")
    return "; ".join(causes)
