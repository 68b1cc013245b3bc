"""`newsreel servers`: Kafka and Elasticsearch on this machine, without containers."""

import shutil
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Literal

from pydantic import Field
from pydantic_settings import CliPositionalArg, CliToggleFlag

from services.runtime.settings import Settings
from services.servers import local
from services.servers.local import CACHE, Kind, Ports
from services.servers.server import ServerError


class Servers(Settings):
    """Start Kafka and Elasticsearch on this machine, say where they are, or stop them.

    `start` and `status` print the variables that point every other command at them: `export
    $(newsreel servers status)`. The embedded servers are one small program from the package
    index; the real ones come from Maven and need Java 17.
    """

    action: CliPositionalArg[Literal["start", "status", "stop"]]
    """start, status or stop."""
    real: CliToggleFlag[bool] = False
    """Start Apache Kafka and Elasticsearch themselves."""
    embedded: CliToggleFlag[bool] = False
    """Start noida-db, which speaks the protocols of both; the default."""
    dir: Path = Path(".newsreel/servers")
    """Where data, logs and the list of what runs are."""
    cache: Path = CACHE
    """Where the real servers are unpacked, once."""
    kafka_port: int = Field(default=9092, ge=0, le=65535)
    """Kafka's port; 0 takes any free one."""
    elasticsearch_port: int = Field(default=9200, ge=0, le=65535)
    """Elasticsearch's port; 0 takes any free one."""
    wipe: CliToggleFlag[bool] = False
    """With stop: remove the data and the logs too."""

    def cli_cmd(self) -> None:
        """Run the action; what can't be done is one line, with the end of the logs below it."""
        actions = {"start": self._start, "status": self._status, "stop": self._stop}
        try:
            actions[self.action]()
        except ServerError as error:
            raise SystemExit(f"newsreel servers: {error}") from error
        except KeyboardInterrupt:
            raise SystemExit("newsreel servers: interrupted; nothing was left running") from None

    def _start(self) -> None:
        signal.signal(signal.SIGTERM, _interrupt)  # a start cut short cleans up after itself
        if self.real and self.embedded:
            raise ServerError("--real and --embedded exclude each other")
        kind: Kind = "real" if self.real else "embedded"
        with local.alone(self.dir):
            state = local.recall(self.dir)
            if state is None:
                running = local.start(
                    kind,
                    self.dir,
                    Ports(self.kafka_port, self.elasticsearch_port),
                    cache=self.cache,
                )
                state = running.state
                local.remember(self.dir, state)
            elif state.kind != kind:
                raise ServerError(
                    f"the {state.kind} servers run in {self.dir}: `newsreel servers stop` first"
                )
            else:
                print(f"The {kind} servers run already.", file=sys.stderr)
        _show(state)

    def _status(self) -> None:
        state = local.recall(self.dir)
        if state is None:
            raise ServerError(f"none runs in {self.dir}; `newsreel servers start` starts them")
        _show(state)

    def _stop(self) -> None:
        with local.alone(self.dir):
            stopped = local.stop(self.dir)
            if self.wipe:
                for data in local.data(self.dir):
                    shutil.rmtree(data)
        print(f"Stopped: {', '.join(stopped) or 'nothing ran'}.", file=sys.stderr)


def _show(state: local.State) -> None:
    for name, process in state.processes.items():
        print(f"{name} ({state.kind}) runs as process {process.pid}.", file=sys.stderr)
    for name, value in state.environment.items():
        print(f"{name}={value}")


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
