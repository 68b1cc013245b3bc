"""Servers that let nobody in unasked: started once, and a whole path with a user for each part."""

from collections.abc import Iterator

import pytest

from services.servers import server
from services.servers.distribution import Distribution
from tests.conftest import required, server_folder
from tests.security.authority import Authority
from tests.security.elasticsearch import SecureElasticsearch
from tests.security.kafka import SecureKafka


@pytest.fixture(scope="session")
def servers(real_servers: Distribution) -> Iterator[tuple[SecureKafka, SecureElasticsearch]]:
    """Both servers, started side by side."""
    with server_folder() as folder:
        authority = Authority(folder / "authority")
        kafka = required(lambda: SecureKafka(real_servers, authority, folder / "kafka", "sec-"))
        elasticsearch = required(
            lambda: SecureElasticsearch(real_servers, authority, folder / "elasticsearch")
        )
        both = (elasticsearch.server, kafka.server)
        required(lambda: server.start(both))
        try:
            kafka.grant_all()
            yield kafka, elasticsearch
        finally:
            for one in both:
                one.stop()


@pytest.fixture(scope="session")
def kafka(servers: tuple[SecureKafka, SecureElasticsearch]) -> SecureKafka:
    return servers[0]


@pytest.fixture(scope="session")
def elasticsearch(servers: tuple[SecureKafka, SecureElasticsearch]) -> SecureElasticsearch:
    return servers[1]
