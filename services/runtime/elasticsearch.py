"""The Elasticsearch client, as our processes want it."""

from elasticsearch import AsyncElasticsearch

from services.runtime import settings


def connected(to: settings.Elasticsearch) -> AsyncElasticsearch:
    """Make a client that never retries by itself: who calls it knows what is safe to repeat.

    Raises `ValueError` when the address is none.
    """
    password = to.password.get_secret_value() if to.password else None
    return AsyncElasticsearch(
        to.url,
        api_key=to.api_key.get_secret_value() if to.api_key else None,
        basic_auth=(to.username, password) if password and not to.api_key else None,
        request_timeout=to.timeout,
        max_retries=0,
        retry_on_timeout=False,
    )
