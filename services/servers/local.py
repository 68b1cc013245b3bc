"""Local servers as a whole: started together, remembered in one file, stopped together."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from services.servers import embedded, process, real, server
from services.servers.distribution import distribution, locked
from services.servers.ports import HOST, free_port, taken
from services.servers.process import Process
from services.servers.server import Server, ServerError

Kind = Literal["embedded", "real"]
CACHE = Path(".newsreel/servers/dist")
STATE = "state.json"
FOLDERS = ("kafka", "elasticsearch", "noida-db")


@dataclass(frozen=True)
class Ports:
    """Where to listen; 0 is any free port."""

    kafka: int = 0
    elasticsearch: int = 0


ANY_PORTS = Ports()


class State(BaseModel):
    """What was started: enough to reach it and to end it, from another process too."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    kafka_port: int
    elasticsearch_port: int
    processes: dict[str, Process]

    @property
    def bootstrap_servers(self) -> str:
        """Kafka's address."""
        return f"{HOST}:{self.kafka_port}"

    @property
    def url(self) -> str:
        """Elasticsearch's address."""
        return f"http://{HOST}:{self.elasticsearch_port}"

    @property
    def environment(self) -> dict[str, str]:
        """The variables that point every newsreel command at these servers."""
        return {
            "NEWSREEL_KAFKA__BOOTSTRAP_SERVERS": self.bootstrap_servers,
            "NEWSREEL_ELASTICSEARCH__URL": self.url,
        }


@dataclass(frozen=True)
class Running:
    """Servers that run, with a handle on each; the embedded ones are one process."""

    state: State
    kafka: Server
    elasticsearch: Server

    def stop(self) -> None:
        """End them in their own good time."""
        for one in {id(one): one for one in (self.kafka, self.elasticsearch)}.values():
            one.stop()


def start(
    kind: Kind,
    directory: Path,
    ports: Ports = ANY_PORTS,
    *,
    cache: Path = CACHE,
    password: str | None = None,
) -> Running:
    """Start Kafka and Elasticsearch with their data in `directory`; both answer on return.

    `cache` holds what the real servers are made of. A password turns
    Elasticsearch's security on (user elastic; real servers only). Raises ServerError.
    """
    directory = directory.resolve()
    ports = Ports(_port("kafka", ports.kafka), _port("elasticsearch", ports.elasticsearch))
    if kind == "real":
        source = distribution(cache)
        kafka = real.kafka(source, directory / "kafka", ports.kafka)
        elasticsearch = real.elasticsearch(
            source, directory / "elasticsearch", ports.elasticsearch, password
        )
        # Elasticsearch first: it takes longer.
        started = {one.name: one for one in (elasticsearch, kafka)}
    else:
        kafka = elasticsearch = embedded.noida_db(
            directory / "noida-db", ports.kafka, ports.elasticsearch
        )
        started = {kafka.name: kafka}
    server.start(started.values())
    processes = {name: one.process for name, one in started.items() if one.process}
    state = State(
        kind=kind,
        kafka_port=ports.kafka,
        elasticsearch_port=ports.elasticsearch,
        processes=processes,
    )
    return Running(state, kafka, elasticsearch)


@contextmanager
def running(
    kind: Kind, directory: Path, ports: Ports = ANY_PORTS, *, cache: Path = CACHE
) -> Iterator[Running]:
    """Run both servers for the length of the block."""
    servers = start(kind, directory, ports, cache=cache)
    try:
        yield servers
    finally:
        servers.stop()


def remember(directory: Path, state: State) -> None:
    """Write the state file, at once or not at all."""
    directory.mkdir(parents=True, exist_ok=True)
    part = directory / f"{STATE}.part"
    part.write_text(state.model_dump_json(indent=2) + "\n", encoding="utf-8")
    part.replace(directory / STATE)


def forget(directory: Path) -> None:
    """Remove the state file: nothing that it names runs any more."""
    (directory / STATE).unlink(missing_ok=True)


def recall(directory: Path) -> State | None:
    """Read the state file; servers of which none runs any more are not worth recalling."""
    try:
        state = State.model_validate_json((directory / STATE).read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise ServerError(f"{directory / STATE} can't be read: remove it") from error
    return state if any(map(process.alive, state.processes.values())) else None


def stop(directory: Path) -> list[str]:
    """End exactly the processes in the state file, and name those that still ran."""
    state = recall(directory)
    running = (
        {name: one for name, one in state.processes.items() if process.alive(one)} if state else {}
    )
    for one in running.values():
        process.send(one, signal.SIGTERM)  # all at once: each takes its time
    for one in running.values():
        process.end(one)
    forget(directory)
    return list(running)


def data(directory: Path) -> list[Path]:
    """List the folders that servers have made in `directory`: data, configuration and logs."""
    return [folder for name in FOLDERS if (folder := directory / name).exists()]


@contextmanager
def alone(directory: Path) -> Iterator[None]:
    """Start or stop servers in `directory` while no other command does."""
    directory.mkdir(parents=True, exist_ok=True)
    with locked(directory / "lock"):
        yield


def _port(name: str, port: int) -> int:
    if port == 0:
        return free_port()
    if taken(port):
        raise ServerError(f"port {port} is taken: choose another with --{name}-port (0: any free)")
    return port
