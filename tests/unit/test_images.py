"""The compose file and the image, which need an engine to run: valid by their checkers, and true of the program."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import typer
import typer.main
import yaml

from shared.settings import SERVICES, Settings
from tests.unit.test_stack_compose import pins
from upheld.cli.app import app

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
BLOCKS: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: block for name, block in BLOCKS.items() if block["image"] == "upheld"}
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()
STAGES = [stage.replace("\\\n", " ") for stage in re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]]
INTERPOLATED = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")
OF_COMPOSE = {"POSTGRES_PASSWORD", "GRAFANA_PASSWORD"}
OF_OPENTELEMETRY = {"OTEL_EXPORTER_OTLP_ENDPOINT"}
"""Read by its exporter (tests/unit/test_tracing.py)."""


def settings_named() -> set[str]:
    return {f"UPHELD_{name.upper()}" for name in Settings.model_fields}


def resolved(value: str, given: dict[str, str]) -> str:
    """As compose fills it in."""
    return INTERPOLATED.sub(lambda match: given.get(match[1]) or (match[3] if match[2] == "-" else ""), value)


def parsed(arguments: list[str]) -> Any:
    """The command that these arguments name. Raises KeyError where there is none, BadParameter for what it refuses."""
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands"):
        command, arguments = command.commands[arguments[0]], arguments[1:]
    command.make_context("upheld", arguments)
    return command


def test_the_compose_file_is_one() -> None:
    checker = [BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec"]

    ran = subprocess.run([*checker, ROOT / "docker-compose.yml"], capture_output=True, text=True, timeout=60)

    assert ran.returncode == 0, ran.stdout


def test_hadolint_has_nothing_to_say_of_the_dockerfile() -> None:
    ran = subprocess.run(
        [BIN / "hadolint", "--failure-threshold", "style", ROOT / "deploy" / "Dockerfile"],
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert (ran.returncode, ran.stdout) == (0, "")


def test_the_two_checkers_find_what_is_wrong(tmp_path: Path) -> None:
    compose, dockerfile = tmp_path / "docker-compose.yml", tmp_path / "Dockerfile"
    compose.write_text((ROOT / "docker-compose.yml").read_text().replace("stop_grace_period", "stop_grace"))
    dockerfile.write_text(DOCKERFILE.replace("USER 10001:10001\n", "").replace("WORKDIR /src", "RUN cd /src"))

    invalid = subprocess.run(
        [BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", compose], capture_output=True, text=True
    )
    linted = subprocess.run([BIN / "hadolint", dockerfile], capture_output=True, text=True)

    assert "stop_grace" in invalid.stdout
    assert "DL3003" in linted.stdout


def test_every_variable_that_the_containers_get_is_a_setting_and_its_default_is_one_that_the_program_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [name for name in os.environ if name.startswith("UPHELD_")]:
        monkeypatch.delenv(name)
    of_image = dict(re.findall(r"(UPHELD_\w+)=(\S+)", STAGES[-1]))
    assert of_image == {"UPHELD_HOST": "0.0.0.0"}

    for name, block in OURS.items():
        assert set(block["environment"]) <= settings_named() | OF_OPENTELEMETRY, name
        with monkeypatch.context() as patch:
            for variable, value in (of_image | block["environment"]).items():
                patch.setenv(variable, resolved(value, {"UPHELD_SUPPORT_PHONE": "+1 555 0100"}))
            settings = Settings()
        assert settings.kafka_bootstrap_servers == "kafka:9092"
        assert settings.support_phone == "+1 555 0100"
        assert settings.smtp_user is settings.smtp_password is None, "what is left empty is not given"
        assert settings.port is None or name in SERVICES


def test_every_variable_that_compose_itself_reads_has_a_default_or_says_what_is_missing() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    found = INTERPOLATED.findall(text)

    assert {name for name, _, _ in found} <= settings_named() | OF_COMPOSE | OF_OPENTELEMETRY
    assert {name for name, how, _ in found if how == "?"} == {"UPHELD_SUPPORT_PHONE"}
    assert all(how for _, how, _ in found)


@pytest.mark.parametrize("name", OURS)
def test_every_command_is_one_of_the_program_s(name: str) -> None:
    assert parsed(OURS[name]["command"]).name == {
        "topics": "create",
        "migrate": "migrate",
        "demo": "demo",
    }.get(name, "run")


def test_a_command_that_does_not_exist_would_be_found_out() -> None:
    with pytest.raises(typer.BadParameter):
        parsed(["run", "billing"])
    with pytest.raises(KeyError):
        parsed(["topics", "make"])


def test_what_each_block_waits_for_is_there_healthy_or_done() -> None:
    for name, block in BLOCKS.items():
        for other, wanted in block.get("depends_on", {}).items():
            if wanted["condition"] == "service_healthy":
                assert "healthcheck" in BLOCKS[other], f"{name} waits for {other}"
            else:
                assert wanted["condition"] == "service_completed_successfully"
                assert "restart" not in BLOCKS[other], f"{other} would never be done"

    assert set(BLOCKS["intake"]["depends_on"]) == {"topics", "migrate"}
    assert {name: block.get("profiles", []) for name, block in BLOCKS.items() if block.get("profiles")} == {
        "demo": ["demo"],
        "prometheus": ["observability"],
        "grafana": ["observability"],
    }


def test_the_containers_run_read_only_without_rights_and_are_reached_from_this_machine_only() -> None:
    for name in [*OURS, "prometheus", "grafana"]:
        block = BLOCKS[name]
        assert block["read_only"] is True, name
        assert block["cap_drop"] == ["ALL"], name
        assert block["security_opt"] == ["no-new-privileges:true"], name
    ports = [port for block in BLOCKS.values() for port in block.get("ports", ())]
    assert len(ports) == 8
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_every_file_that_is_mounted_is_there_and_every_volume_is_declared() -> None:
    mounts = [mount.split(":") for block in BLOCKS.values() for mount in block.get("volumes", ())]

    for source, _, *mode in mounts:
        if source.startswith("./"):
            assert (ROOT / source).exists()
            assert mode == ["ro"]
        else:
            assert source in COMPOSE["volumes"]
    targets = {source: target for source, target, *_ in mounts}
    provider = yaml.safe_load((ROOT / "deploy/observability/grafana/provisioning/dashboards/upheld.yml").read_text())
    assert provider["providers"][0]["options"]["path"] == targets["./deploy/observability/grafana/dashboards"]
    home = BLOCKS["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    assert (ROOT / "deploy/observability/grafana/dashboards" / Path(home).name).is_file()


@contextmanager
def answering(status: int) -> Iterator[int]:
    """A service that answers everything so; its port."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()
    assert asked == ["/readyz"]


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
def test_a_service_is_healthy_when_it_says_that_it_is_ready(status: int, healthy: bool) -> None:
    (check,) = {tuple(BLOCKS[name]["healthcheck"]["test"]) for name in SERVICES}
    assert check[:3] == ("CMD", "python", "-c")

    with answering(status) as port:
        ran = subprocess.run([sys.executable, "-c", check[3]], env={"UPHELD_PORT": str(port)}, capture_output=True)

    assert (ran.returncode == 0) is healthy


def test_the_image_is_built_in_stages_and_is_nobody_s_in_particular() -> None:
    build, final = STAGES

    assert build.startswith("python:3.11-slim AS build")
    assert final.startswith("python:3.11-slim\n")
    assert "pip" not in final
    assert "\nUSER 10001:10001\n" in final
    assert final.index("USER") < final.index("ENTRYPOINT")
    assert f"EXPOSE {' '.join(str(Settings().port_of(name)) for name in SERVICES)}" in final
    assert all(
        "--require-hashes" in line or "--no-deps" in line for line in re.findall(r"pip[^&\n]*install[^&\n]*", build)
    )


def test_what_the_image_installs_is_pinned_as_in_the_whole_lock() -> None:
    whole = pins("requirements.lock")

    for lock in ("deploy/requirements.lock", "deploy/build.lock"):
        part = pins(lock)
        assert part
        assert part.items() <= whole.items()
    assert "hatchling" in pins("deploy/build.lock")
    assert "opentelemetry-sdk" in pins("deploy/requirements.lock")


def test_what_is_copied_into_the_build_is_enough_for_a_wheel_that_has_everything(tmp_path: Path) -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", STAGES[0], re.MULTILINE):
        for source in sources.split():
            assert source.split("/")[0] in allowed
            target = tmp_path / source
            target.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, target)

    built = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist"]
    ran = subprocess.run(built, cwd=tmp_path, capture_output=True, text=True, timeout=120)

    assert ran.returncode == 0, ran.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    listed = subprocess.run(
        ["git", "ls-files", "services", "shared", "upheld"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert set(listed) - names == set()
    assert {f"upheld/policies/{path.name}" for path in (ROOT / "deploy/policies").glob("*.yaml")} <= names
