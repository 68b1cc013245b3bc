"""What docker-compose.yml and the Dockerfile promise, held without a Docker engine."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.cli.main import COMMANDS
from services.runtime.settings import variables as known_variables

COMPOSE_TEXT = Path("docker-compose.yml").read_text()
DOCKERFILE = Path("Dockerfile").read_text()
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE_TEXT)["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}
JOBS = {name for name, service in OURS.items() if service["build"]["target"] == "job"}
DEFAULT = {name for name, s in SERVICES.items() if not s.get("profiles") and s.get("scale") != 0}
TOOLS = Path(sys.executable).parent
VARIABLES = set(re.findall(r"\$\{(\w+)", COMPOSE_TEXT))
REQUIRED = set(re.findall(r"\$\{(\w+):\?", COMPOSE_TEXT))

every_service = pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
every_service_of_ours = pytest.mark.parametrize("service", OURS.values(), ids=OURS)


def megabytes(limit: str) -> int:
    (number,) = re.fullmatch(r"(\d+)m", limit).groups()
    return int(number)


@pytest.mark.parametrize(
    "check",
    [
        ["hadolint", "Dockerfile"],
        ["yamllint", "--strict", "docker-compose.yml"],
        ["check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
    ],
    ids=lambda check: check[0],
)
def test_linters_find_nothing(check: list[str]):
    tool, *arguments = check
    done = subprocess.run([TOOLS / tool, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@every_service
def test_a_container_can_do_little_and_take_little(service: dict[str, Any]):
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert megabytes(service["mem_limit"]) > 0
    assert service["logging"]["options"].keys() == {"max-size", "max-file"}
    assert service["stop_grace_period"]
    assert not service.keys() & {"privileged", "cap_add", "network_mode", "pid", "ipc", "devices"}


@every_service
def test_ports_are_published_on_loopback_only(service: dict[str, Any]):
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


@every_service
def test_volumes_are_named_ones(service: dict[str, Any]):
    named = yaml.safe_load(COMPOSE_TEXT)["volumes"]
    assert all(volume.split(":")[0] in named for volume in service.get("volumes", []))


@every_service_of_ours
def test_our_images_run_read_only_with_an_init_process(service: dict[str, Any]):
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]  # noqa: S108  # a tmpfs of the container's own
    assert service["init"] is True


def test_our_images_run_as_a_user_without_a_name_or_rights():
    (user,) = re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE)
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user)


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - JOBS))
def test_what_stays_has_a_health_check_and_is_restarted(name: str):
    service = SERVICES[name]
    assert service["restart"] == "unless-stopped"
    in_image = (
        name in OURS and service["build"]["target"] == "worker" and "HEALTHCHECK" in DOCKERFILE
    )
    assert "test" in service["healthcheck"] or in_image


@pytest.mark.parametrize("name", sorted(JOBS & DEFAULT))
def test_up_wait_takes_a_job_that_ended_for_a_success(name: str):
    conditions = [
        service["depends_on"][name]["condition"]
        for service in SERVICES.values()
        if name in service.get("depends_on", {}) and not service.get("profiles")
    ]
    assert "service_completed_successfully" in conditions
    assert SERVICES[name]["restart"] == "no"


def test_memory_limits_add_up_to_what_the_first_lines_say_and_to_less_than_4_gb():
    total = sum(megabytes(SERVICES[name]["mem_limit"]) for name in DEFAULT)
    assert total * 2**20 < 4e9
    assert f"add up to {total / 1000:.1f} GB" in COMPOSE_TEXT


def test_images_of_others_have_a_fixed_tag():
    images = [service["image"] for service in SERVICES.values() if "image" in service]
    assert len(images) == len(SERVICES) - len(OURS)
    for image in images:
        assert re.search(r":v?\d+\.\d+\.\d+$|:\$\{\w+:-\d+\.\d+\.\d+\}$", image), image


def test_one_variable_sets_the_version_of_elasticsearch_and_kibana():
    tags = {SERVICES[name]["image"].split(":", 1)[1] for name in ("elasticsearch", "kibana")}
    assert len(tags) == 1
    assert tags.pop().startswith("${STACK_VERSION:-8.19.")


def test_kafka_sends_clients_outside_to_the_port_that_is_published():
    kafka = SERVICES["kafka"]
    advertised = kafka["environment"]["KAFKA_ADVERTISED_LISTENERS"].split("EXTERNAL://")[1]
    (published,) = kafka["ports"]
    assert f"{advertised}:9092" == published


def test_the_base_is_the_official_slim_python_and_nothing_else():
    stages = re.findall(r"^FROM (\S+) AS (\w+)$", DOCKERFILE, re.MULTILINE)
    names = {name for _, name in stages}
    assert {base for base, _ in stages} - names == {"${PYTHON_IMAGE}"}
    assert re.search(r"^ARG PYTHON_IMAGE=python:3\.\d+(\.\d+)?-slim$", DOCKERFILE, re.MULTILINE)
    assert "apt-get" not in DOCKERFILE


def test_images_and_make_take_the_same_uv():
    (version,) = re.findall(r"^UV_VERSION := (\S+)$", Path("Makefile").read_text(), re.MULTILINE)
    assert f"ARG UV_VERSION={version}\n" in DOCKERFILE


def test_each_extra_has_its_image():
    project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
    built = {service["build"]["args"]["EXTRA"] for service in OURS.values()}
    # The web page is for those who have no Kibana; here there is one.
    assert built | {"web"} == project["optional-dependencies"].keys()


def has_wheel_for_arm64(wheel: str) -> bool:
    python, _, platform = wheel.removesuffix(".whl").split("-")[-3:]
    fits_python = re.search(r"(^|\.)(py3|cp311)(\.|$)", python) or "-abi3-" in wheel
    return bool(fits_python) and (
        platform == "any" or ("manylinux" in wheel and "aarch64" in wheel)
    )


def test_the_dockerfile_names_what_has_no_wheel_for_arm64():
    packages = tomllib.loads(Path("uv.lock").read_text())["package"]
    lacking = {
        package["name"]
        for package in in_the_image(packages)
        if "registry" in package["source"]
        and not only_for_newer_python(package)
        and not any(has_wheel_for_arm64(wheel["url"]) for wheel in package.get("wheels", []))
    }
    assert lacking == {"faust-streaming"}
    assert "but faust-streaming's" in DOCKERFILE


def in_the_image(packages: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Leave out what only a dependency group brings: tests, training, benchmark."""
    wanted, seen = ["newsreel"], set()
    for name in wanted:
        for package in packages:
            if package["name"] == name and name not in seen:
                yield package
                extras = package.get("optional-dependencies", {}).values()
                listed = [*package.get("dependencies", ()), *chain.from_iterable(extras)]
                wanted += [one["name"] for one in listed]
        seen.add(name)


def only_for_newer_python(package: dict[str, Any]) -> bool:
    return all("python_full_version >=" in m for m in package.get("resolution-markers", [""]))


def test_the_example_lists_each_variable_that_is_read():
    listed = re.findall(r"^#?([A-Z_]+)=", Path(".env.example").read_text(), re.MULTILINE)
    assert sorted(listed) == sorted(VARIABLES)


def test_whoever_has_no_env_file_is_told_how_to_get_one():
    messages = re.findall(r"\$\{\w+:\?([^}]+)\}", COMPOSE_TEXT)
    assert messages
    assert all("make env" in message for message in messages)
    assert ".env" in Path(".gitignore").read_text().splitlines()


def make_env(target: Path) -> str:
    command = ["deploy/make-env", target]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_make_env_writes_each_secret_for_the_owner_only(tmp_path: Path):
    made = tmp_path / ".env"
    assert "Wrote" in make_env(made)
    rows = [line.split("=") for line in made.read_text().splitlines() if not line.startswith("#")]
    secrets = dict(rows)
    assert secrets.keys() == REQUIRED
    assert len(set(secrets.values())) == len(REQUIRED)
    assert all(len(secret) >= 32 for secret in secrets.values())
    assert made.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [made]


def test_make_env_never_overwrites_and_says_so(tmp_path: Path):
    kept = tmp_path / ".env"
    kept.write_text("ELASTIC_PASSWORD=mine\n")
    assert "stays as it is" in make_env(kept)
    assert kept.read_text() == "ELASTIC_PASSWORD=mine\n"


SETTINGS = {
    name: (service["command"][0], set(service["environment"]))
    for name, service in OURS.items()
    if "command" in service
}


@pytest.mark.parametrize(("command", "variables"), SETTINGS.values(), ids=SETTINGS)
def test_each_variable_of_a_service_is_one_of_its_settings(command: str, variables: set[str]):
    module, name, _ = COMMANDS[command]
    settings = getattr(import_module(module), name)
    assert variables <= {variable for variable, _ in known_variables(settings)}


def test_the_images_hold_nothing_but_what_is_named():
    ignored = Path(".dockerignore").read_text().splitlines()
    assert "*" in ignored
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    sources = {source.split("/")[0] for line in copied for source in line.split()}
    allowed = {line[1:].split("/")[0] for line in ignored if line.startswith("!")}
    assert sources == allowed
