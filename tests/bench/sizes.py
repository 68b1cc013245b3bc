"""How much is measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """What each contestant gets to do."""

    rounds: int
    cold: bool
    """Whether a round is run before that does not count."""
    texts: int
    """Articles to enrich on one core."""
    records: int
    """From Kafka to Kafka."""
    documents: int
    """Into Elasticsearch."""
    articles: int
    """Through all processes."""
    latency: float
    """Seconds of each load."""


FULL = Sizes(5, True, 1_000, 200_000, 25_000, 1_500, 40.0)  # noqa: FBT003
SHORT = Sizes(1, False, 40, 10_000, 2_000, 150, 8.0)  # noqa: FBT003
