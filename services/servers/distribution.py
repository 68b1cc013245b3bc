"""Kafka and Elasticsearch as Maven Central has them: fetched once, unpacked once, then shared."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from services.servers.server import MissingPrerequisiteError, ServerError

SOURCE = Path(__file__).parents[2] / "tests" / "servers"
"""The pom.xml with the versions, and the plugin: part of a checkout, not of the wheel."""
OLDEST_JAVA = 17


@dataclass(frozen=True)
class Distribution:
    """A folder that holds both servers; nothing in it changes any more."""

    root: Path

    @property
    def kafka(self) -> Path:
        """The folder of Kafka's jars."""
        return self.root / "kafka"

    @property
    def elasticsearch(self) -> Path:
        """The folder that holds bin, lib, config and plugins."""
        return self.root / "elasticsearch"


def distribution(cache: Path) -> Distribution:
    """Fetch and unpack both servers into `cache`, unless they are there already.

    The folder's name is a digest of what it is made from, so a new version gets a new folder.
    """
    if not (SOURCE / "pom.xml").exists():
        raise MissingPrerequisiteError(f"real servers need a checkout: {SOURCE} is not there")
    name = digest(file for file in SOURCE.rglob("*") if file.is_file())
    return Distribution(prepared(cache.resolve() / name, _fill))


def prepared(folder: Path, fill: Callable[[Path], None]) -> Path:
    """Give the folder, filled: by `fill` if it is not there yet.

    It is filled under another name and then renamed, so an interrupted run leaves nothing half
    made; of two runs at once the second waits for the first.
    """
    if folder.exists():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with locked(folder.parent / "lock"):
        if not folder.exists():
            for leftover in folder.parent.glob("part-*"):  # we hold the lock: its maker is gone
                shutil.rmtree(leftover)
            part = Path(tempfile.mkdtemp(prefix="part-", dir=folder.parent))
            try:
                part.chmod(0o755)  # as root, Elasticsearch reads it as another user
                fill(part)
                part.rename(folder)
            finally:
                shutil.rmtree(part, ignore_errors=True)
    return folder


def digest(files: Iterable[Path]) -> str:
    """Name a set of files by their names and contents, in 12 hexadecimal digits."""
    whole = hashlib.sha256()
    for file in sorted(files):
        content = file.read_bytes()
        whole.update(f"{file.name} {len(content)}\n".encode() + content)
    return whole.hexdigest()[:12]


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the lock file alone; the lock ends with the process, however that ends."""
    with file.open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def java_home() -> Path:
    """Find the Java that `java` starts; Elasticsearch wants its folder."""
    java = _program("java", "a JDK, version 17 or newer (Debian: openjdk-17-jdk-headless)")
    home, version = parse_java(run([java, "-XshowSettings:properties", "-version"]))
    if version < OLDEST_JAVA:
        raise MissingPrerequisiteError(
            f"real servers need Java {OLDEST_JAVA} or newer, but `java` is version {version}"
        )
    return home


def parse_java(settings: str) -> tuple[Path, int]:
    """Read home and version from what `java -XshowSettings:properties` prints."""
    pattern = r"^\s+(java\.home|java\.specification\.version) = (.+)$"
    found = dict(re.findall(pattern, settings, re.MULTILINE))
    # Java 8 still called itself 1.8.
    version = found["java.specification.version"].removeprefix("1.")
    return Path(found["java.home"]), int(version)


def _fill(part: Path) -> None:
    java_home()  # Maven's own complaint about a missing Java says less
    _fetch(part)
    _compile_plugin(part / "elasticsearch", part / "classes")


def _fetch(part: Path) -> None:
    maven = _program("mvn", "Maven (Debian: maven)")
    pom = str(SOURCE / "pom.xml")
    run([maven, "-q", "-B", "-ntp", "-f", pom, f"-Dinto={part}", "package"])
    (unpacked,) = part.glob("elasticsearch-*")
    unpacked.rename(part / "elasticsearch")


def _compile_plugin(elasticsearch: Path, classes: Path) -> None:
    compiler = _program("javac", "a JDK, version 17 or newer (Debian: openjdk-17-jdk-headless)")
    sources = [str(file) for file in sorted(SOURCE.glob("plugin/**/*.java"))]
    libraries = str(elasticsearch / "lib" / "*")
    run([compiler, "--release", "17", "-nowarn", "-cp", libraries, "-d", str(classes), *sources])
    plugin = elasticsearch / "plugins" / "newsreel"
    plugin.mkdir(parents=True)
    # A jar is a zip file; it needs no manifest.
    archive = Path(shutil.make_archive(str(classes), "zip", classes))
    archive.rename(plugin / "newsreel.jar")
    (core,) = elasticsearch.glob("lib/elasticsearch-core-*.jar")
    version = core.stem.removeprefix("elasticsearch-core-")
    (plugin / "plugin-descriptor.properties").write_text(
        "name=newsreel\ndescription=English analysis and GET / for local servers\nversion=1\n"
        f"classname=newsreel.TestServerPlugin\njava.version=17\nelasticsearch.version={version}\n",
        encoding="utf-8",
    )


def _program(name: str, package: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise MissingPrerequisiteError(
            f"real servers need `{name}`, which is not there: install {package}"
        )
    return found


def run(command: list[str], environment: Mapping[str, str] | None = None, given: str = "") -> str:
    """Run to the end and give all it printed; what a failure printed becomes the error."""
    answer = subprocess.run(  # noqa: S603 - words of ours, no shell
        command,
        env={**os.environ, **(environment or {})},
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    printed = answer.stderr + answer.stdout
    if answer.returncode:
        tail = "\n".join(printed.strip().splitlines()[-15:])
        raise ServerError(f"`{Path(command[0]).name}` failed:\n{tail}")
    return printed
