"""Bulk requests by hand, over connections that are kept."""

import urllib3

from schemas.enriched_article import EnrichedArticle
from schemas.reading import read
from services.indexer.documents import encoded
from tests.bench.articles import FETCHED_AT

PARALLEL = 2
DOCUMENTS = 500
"""In one request."""


class Bulk:
    """Sends finished NDJSON to one index; raises when Elasticsearch did not take all of it."""

    def __init__(self, url: str, index: str) -> None:
        self._pool = urllib3.PoolManager(maxsize=PARALLEL, retries=False)
        self._url = f"{url}/{index}/_bulk?require_alias=true&filter_path=errors"

    def send(self, lines: bytes) -> None:
        """Return when all is indexed."""
        answer = self._pool.request(
            "POST", self._url, body=lines, headers={"Content-Type": "application/x-ndjson"}
        )
        if answer.status != 200 or answer.data != b'{"errors":false}':
            raise RuntimeError(answer.data[:500])


def action(key: bytes) -> bytes:
    """Address a document: its first line."""
    return b'{"index":{"_id":"%s","version":1,"version_type":"external_gte"}}\n' % key


def built(key: bytes, value: bytes) -> bytes:
    """Check an enriched article and build its document, as ours does."""
    article = read(EnrichedArticle, key, value)
    if not isinstance(article, EnrichedArticle):
        raise ValueError(article.error_message)  # noqa: TRY004 - it is the value that is wrong
    return encoded(article, FETCHED_AT)
