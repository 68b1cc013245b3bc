"""What every leg is given: the servers, a folder, the sizes."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from services.servers.local import Running
from tests.bench.sizes import Sizes


@dataclass(frozen=True)
class Site:
    """Where a run happens."""

    servers: Running
    folder: Path
    sizes: Sizes

    @property
    def bootstrap(self) -> str:
        """Kafka's address."""
        return self.servers.state.bootstrap_servers

    @property
    def url(self) -> str:
        """Elasticsearch's address."""
        return self.servers.state.url

    @property
    def pids(self) -> Mapping[str, int]:
        """The servers' processes."""
        both = {"kafka": self.servers.kafka, "elasticsearch": self.servers.elasticsearch}
        return {name: one.process.pid for name, one in both.items() if one.process}

    def environment(self, prefix: str, articles: str = "news-articles") -> dict[str, str]:
        """The variables that point our workers at a run's topics and index."""
        return {
            **self.servers.state.environment,
            "NEWSREEL_KAFKA__PREFIX": prefix,
            "NEWSREEL_ELASTICSEARCH__ARTICLES": articles,
            "NEWSREEL_HEALTH__PORT": "0",
            "NEWSREEL_ENRICHER__PROCESSES": "2",
            "TMPDIR": str(self.folder),  # each is killed, so it leaves what it put there
        }


def module(name: str, *words: str) -> list[str]:
    """Give the words that run a module of the benchmark."""
    return [sys.executable, "-m", f"tests.bench.{name}", *words]
