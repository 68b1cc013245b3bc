"""An Elasticsearch with TLS, on which an API key may do what deploy/ says and nothing else."""

import json
import secrets
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import elasticsearch
from elasticsearch import Elasticsearch
from pydantic import SecretStr

from services.runtime import settings
from services.runtime.tls import trusting
from services.servers import real
from services.servers.distribution import Distribution
from services.servers.ports import HOST, free_port
from tests.security.authority import Authority
from tests.security.java import QUICK_START

API_KEYS = Path(__file__).parents[2] / "deploy" / "elasticsearch" / "api-keys"
TLS = {
    "xpack.security.http.ssl.enabled": "true",
    "xpack.security.http.ssl.key": "node.key",
    "xpack.security.http.ssl.certificate": "node.pem",
}


@dataclass(frozen=True)
class Key:
    """An API key, as Elasticsearch gives it out once."""

    id: str
    login: settings.Elasticsearch


class SecureElasticsearch:
    """A node, and what its administrator does to it."""

    def __init__(self, distribution: Distribution, authority: Authority, folder: Path) -> None:
        self.authority = authority
        port = free_port()
        self.administrator = settings.Elasticsearch(
            url=f"https://{HOST}:{port}",
            password=SecretStr(secrets.token_hex()),
            ca_file=authority.file,
        )
        config = folder / "config"
        config.mkdir(parents=True)
        identity = authority.certify()
        (config / "node.key").write_bytes(identity.key)
        (config / "node.pem").write_bytes(identity.certificate)
        password = self.administrator.password.get_secret_value()
        plain = real.elasticsearch(distribution, folder, port, password, changes=TLS)
        java = f"{plain.environment['ES_JAVA_OPTS']} {QUICK_START}"
        self.server = replace(
            plain,
            environment={**plain.environment, "ES_JAVA_OPTS": java},
            answers=self._answers,
        )

    @contextmanager
    def client(self, login: settings.Elasticsearch | None = None) -> Iterator[Elasticsearch]:
        """Connect, as the administrator unless somebody else is named."""
        to = login or self.administrator
        key, password = to.api_key, to.password
        with Elasticsearch(
            to.url,
            ssl_context=trusting(to.ca_file),
            api_key=key.get_secret_value() if key else None,
            basic_auth=None if key else (to.username, password.get_secret_value()),
            request_timeout=60,
        ) as client:
            yield client

    def key(self, name: str) -> Key:
        """Create an API key of those that we ship."""
        body = json.loads((API_KEYS / f"{name}.json").read_text(encoding="utf-8"))
        with self.client() as client:
            made = client.security.create_api_key(**body)
        changes = {"api_key": SecretStr(made["encoded"]), "password": None}
        return Key(made["id"], self.administrator.model_copy(update=changes))

    def revoke(self, key: Key) -> None:
        """Take an API key away."""
        with self.client() as client:
            client.security.invalidate_api_key(ids=[key.id])

    def _answers(self) -> bool:
        with self.client() as client:
            try:
                health = client.options(request_timeout=2).cluster.health()
            except (elasticsearch.ApiError, elasticsearch.TransportError, ssl.SSLError):
                return False
            return health["status"] in {"green", "yellow"}
