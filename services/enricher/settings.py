"""What the enricher can be told."""

import os

from pydantic import Field

from services.runtime.lane import Limits
from services.runtime.worker import WorkerSettings


class EnricherSettings(WorkerSettings):
    """Run the worker that enriches raw articles."""

    processes: int = Field(default_factory=lambda: min(os.cpu_count() or 1, 4), ge=1)
    """Processes that enrich, each with the model in memory (330 MB)."""
    time_limit: float = Field(default=10.0, gt=0)
    """Seconds until an article of up to 20 kB is a dead letter; a larger one may take more."""
    in_flight: int = Field(default=64, ge=1)
    """Articles in work at once."""

    @property
    def limits(self) -> Limits:
        """How much may be in work, for the lane."""
        return Limits(events=self.in_flight, batch=max(1, self.in_flight // 4))
