"""The Elasticsearch client, as our processes want it."""

from typing import Any

from elasticsearch import AsyncElasticsearch

from services.runtime import settings
from services.runtime.tls import trusting


def connected(to: settings.Elasticsearch) -> AsyncElasticsearch:
    """Make a client for a process that has other things to do while it waits."""
    return AsyncElasticsearch(to.url, **options(to))


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
