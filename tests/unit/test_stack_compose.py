"""docker-compose.yml and the image say the same as the stack and the lock."""

import re
import tomllib
from pathlib import Path

import yaml

from shared.settings import SERVICES
from upheld.stack.docker import KAFKA_IMAGE, POSTGRES_IMAGE
from upheld.stack.kafka import SETTINGS

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def pins(lock: str) -> dict[str, str]:
    """Each package of a lock with its version and hashes."""
    text = (ROOT / lock).read_text()
    return {
        match[1]: " ".join(sorted(re.findall(r"sha256:\w+", match[3]))) + match[2]
        for match in re.finditer(r"^([a-z0-9.-]+)(?:\[[^]]*\])?==(\S+)(.*(?:\n .*)*)", text, re.MULTILINE)
    }


def test_the_images_are_those_that_the_stack_starts() -> None:
    assert COMPOSE["kafka"]["image"] == KAFKA_IMAGE == "apache/kafka:4.1.1"
    assert COMPOSE["postgres"]["image"] == POSTGRES_IMAGE == "postgres:18"


def test_kafka_is_set_as_in_the_stack() -> None:
    environment = COMPOSE["kafka"]["environment"]

    for name in ("auto.create.topics.enable", "message.max.bytes", "group.initial.rebalance.delay.ms"):
        assert environment[f"KAFKA_{name.replace('.', '_').upper()}"] == SETTINGS[name]


def test_there_is_a_block_for_each_service_from_one_image_and_the_command_is_what_differs() -> None:
    assert [(COMPOSE[name]["image"], COMPOSE[name]["command"]) for name in SERVICES] == [
        ("upheld", ["run", "intake"]),
        ("upheld", ["run", "triage"]),
        ("upheld", ["run", "status-monitor"]),
        ("upheld", ["run", "notifier"]),
    ]


def test_the_image_s_lock_has_what_the_program_and_its_traces_need_and_no_more() -> None:
    part = pins("deploy/requirements.lock")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["otel"]]

    assert {re.split(r"[\[=<>~]", requirement)[0] for requirement in needed} <= part.keys()
    assert "pytest" not in part
