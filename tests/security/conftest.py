"""Servers that let nobody in unasked, started once, and an installation on them."""

from collections.abc import Iterator

import pytest

from services.servers import server
from services.servers.distribution import Distribution
from tests.conftest import required, server_folder
from tests.security.authority import Authority
from tests.security.elasticsearch import SecureElasticsearch
from tests.security.installation import Installation
from tests.security.kafka import SecureKafka


@pytest.fixture(scope="session")
def installation(
    real_servers: Distribution, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """Both servers, provisioned by who may do that and no more."""
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
            made = Installation(kafka, elasticsearch, tmp_path_factory.mktemp("logs"))
            made.provision()
            yield made
        finally:
            for one in both:
                one.stop()
