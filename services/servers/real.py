"""The real servers: Kafka (KRaft, one node) and Elasticsearch, on this machine, under Java."""

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from services.servers.distribution import Distribution, java_home, run
from services.servers.health import elasticsearch_answers, kafka_answers
from services.servers.ports import HOST, free_port
from services.servers.server import MissingPrerequisiteError, Server

HEAP = "512m"
CLUSTER_ID = "bmV3c3JlZWwtc2VydmVycw"
"""Any UUID in base64: one broker has no one to take it for another's."""
AS_IT_IS: Mapping[str, str] = MappingProxyType({})
"""No change."""
ELASTICSEARCH_UID = 1999
"""Elasticsearch refuses to run as root; this user needs no entry in /etc/passwd."""

LOG4J = """\
rootLogger.level = info
rootLogger.appenderRef.out.ref = out
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = [%d] %p %m (%c)%n
"""


def kafka(
    distribution: Distribution,
    directory: Path,
    port: int,
    *,
    changes: Mapping[str, str] = AS_IT_IS,
    users: Iterable[str] = (),
) -> Server:
    """Describe a broker with its data and log in `directory`, which a new start finds again.

    `changes` are made to its properties; `users` are SCRAM credentials as Kafka's own tool for
    formatting takes them.
    """
    java = str(java_home() / "bin" / "java")
    data, properties = directory / "data", directory / "server.properties"
    log4j = directory / "log4j2.properties"
    words = [java, f"-Dlog4j2.configurationFile={log4j}", "-cp", f"{distribution.kafka}/*"]

    def command() -> list[str]:
        directory.mkdir(parents=True, exist_ok=True)
        log4j.write_text(LOG4J, encoding="utf-8")
        settings = {**kafka_properties(port, free_port(), data), **changes}
        properties.write_text(_lines(settings), encoding="utf-8")
        if not (data / "meta.properties").exists():
            format_storage = ["kafka.tools.StorageTool", "format", "-t", CLUSTER_ID]
            scram = [word for user in users for word in ("--add-scram", user)]
            run([*words, *format_storage, "-c", str(properties), *scram])
        return [*words[:1], f"-Xmx{HEAP}", *words[1:], "kafka.Kafka", str(properties)]

    return Server("kafka", command, lambda: kafka_answers(port), directory / "kafka.log")


def kafka_properties(port: int, controller_port: int, data: Path) -> dict[str, str]:
    """Give the settings of a node that is broker and controller, and alone."""
    listeners = f"PLAINTEXT://{HOST}:{port},CONTROLLER://{HOST}:{controller_port}"
    alone = dict.fromkeys(
        (
            "offsets.topic.replication.factor",
            "share.coordinator.state.topic.min.isr",
            "share.coordinator.state.topic.replication.factor",
            "transaction.state.log.min.isr",
            "transaction.state.log.replication.factor",
        ),
        "1",
    )
    return alone | {
        "process.roles": "broker,controller",
        "node.id": "1",
        # A fixed list of voters, not a dynamic quorum: the next start may use another port.
        "controller.quorum.voters": f"1@{HOST}:{controller_port}",
        "listeners": listeners,
        "advertised.listeners": f"PLAINTEXT://{HOST}:{port}",
        "controller.listener.names": "CONTROLLER",
        "inter.broker.listener.name": "PLAINTEXT",
        "log.dirs": str(data),
        "auto.create.topics.enable": "false",
        "group.initial.rebalance.delay.ms": "0",
    }


def elasticsearch(
    distribution: Distribution,
    directory: Path,
    port: int,
    password: str | None = None,
    *,
    changes: Mapping[str, str] = AS_IT_IS,
) -> Server:
    """Describe a node with its data and logs in `directory`; a password turns security on.

    `changes` are made to its settings.
    """
    home = distribution.elasticsearch
    environment = {
        "ES_JAVA_HOME": str(java_home()),
        "ES_JAVA_OPTS": f"-Xms{HEAP} -Xmx{HEAP}",
        "ES_PATH_CONF": str(directory / "config"),
        "ES_TMPDIR": str(directory / "tmp"),
    }
    pid_file = directory / "run" / "pid"

    def command() -> list[str]:
        settings = elasticsearch_settings(port, directory, secure=bool(password))
        _lay_out(home, directory, {**settings, **changes})
        unprivileged = _unprivileged(home, directory)
        if password is not None:
            keystore = [*unprivileged, str(home / "bin" / "elasticsearch-keystore")]
            run([*keystore, "add", "-f", "-x", "bootstrap.password"], environment, password)
        return [*unprivileged, str(home / "bin" / "elasticsearch"), "-d", "-p", str(pid_file)]

    return Server(
        name="elasticsearch",
        command=command,
        answers=lambda: elasticsearch_answers(port, password),
        log=directory / "elasticsearch.log",
        environment=environment,
        pid_file=pid_file,
    )


def elasticsearch_settings(port: int, directory: Path, *, secure: bool) -> dict[str, str]:
    """Give the settings of a node that is alone; plain HTTP also when security is on."""
    settings = {
        "cluster.name": "newsreel",
        "node.name": "newsreel",
        "discovery.type": "single-node",
        "network.host": HOST,
        "http.port": str(port),
        "transport.port": "0",
        "path.data": str(directory / "data"),
        "path.logs": str(directory / "logs"),
        "action.auto_create_index": "false",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        "xpack.security.enabled": str(secure).lower(),
    }
    if secure:
        settings["xpack.security.http.ssl.enabled"] = "false"
        settings["xpack.security.transport.ssl.enabled"] = "false"
    return settings


def _lay_out(home: Path, directory: Path, settings: Mapping[str, str]) -> None:
    config = directory / "config"
    shutil.copytree(home / "config", config, dirs_exist_ok=True)
    (config / "elasticsearch.yml").write_text(_lines(settings, ": "), encoding="utf-8")
    for name in ("data", "logs", "run", "tmp"):
        (directory / name).mkdir(parents=True, exist_ok=True)


def _unprivileged(home: Path, directory: Path) -> list[str]:
    """Give the words that start a program as another user, when we are root: else none."""
    if os.geteuid() != 0:
        return []
    for path in (home, directory):
        if closed := closed_to_others(path):
            raise MissingPrerequisiteError(
                f"as root, Elasticsearch runs as user {ELASTICSEARCH_UID}, who can't enter "
                f"{closed}: choose --dir and --cache elsewhere, such as below /var/tmp"
            )
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise MissingPrerequisiteError(
            "as root, real servers need `setpriv`: install util-linux, or run as another user"
        )
    for path in (directory, *directory.rglob("*")):
        os.chown(path, ELASTICSEARCH_UID, ELASTICSEARCH_UID)
    user = [f"--reuid={ELASTICSEARCH_UID}", f"--regid={ELASTICSEARCH_UID}", "--clear-groups"]
    return [setpriv, *user]


def closed_to_others(path: Path, top: Path = Path("/")) -> Path | None:
    """Name the first folder on the way from below `top` to `path` that others can't enter."""
    path = path.resolve()
    folders = [folder for folder in (*reversed(path.parents), path) if top in folder.parents]
    return next((folder for folder in folders if not folder.stat().st_mode & 0o001), None)


def _lines(settings: Mapping[str, str], between: str = "=") -> str:
    return "".join(f"{name}{between}{value}\n" for name, value in settings.items())
