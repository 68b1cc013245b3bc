"""Each fault of CI does no harm, on the session's real servers.

`make faults` runs all faults, each time from another seed; here it is the same every time.
"""

import pytest

from services.servers import local
from services.servers.local import Running, State
from services.servers.server import Server
from tests.faults.faults import CI
from tests.faults.stage import Plan
from tests.faults.suite import Row, findings, run

pytestmark = [pytest.mark.faults, pytest.mark.kafka, pytest.mark.elasticsearch]

ARTICLES = 60
SEED = 1
"""With which a plain agent was seen to do harm."""


@pytest.fixture(scope="session")
def servers(kafka_server: Server, elasticsearch_server: Server, ports: local.Ports) -> Running:
    state = State(
        kind="real", kafka_port=ports.kafka, elasticsearch_port=ports.elasticsearch, processes={}
    )
    return Running(state, kafka_server, elasticsearch_server)


@pytest.mark.parametrize("name", CI)
def test_a_fault_does_no_harm(name: str, servers: Running, rows: list[Row]) -> None:
    row = run(name, Plan(SEED, ARTICLES, full=False), servers)
    rows.append(row)
    assert row.outcome == "ok", "\n".join(findings(row))


@pytest.mark.parametrize("name", ["naive-F1", "naive-F3"])
def test_the_judge_sees_what_a_plain_agent_loses(
    name: str, servers: Running, rows: list[Row]
) -> None:
    row = run(name, Plan(SEED, ARTICLES, full=False), servers)
    rows.append(row)
    assert row.outcome == "harm, as it must", "\n".join(findings(row))
