"""A Kafka with SASL_SSL, on which nobody may do anything that was not granted."""

import os
import secrets
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import SecretStr

from services.runtime import settings
from services.servers import real
from services.servers.distribution import Distribution
from services.servers.ports import HOST, free_port
from services.servers.server import Server
from tests.security.authority import Authority
from tests.security.java import QUICK_START

GRANT = Path(__file__).parents[2] / "deploy" / "kafka" / "grant"
ADMINISTRATOR = "administrator"
MECHANISM = "SCRAM-SHA-512"
SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule"
SERVICES = ("producer", "enricher", "indexer", "monitor", "operator", "consumer", "provision")
ACLS = """\
public class Acls {
    public static void main(String[] none) {
        var lines = new java.util.Scanner(System.in);
        while (lines.hasNextLine())
            org.apache.kafka.tools.AclCommand.main(lines.nextLine().split(" "));
    }
}
"""


class SecureKafka:
    """A broker with a user for each part of an installation, and what its administrator does."""

    def __init__(
        self, distribution: Distribution, authority: Authority, folder: Path, prefix: str
    ) -> None:
        self.authority = authority
        self.prefix = prefix
        self.port = free_port()
        self._distribution = distribution
        self._folder = folder
        names = [ADMINISTRATOR, *(f"{prefix}newsreel-{name}" for name in SERVICES)]
        self._users = {name: secrets.token_hex() for name in names}
        self.server = self._server()

    def _server(self) -> Server:
        certificate, log = self._folder / "kafka.pem", self._folder / "kafka.log"
        identity = self.authority.certify()
        self._folder.mkdir(parents=True)
        certificate.write_bytes(identity.key + identity.certificate)
        plain = real.kafka(
            self._distribution,
            self._folder,
            self.port,
            changes=self._broker_properties(certificate) | self._administrator_properties(),
            users=[f"{MECHANISM}=[name={n},password={p}]" for n, p in self._users.items()],
        )
        return replace(
            plain,
            environment={"JDK_JAVA_OPTIONS": QUICK_START},
            answers=lambda: b"Kafka Server started" in log.read_bytes(),
        )

    def login(self, user: str, **changes: object) -> settings.Kafka:
        """Give the settings of one of our services, or of the administrator."""
        name = user if user == ADMINISTRATOR else f"{self.prefix}newsreel-{user}"
        given: dict[str, object] = {
            "bootstrap_servers": f"{HOST}:{self.port}",
            "prefix": self.prefix,
            "security_protocol": "SASL_SSL",
            "username": name,
            "password": SecretStr(self._users[name]),
            "ca_file": self.authority.file,
        }
        return settings.Kafka.model_validate(given | changes)

    def grant_all(self) -> None:
        """Run what deploy/kafka/grant prints, with Kafka's own tool."""
        tools = self._folder / "tools"
        tools.mkdir(exist_ok=True)
        (tools / "kafka-acls.sh").write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
        (tools / "kafka-acls.sh").chmod(0o755)
        printed = subprocess.check_output([GRANT, self.prefix])
        path = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"}
        self._acls(subprocess.check_output(["sh"], input=printed, env=path).decode())

    def acl(self, change: str, user: str, what: str) -> None:
        """Change what a user may do: `--add` or `--remove --force`."""
        self._acls(f"{change} --allow-principal User:{self.prefix}newsreel-{user} {what}")

    def _acls(self, commands: str) -> None:
        """Run kafka-acls commands, all in one Java process: to start one takes a second or two."""
        login, program = self._folder / "administrator.properties", self._folder / "Acls.java"
        login.write_text(_lines(self._administrator_properties()), encoding="utf-8")
        program.write_text(ACLS, encoding="utf-8")
        where = f"--bootstrap-server {HOST}:{self.port} --command-config {login}"
        given = "".join(f"{where} {command}\n" for command in commands.splitlines())
        words = ["java", QUICK_START, "-cp", f"{self._distribution.kafka}/*", program]
        subprocess.run(words, input=given.encode(), check=True, capture_output=True)

    def _broker_properties(self, certificate: Path) -> dict[str, str]:
        """Let in only whom the broker knows; on the controller's listener is only itself."""
        listener = f"SASL_SSL://{HOST}:{self.port}"
        controller = f"{HOST}:{free_port()}"
        return {
            "listeners": f"{listener},CONTROLLER://{controller}",
            "advertised.listeners": listener,
            "controller.quorum.voters": f"1@{controller}",
            "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL",
            "inter.broker.listener.name": "SASL_SSL",
            "sasl.enabled.mechanisms": MECHANISM,
            "sasl.mechanism.inter.broker.protocol": MECHANISM,
            "ssl.keystore.type": "PEM",
            "ssl.keystore.location": str(certificate),
            "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users": f"User:{ADMINISTRATOR};User:ANONYMOUS",
        }

    def _administrator_properties(self) -> dict[str, str]:
        """Log in to the broker as Kafka's own programs do, the broker itself among them."""
        login = f'{SCRAM} required username="{ADMINISTRATOR}" '
        login += f'password="{self._users[ADMINISTRATOR]}";'
        return {
            "security.protocol": "SASL_SSL",
            "sasl.mechanism": MECHANISM,
            "sasl.jaas.config": login,
            f"listener.name.sasl_ssl.{MECHANISM.lower()}.sasl.jaas.config": login,
            "ssl.truststore.type": "PEM",
            "ssl.truststore.location": str(self.authority.file),
        }


def _lines(properties: Mapping[str, str]) -> str:
    return "".join(f"{name}={value}\n" for name, value in properties.items())
