"""Elasticsearch's side of a run: an installation of its own, and what became of it."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import uuid4

from elasticsearch import Elasticsearch

from services.provision.command import DEPLOY
from services.provision.index import plan, provide_index
from services.runtime import settings
from services.runtime.elasticsearch import connected


@contextmanager
def provided(url: str) -> Iterator["Index"]:
    """Create index, aliases and templates; after the block they are gone."""
    names = settings.Elasticsearch(url=url, articles=f"b{uuid4().hex[:8]}-articles")
    asyncio.run(_provide(names))
    with Elasticsearch(url, request_timeout=60) as client:
        index = Index(client, names)
        try:
            yield index
        finally:
            index.delete()


async def _provide(names: settings.Elasticsearch) -> None:
    async with connected(names) as client:
        await provide_index(client, plan(DEPLOY / "elasticsearch", names.articles, {}))


class Index:
    """What a run writes to."""

    def __init__(self, client: Elasticsearch, names: settings.Elasticsearch) -> None:
        self._client, self.names = client, names

    def written(self) -> int:
        """Count the writes so far, whether a search sees them or not."""
        # The index itself, which no memory of stories is a part of.
        found = self._client.indices.stats(index=f"{self.names.articles}-*", metric="indexing")
        return int(found["_all"]["primaries"]["indexing"]["index_total"])

    def missing_and_repeated(self, wanted: int) -> dict[str, float]:
        """Compare the documents with how many articles there were, all different."""
        self._client.indices.refresh(index=self.names.write_alias)
        documents = self._client.count(index=self.names.articles)["count"]
        return {"missing": wanted - documents, "repeated": self.written() - documents}

    def searchable(self, ids: Sequence[str]) -> set[str]:
        """Tell which of these a search finds now."""
        found = self._client.search(
            index=self.names.articles,
            query={"ids": {"values": list(ids)}},
            size=len(ids),
            source=False,
            filter_path="hits.hits._id",
        )
        return {hit["_id"] for hit in found.get("hits", {}).get("hits", ())}

    def delete(self) -> None:
        """Remove all that was created."""
        for name in (self.names.articles, *self.names.beside):
            self._client.indices.delete(index=f"{name}-000001")
            self._client.indices.delete_index_template(name=name)
        for part in ("settings", "mappings"):
            self._client.cluster.delete_component_template(name=f"{self.names.articles}-{part}")
