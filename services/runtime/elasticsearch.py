"""The Elasticsearch client, as our processes want it."""

from typing import Any

from elasticsearch import (
    ApiError,
    AsyncElasticsearch,
    AuthenticationException,
    AuthorizationException,
    TransportError,
)
from elasticsearch.serializer import CompatibilityModeJsonSerializer
from pydantic_core import from_json

from services.runtime import settings
from services.runtime.tls import distrust, trusting
from services.runtime.waiting import NotReady, answered


class Json(CompatibilityModeJsonSerializer):
    """Reads answers in half the time that the standard library takes."""

    def json_loads(self, data: bytes) -> Any:
        """Read an answer; half a surrogate pair, as in a text cut short, only the library reads."""
        try:
            return from_json(data, cache_strings="keys")
        except ValueError:
            return super().json_loads(data)


def connected(to: settings.Elasticsearch) -> AsyncElasticsearch:
    """Make a client for a process that has other things to do while it waits."""
    return AsyncElasticsearch(to.url, serializers={Json.mimetype: Json()}, **options(to))


def options(to: settings.Elasticsearch) -> dict[str, Any]:
    """Give what every client is made with.

    None retries by itself: who calls it knows what is safe to repeat, and who waits for it.
    """
    password = to.password.get_secret_value() if to.password else None
    return {
        "api_key": to.api_key.get_secret_value() if to.api_key else None,
        "basic_auth": (to.username, password) if password and not to.api_key else None,
        "request_timeout": to.timeout,
        "max_retries": 0,
        "retry_on_timeout": False,
        # A context of ours: left to itself the asynchronous client takes any name in a certificate
        # when the server is addressed by a number.
        **({"ssl_context": trusting(to.ca_file)} if to.secure else {}),
    }


async def require_alias(client: AsyncElasticsearch, alias: str) -> None:
    """Wait for Elasticsearch; raises `NotReady` when it refuses us or the alias is missing."""

    async def exists() -> bool:
        try:
            return bool(await client.indices.exists_alias(name=alias))
        except TransportError as error:
            if why := distrust(error):
                raise NotReady(
                    f"Elasticsearch's certificate is not to be trusted "
                    f"({why}); see NEWSREEL_ELASTICSEARCH__CA_FILE and NEWSREEL_ELASTICSEARCH__URL"
                ) from error
            raise
        except (AuthenticationException, AuthorizationException) as error:
            raise NotReady(
                f"Elasticsearch refuses our credentials ({error}); set "
                "NEWSREEL_ELASTICSEARCH__PASSWORD or NEWSREEL_ELASTICSEARCH__API_KEY"
            ) from error

    if not await answered(exists, "Elasticsearch", (ApiError, TransportError)):
        raise NotReady(f"no alias {alias}; create it: newsreel provision")
