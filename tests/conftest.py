"""Servers for the tests: started when a test first asks, shared by all, gone at the end."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import pytest

from services.servers import local, real
from services.servers.distribution import Distribution, distribution
from services.servers.ports import HOST, free_port
from services.servers.server import MissingPrerequisiteError, Server

T = TypeVar("T")


@contextmanager
def server_folder() -> Iterator[Path]:
    """A folder of its own for a server; not below tmp_path, which other users can't enter."""
    with tempfile.TemporaryDirectory(prefix="newsreel-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def required(get: Callable[[], T]) -> T:
    """Get it; on a machine that lacks what it needs skip the test, but in CI fail it."""
    try:
        return get()
    except MissingPrerequisiteError as error:
        reason = str(error)
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI has to run this: {reason}", pytrace=False)
    pytest.skip(reason)  # a laptop without Java still runs all the rest; the summary says so


@pytest.fixture(scope="session")
def real_servers() -> Iterator[Distribution]:
    """Kafka and Elasticsearch from Maven, unpacked once, also for `newsreel servers`."""
    cache = Path(os.environ.get("NEWSREEL_SERVERS__CACHE") or local.CACHE)
    with ExitStack() as stack:
        if os.geteuid() == 0 and real.closed_to_others(Path.cwd()):
            # A checkout in /root, say: Elasticsearch could not read its own files there.
            cache = stack.enter_context(server_folder())
        yield required(lambda: distribution(cache))


@pytest.fixture(scope="session")
def ports() -> local.Ports:
    """Where the shared real servers listen."""
    return local.Ports(free_port(), free_port())


@pytest.fixture(scope="session")
def kafka_server(real_servers: Distribution, ports: local.Ports) -> Iterator[Server]:
    """A real broker that a test may kill, pause and start again; it must leave it running."""
    with server_folder() as folder:
        yield from _run(lambda: real.kafka(real_servers, folder / "kafka", ports.kafka))


@pytest.fixture(scope="session")
def elasticsearch_server(real_servers: Distribution, ports: local.Ports) -> Iterator[Server]:
    """A real node, under the same terms as the broker."""
    with server_folder() as folder:
        yield from _run(
            lambda: real.elasticsearch(real_servers, folder / "elasticsearch", ports.elasticsearch)
        )


@pytest.fixture(scope="session")
def kafka(kafka_server: Server, ports: local.Ports) -> str:
    """The real broker's bootstrap servers."""
    assert kafka_server.process
    return f"{HOST}:{ports.kafka}"


@pytest.fixture(scope="session")
def elasticsearch_url(elasticsearch_server: Server, ports: local.Ports) -> str:
    """The real Elasticsearch's address; security is off."""
    assert elasticsearch_server.process
    return f"http://{HOST}:{ports.elasticsearch}"


@pytest.fixture(scope="session")
def embedded() -> Iterator[local.State]:
    """The embedded servers: `bootstrap_servers` and `url` tell where."""
    with server_folder() as folder:
        servers = required(lambda: local.start("embedded", folder))
        try:
            yield servers.state
        finally:
            servers.stop()


@pytest.fixture
def prefix() -> str:
    """Letters and digits of this test only, to name topics, groups and indices by."""
    return f"t{uuid4().hex[:8]}-"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line for each thing missing how many tests it has kept from running."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = [report.longrepr[2] for report in skipped if isinstance(report.longrepr, tuple)]
    for reason in dict.fromkeys(reasons):
        why = reason.removeprefix("Skipped: ")
        terminalreporter.write_line(f"Not run: {reasons.count(reason)}; {why}", yellow=True)


def _run(describe: Callable[[], Server]) -> Iterator[Server]:
    server = required(describe)
    required(server.start)
    try:
        yield server
    finally:
        server.stop()
