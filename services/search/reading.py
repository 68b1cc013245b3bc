"""Reading the index: the client, the search, and what its failures mean to a user."""

from collections.abc import Mapping
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

Answer = Mapping[str, Any]


class SearchFailedError(Exception):
    """The search could not be done; the message says in one line why and what to do."""


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


def _out_of_reach(where: str, distrust: str | None) -> str:
    if distrust:
        return (
            f"the certificate of {where} is not to be trusted ({distrust}); "
            "see --elasticsearch.ca-file and --elasticsearch.url"
        )
    return f"{where} does not answer; start one: newsreel servers start"


def _one_line(message: str) -> str:
    return " ".join(message.split())[:300]
