"""The published schema of policy files: it takes what holds, and refuses what is no policy by its shape."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.support.policies import FORM

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schemas" / "policy.v1.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def faults(text: str) -> list[str]:
    """The paths at fault; YAML's dates as JSON has them."""
    data: Any = json.loads(json.dumps(yaml.safe_load(text), default=_iso))
    return [error.json_path for error in VALIDATOR.iter_errors(data)]


def _iso(value: datetime | date) -> str:
    return value.isoformat()


@pytest.mark.parametrize("path", sorted((ROOT / "deploy" / "policies").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_shipped_policies_are_of_the_published_form(path: Path) -> None:
    assert faults(path.read_text()) == []


def test_the_schema_is_one_and_takes_everything_the_form_knows() -> None:
    Draft202012Validator.check_schema(SCHEMA)

    assert faults(FORM) == []


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("version:", "verison:", "$"),
        ("        update: {every: PT2H, calendar: always}\n", "", "$.plans.gold.targets.P1"),
        ("target: PT15M", "target: P1M", "$.plans.gold.targets.P1"),
        ("      P3: none", "      P3: nothing", "$.plans.gold.targets.P3"),
        ("[staging, development]", "[staging, testing]", "$.rules[0].when.environment[1]"),
        ("{ongoing: [false]}", "{mood: [bad]}", "$.rules[1].when"),
        ("maintenance: [update]", "maintenance: [updates]", "$.plans.gold.pauses.maintenance[0]"),
        ("maintenance: [update]", "holiday: [update]", "$.plans.gold.pauses"),
        ("fri: [", "friday: [", "$.calendars.office.week"),
        ("08:00-14:00", "8-14", "$.calendars.office.week.fri[0]"),
        ("response_met_by: initial", "response_met_by: robot", "$.plans.gold.response_met_by"),
        ("effective: 2026-01-01T00:00:00+01:00", "effective: soon", "$.effective"),
        ("country: DE", "country: Germany", "$.calendars.office.holidays"),
    ],
)
def test_a_fault_of_shape_is_found_by_the_schema_too(old: str, new: str, path: str) -> None:
    assert FORM.count(old) == 1

    found = faults(FORM.replace(old, new))

    assert any(at == path or at.startswith(f"{path}.") for at in found), found
