"""The embedded servers: noida-db, one small program that speaks both protocols."""

from importlib.util import find_spec
from pathlib import Path

from services.servers.health import elasticsearch_answers, kafka_answers
from services.servers.server import MissingPrerequisiteError, Server


def noida_db(directory: Path, kafka_port: int, elasticsearch_port: int) -> Server:
    """Describe noida-db with its data and log in `directory`."""
    program = _program()

    def command() -> list[str]:
        directory.mkdir(parents=True, exist_ok=True)
        return [
            str(program),
            "start",
            *("--only", "kafka,elasticsearch"),
            *("--kafka-port", str(kafka_port)),
            *("--elasticsearch-port", str(elasticsearch_port)),
            *("--data-dir", str(directory / "data")),
        ]

    return Server(
        name="noida-db",
        command=command,
        answers=lambda: kafka_answers(kafka_port) and elasticsearch_answers(elasticsearch_port),
        log=directory / "noida-db.log",
        patience=30.0,
    )


def _program() -> Path:
    """Find the program in its package: the package's own command would be a process in between."""
    package = find_spec("noida_db")
    if package is None or package.origin is None:
        raise MissingPrerequisiteError(
            "noida-db, the embedded servers, is not installed: run `uv sync --group demo`; where "
            "it has no wheel for the platform, use --real (Java 17 and Maven) or docker compose"
        )
    program = Path(package.origin).with_name("noida-db")
    program.chmod(0o755)  # the wheel does not always keep it
    return program
