"""`make audit` and `make sbom`: what newsreel is built from."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path
from threading import Thread

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from services.servers.ports import HOST, free_port

UV = shutil.which("uv") or ".uv/bin/uv"


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> str:
    target = tmp_path_factory.mktemp("sbom") / "sbom.cdx.json"
    subprocess.run(["make", "sbom", f"SBOM={target}"], check=True)
    return target.read_text()


def test_the_bill_of_materials_is_valid_cyclonedx(bill):
    assert JsonStrictValidator(SchemaVersion.V1_5).validate_str(bill) is None


@pytest.mark.parametrize("name", ["faust-streaming", "aiokafka", "elasticsearch", "pydantic"])
def test_the_bill_lists_what_newsreel_stands_on_with_version_and_licence(bill, name):
    [component] = [each for each in json.loads(bill)["components"] if each["name"] == name]
    assert component["version"] == version(name)
    assert component["licenses"]


def test_the_bill_lists_nothing_that_only_develops(bill):
    assert not {"pytest", "ruff"} & {each["name"] for each in json.loads(bill)["components"]}


class Advisories(BaseHTTPRequestHandler):
    """An advisory service that knows of one vulnerability, of the `library` of its server."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        names = [query["package"]["name"] for query in asked]
        known = {"vulns": [{"id": "MADE-UP-1", "modified": "2026-01-01T00:00:00Z"}]}
        self._answer({"results": [known if name == self._library else {} for name in names]})

    def do_GET(self) -> None:
        affected = {"package": {"name": self._library, "ecosystem": "PyPI"}, "versions": []}
        told = {"id": "MADE-UP-1", "summary": "Made up.", "modified": "2026-01-01T00:00:00Z"}
        self._answer(told | {"affected": [affected]})

    def log_message(self, *_: object) -> None:
        """Say nothing: pytest shows what is printed."""

    @property
    def _library(self) -> str:
        assert isinstance(self.server, Service)
        return self.server.library

    def _answer(self, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Service(ThreadingHTTPServer):
    library = ""


@contextmanager
def advisories(library: str) -> Iterator[int]:
    with Service((HOST, 0), Advisories) as server:
        server.library = library
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def audit(port: int) -> subprocess.CompletedProcess[str]:
    command = ["deploy/audit", UV, "--service-url", f"http://{HOST}:{port}/"]
    environment = os.environ | {"UV_HTTP_RETRIES": "0", "NO_PROXY": HOST}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_audit_fails_on_a_known_vulnerability_and_names_it():
    with advisories("aiokafka") as port:
        done = audit(port)
    assert done.returncode == 1
    assert "aiokafka" in done.stdout
    assert "MADE-UP-1" in done.stdout
    assert "NOT AUDITED" not in done.stderr


def test_the_audit_passes_when_the_service_knows_of_nothing():
    with advisories("nothing-we-use") as port:
        assert audit(port).returncode == 0


def test_an_audit_that_could_not_ask_says_so_and_does_not_pass():
    done = audit(free_port())
    assert done.returncode == 2
    assert "NOT AUDITED" in done.stderr


def test_the_bill_is_not_committed():
    assert "sbom.cdx.json" in Path(".gitignore").read_text().split()
