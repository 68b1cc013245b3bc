"""What the indexer can be told."""

from pydantic import Field

from services.runtime.lane import Limits
from services.runtime.settings import Elasticsearch
from services.runtime.worker import WorkerSettings


class IndexerSettings(WorkerSettings):
    """Run the worker that indexes enriched articles."""

    elasticsearch: Elasticsearch = Elasticsearch()
    batch: int = Field(default=500, ge=1)
    """Documents in one bulk request, at most."""
    linger: float = Field(default=0.5, ge=0)
    """Seconds to wait for a batch to fill."""
    stories: bool = True
    """Find an article's story, and what it is a copy of, before it is written."""

    @property
    def limits(self) -> Limits:
        """How much may be in work, for the lane: two batches under way, one gathering.

        Elasticsearch works on a request for one index with one thread.
        """
        return Limits(events=3 * self.batch, batch=self.batch, linger=self.linger, abreast=2)
