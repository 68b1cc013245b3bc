"""The two indices that a story is read from, by a client."""

from typing import Any

from elasticsearch import ApiError, NotFoundError, TransportError

from services.runtime.settings import Elasticsearch
from services.search.reading import SearchFailedError, explained
from services.search.story.reading import Hits, Search


def searcher(client: Any, to: Elasticsearch) -> Search:
    """Search the two indices with a client; raises `SearchFailedError`."""
    names = {"articles": to.articles, "stories": to.stories}

    def search(what: str, body: dict[str, Any]) -> Hits:
        try:
            hits: Hits = client.search(index=names[what], body=body)["hits"]["hits"]
        except NotFoundError:
            if what == "stories":  # they are off, or were never provisioned
                return ()
            raise SearchFailedError(
                f"there is no index {to.articles!r}; create it: newsreel provision"
            ) from None
        except (ApiError, TransportError) as error:
            raise SearchFailedError(explained(error, to)) from error
        return hits

    return search
