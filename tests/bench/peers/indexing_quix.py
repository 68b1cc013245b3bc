"""Kafka to Elasticsearch with Quix Streams and its sink.

`python -m tests.bench.peers.indexing_quix BOOTSTRAP SOURCE GROUP URL INDEX [ready]`; with `ready`
the records are finished documents, which it neither checks nor builds. Its sink gives no version.
"""

import json
import sys
from typing import Any

from elasticsearch import Elasticsearch
from quixstreams import Application
from quixstreams.sinks.community.elasticsearch import ElasticsearchSink

from tests.bench.peers.bulk import DOCUMENTS, built


class Sink(ElasticsearchSink):
    """Its sink without the question for the server's name, which the test server cannot answer."""

    def setup(self) -> None:
        """Connect; the index is there."""
        self._client = Elasticsearch(**self._client_kwargs)


def main(bootstrap: str, source: str, group: str, sink: Sink, *, ready: bool) -> None:
    """Run until it is ended."""
    app = Application(
        broker_address=bootstrap,
        consumer_group=group,
        auto_offset_reset="earliest",
        auto_create_topics=False,
        commit_interval=1.0,  # as ours
        loglevel="WARNING",
    )
    topic = app.topic(source, key_deserializer="bytes", value_deserializer="bytes")
    made = app.dataframe(topic).apply(read if ready else build, metadata=True)
    made.sink(sink)
    app.run()


def read(value: bytes, _key: bytes, _timestamp: int, _headers: Any) -> Any:
    """Read a finished document."""
    return json.loads(value)


def build(value: bytes, key: bytes, _timestamp: int, _headers: Any) -> dict[str, object]:
    """Build the document of an enriched article."""
    return built(key, value)


if __name__ == "__main__":
    bootstrap, source, group, url, index, *ready = sys.argv[1:]
    sink = Sink(url=url, index=index, batch_size=DOCUMENTS)
    main(bootstrap, source, group, sink, ready=bool(ready))
