"""Kafka to Kafka as Faust's guide writes an agent: nothing is known of a record when it commits.

`python -m tests.bench.peers.copying_faust BOOTSTRAP SOURCE TARGET GROUP`
"""

import sys
import tempfile

import faust
from faust.types import StreamT

from tests.bench.peers.checking import require_article


def main(bootstrap: str, source: str, target: str, group: str) -> None:
    """Run until it is ended."""
    app = faust.App(
        group,
        broker=f"kafka://{bootstrap}",
        web_enabled=False,
        topic_disable_leader=True,
        broker_commit_interval=1.0,
        consumer_auto_offset_reset="earliest",
        datadir=tempfile.mkdtemp(),  # it makes folders, else where we stand
    )
    raw = app.topic(source, key_type=bytes, value_type=bytes, value_serializer="raw")
    enriched = app.topic(target, key_type=bytes, value_type=bytes, value_serializer="raw")

    @app.agent(raw)
    async def enrich(stream: StreamT[bytes]) -> None:
        async for event in stream.events():
            message = event.message
            require_article(message.key, message.value)
            await enriched.send(key=message.key, value=message.value, headers=message.headers)

    faust.Worker(app, loglevel="WARN").execute_from_commandline()


if __name__ == "__main__":
    given = sys.argv[1:]
    del sys.argv[1:]  # Faust reads the command line too
    main(*given)
