"""What the monitor can be told."""

from pydantic import Field

from services.runtime.health import HealthSettings
from services.runtime.settings import Elasticsearch, Kafka, Log, Settings


class MonitorSettings(Settings):
    """What the monitor can be told."""

    kafka: Kafka = Kafka()
    elasticsearch: Elasticsearch = Elasticsearch()
    health: HealthSettings = HealthSettings()
    log: Log = Log()
    every: float = Field(default=10.0, ge=1, le=3600)
    """Seconds between two looks at how far behind the workers are."""
