"""`newsreel demo`: the whole path once, on servers of its own, and what came of it."""

import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from pydantic import Field
from pydantic_settings import CliPositionalArg, CliToggleFlag
from rich.console import Console
from rich.progress import Progress

from services.demo import show, stack
from services.runtime import settings
from services.search.reading import SearchFailedError, ask, connected
from services.servers import local, server
from services.servers.local import CACHE, Ports, Running
from services.servers.ports import HOST
from services.servers.server import Server, ServerError

SEEDS = Path(__file__).parents[2] / "seeds"


class Demo(settings.Settings):
    """Replay articles through the whole of newsreel on this machine and show what it finds.

    Kafka and Elasticsearch are the embedded ones, or real ones with --real.
    """

    paths: CliPositionalArg[list[str]] = Field(default=[])
    """What to replay; the seed articles if not given."""
    real: CliToggleFlag[bool] = False
    """Start Apache Kafka and Elasticsearch from Maven; needs Java 17 and Maven."""
    keep: CliToggleFlag[bool] = False
    """Leave everything running; `newsreel servers stop` ends it."""
    dir: Path = Path(".newsreel/servers")
    """Where data and logs are; emptied first."""
    cache: Path = CACHE
    """Where the real servers are unpacked, once."""
    kafka_port: int = Field(default=9092, ge=0, le=65535)
    """Kafka's port; 0 takes any free one."""
    elasticsearch_port: int = Field(default=9200, ge=0, le=65535)
    """Elasticsearch's port; 0 takes any free one."""
    web_port: int = Field(default=8090, ge=0, le=65535)
    """With --keep: the web page's port; 0 takes any free one."""
    patience: float = Field(default=120.0, gt=0)
    """Seconds until all articles must be searchable."""

    def cli_cmd(self) -> None:
        """Run it; Ctrl-C at any moment ends all that was started."""
        for number in (signal.SIGTERM, signal.SIGHUP):  # a closed terminal too
            signal.signal(number, _interrupt)
        self._check_paths()
        console = Console(highlight=False)
        try:
            self._run(console)
        except (ServerError, stack.StepError, SearchFailedError) as error:
            raise SystemExit(f"newsreel demo: {error}") from error
        except KeyboardInterrupt:
            raise SystemExit("newsreel demo: interrupted; nothing was left running") from None

    def _run(self, console: Console) -> None:
        started = time.monotonic()
        web_port = stack.web_port(self.web_port) if self.keep else None
        with self._servers(console) as servers:
            environment = servers.state.environment
            logs = self.dir / "logs"
            logs.mkdir(parents=True, exist_ok=True)
            console.print("Creating topics, index and aliases.")
            stack.run(["provision"], environment, logs / "provision.log")
            console.print("Starting the enricher and the indexer.")
            with self._workers(environment, logs, servers, web_port) as workers:
                ledger = self.dir / "ledger.jsonl"
                words = ["replay", *(self.paths or [str(SEEDS)]), "--ledger", str(ledger)]
                stack.run(words, {**environment, "NEWSREEL_LOG__LEVEL": "WARNING"})
                console.print(f"{len(show.acknowledged(ledger))} articles are on the raw topic.")
                self._show(console, environment, ledger, workers)
            console.print(f"\nDone in {time.monotonic() - started:.0f} s.")
            if web_port:
                console.print(_how_to_go_on(servers, web_port))

    def _show(
        self, console: Console, environment: dict[str, str], ledger: Path, workers: list[Server]
    ) -> None:
        to = settings.Elasticsearch(url=environment["NEWSREEL_ELASTICSEARCH__URL"])
        with connected(to) as client:
            self._wait(console, lambda body: ask(client, to, body), ledger, workers)
            show.overview(console, lambda body: ask(client, to, body))
        show.examples(console, environment)

    def _wait(self, console: Console, find: show.Ask, ledger: Path, workers: list[Server]) -> None:
        wanted = show.acknowledged(ledger)
        deadline = time.monotonic() + self.patience
        with Progress(console=console) as progress:
            bar = progress.add_task("Enriching and indexing", total=len(wanted))
            while (found := show.searchable(find, wanted)) < len(wanted):
                progress.update(bar, completed=found)
                stack.still_alive(workers)
                if time.monotonic() > deadline:
                    raise stack.StepError(
                        f"{found} of {len(wanted)} articles are searchable after "
                        f"{self.patience:.0f} s; see the logs in {self.dir / 'logs'}"
                    )
                time.sleep(0.2)
            progress.update(bar, completed=found)

    @contextmanager
    def _servers(self, console: Console) -> Iterator[Running]:
        if local.recall(self.dir):
            raise ServerError("servers are running already; end them with: newsreel servers stop")
        kind: local.Kind = "real" if self.real else "embedded"
        console.print(f"Starting Kafka and Elasticsearch ({kind}).")
        for folder in local.data(self.dir):
            shutil.rmtree(folder)
        (self.dir / "ledger.jsonl").unlink(missing_ok=True)
        ports = Ports(self.kafka_port, self.elasticsearch_port)
        servers = local.start(kind, self.dir, ports, cache=self.cache)
        local.remember(self.dir, servers.state)  # if we are killed, `newsreel servers stop` ends it
        kept = False
        try:
            yield servers
            kept = self.keep
        finally:
            if not kept:
                servers.stop()
                local.forget(self.dir)

    @contextmanager
    def _workers(
        self, environment: dict[str, str], logs: Path, servers: Running, web_port: int | None
    ) -> Iterator[list[Server]]:
        workers = stack.workers(environment, logs)
        if web_port:
            workers.append(stack.web(environment, logs, web_port))
        kept = False
        try:
            server.start(workers)
            processes = stack.processes(workers, servers)
            local.remember(self.dir, servers.state.model_copy(update={"processes": processes}))
            yield workers
            kept = self.keep
        finally:
            if not kept:
                stack.stop(workers)

    def _check_paths(self) -> None:
        missing = [path for path in self.paths if not Path(path).exists()]
        if missing:
            raise SystemExit(f"newsreel demo: there is no file or folder {missing[0]}")


def _how_to_go_on(servers: Running, web_port: int) -> str:
    exports = "\n".join(f"  export {k}={v}" for k, v in servers.state.environment.items())
    return (
        f"It all still runs. In this shell:\n  source .venv/bin/activate\n{exports}\n"
        "  newsreel search Kyiv --facets\n"
        "  newsreel story ID    # of a hit: the figures of all articles on it, side by side\n"
        "  newsreel tail --from-beginning\n"
        "  newsreel servers stop\n"
        f"To search in the browser: http://{HOST}:{web_port}"
    )


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
