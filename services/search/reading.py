"""Reading the index: the client, the search, and what its failures mean to a user."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from elastic_transport import ObjectApiResponse
from elasticsearch import (
    ApiError,
    AuthenticationException,
    AuthorizationException,
    ConnectionTimeout,
    Elasticsearch,
    NotFoundError,
    SerializationError,
    TransportError,
    UnsupportedProductError,
)

from services.runtime import settings
from services.runtime.elasticsearch import options
from services.runtime.tls import distrust
from services.search.finding import Answer, Ask, SearchFailedError

__all__ = ["Answer", "SearchFailedError", "ask", "connected", "explained", "steady"]

_KEPT = "5m"
"""How long the server keeps the state of the index after each page, however slow the reader."""
_STATE_GONE = {"search_context_missing_exception", "search_phase_execution_exception"}


def connected(to: settings.Elasticsearch) -> Elasticsearch:
    """Make a client that gives up at once: a person waits for the answer."""
    return Elasticsearch(to.url, **options(to))


def ask(client: Elasticsearch, to: settings.Elasticsearch, body: dict[str, Any]) -> Answer:
    """Search the read alias, which holds back what was withdrawn.

    Raises SearchFailedError.
    """
    try:
        response: ObjectApiResponse[Any] = client.search(index=to.articles, body=body)
    except (ApiError, TransportError) as error:
        raise SearchFailedError(explained(error, to)) from error
    answer: Answer = response.body
    return answer


@contextmanager
def steady(client: Elasticsearch, to: settings.Elasticsearch) -> Iterator[Ask]:
    """Search one state of the index: what is written meanwhile moves no article between pages.

    Raises SearchFailedError, also when the server has no such thing as a point in time.
    """
    try:
        point = client.open_point_in_time(index=to.articles, keep_alive=_KEPT)["id"]
    except (ApiError, TransportError) as error:
        raise SearchFailedError(_no_point(error, to)) from error

    def ask_point(body: dict[str, Any]) -> Answer:
        at = {"pit": {"id": point, "keep_alive": _KEPT}}
        try:
            answer: Answer = client.search(body=body | at).body
        except (ApiError, TransportError) as error:
            raise SearchFailedError(_point_gone(error) or explained(error, to)) from error
        return answer

    try:
        yield ask_point
    finally:
        with suppress(ApiError, TransportError):  # the server forgets it by itself
            client.close_point_in_time(id=point)


def explained(error: ApiError | TransportError, to: settings.Elasticsearch) -> str:
    """Say in one line what went wrong and what to do."""
    where = f"Elasticsearch at {to.address}"
    match error:
        case ConnectionTimeout():
            return (
                f"{where} did not answer within {to.timeout:g} s; "
                "ask for less or raise --elasticsearch.timeout"
            )
        case AuthenticationException() | AuthorizationException():
            return (
                f"{where} refused the credentials; set NEWSREEL_ELASTICSEARCH__PASSWORD or "
                "NEWSREEL_ELASTICSEARCH__API_KEY of a user who may read "
                f"{to.articles!r}"
            )
        case NotFoundError():
            return f"there is no index {to.articles!r}; create it: newsreel provision"
        case UnsupportedProductError() | SerializationError():
            return f"the server at {to.address} is not Elasticsearch; see --elasticsearch.url"
        case ApiError():
            return f"{where} could not search: {_one_line(str(error))}"
        case _:
            return _out_of_reach(where, distrust(error))


def _no_point(error: ApiError | TransportError, to: settings.Elasticsearch) -> str:
    if isinstance(error, ApiError) and error.meta.status in {400, 405, 501}:
        return (
            f"the server at {to.address} can't page through all that is found (it opens no point "
            "in time); ask for up to 100 with --size"
        )
    return explained(error, to)


def _point_gone(error: ApiError | TransportError) -> str | None:
    if isinstance(error, NotFoundError) and error.error in _STATE_GONE:
        return (
            "the server has forgotten the state of the index between two pages, so not all was "
            "read; read faster, or ask again"
        )
    return None


def _out_of_reach(where: str, distrust: str | None) -> str:
    if distrust:
        return (
            f"the certificate of {where} is not to be trusted ({distrust}); "
            "see --elasticsearch.ca-file and --elasticsearch.url"
        )
    return f"{where} does not answer; start one: newsreel servers start"


def _one_line(message: str) -> str:
    return " ".join(message.split())[:300]
