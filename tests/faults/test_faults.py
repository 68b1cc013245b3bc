"""Each fault, on the session's real servers, must do no harm."""

import random

import pytest

from services.servers import local
from services.servers.local import Running, State
from services.servers.server import Server
from tests.faults.faults import FAULTS
from tests.faults.suite import findings, run

pytestmark = [pytest.mark.faults, pytest.mark.kafka, pytest.mark.elasticsearch]


@pytest.fixture(scope="session")
def servers(kafka_server: Server, elasticsearch_server: Server, ports: local.Ports) -> Running:
    state = State(
        kind="real", kafka_port=ports.kafka, elasticsearch_port=ports.elasticsearch, processes={}
    )
    return Running(state, kafka_server, elasticsearch_server)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_does_no_harm(name: str, servers: Running) -> None:
    seed = random.randrange(1_000_000)  # noqa: S311 - printed, to run it again
    row = run(name, seed, servers)
    assert row.ok, "\n".join(findings(row))
