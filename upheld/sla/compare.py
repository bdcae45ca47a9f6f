"""What the clocks say against what a scenario expects; only what is written is compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from shared.policy import CLOCKS, Fault, iso
from upheld.sla.form import Expected
from upheld.sla.play import Played, play
from upheld.sla.read import Scenario, ScenarioError, read_scenario

SHIPPED = Path(__file__).parent / "scenarios"


@dataclass(frozen=True)
class Case:
    """How one file fared: by field, what was expected and what was found; `faults` where it cannot be played."""

    name: str
    file: str
    difference: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.difference and not self.faults


def shipped() -> list[Path]:
    """The scenario files that ship."""
    return sorted(SHIPPED.rglob("*.yaml"))


def run_files(files: Iterable[tuple[str, str]]) -> list[Case]:
    """Play each (where it is, its text)."""
    return [_run(where, text) for where, text in files]


def _run(where: str, text: str) -> Case:
    try:
        scenario = read_scenario(text)
    except ScenarioError as error:
        found = {fault.field: {"expected": "a scenario file", "found": str(fault)} for fault in error.faults}
        return Case(where, where, found, error.faults)
    return Case(scenario.file.name, where, dict(difference(scenario, play(scenario))))


def difference(scenario: Scenario, played: Played) -> Iterator[tuple[str, dict[str, Any]]]:
    """By field, what was expected and what was found, where they differ."""
    expect = scenario.file.expect
    for clock in CLOCKS:
        expected = getattr(expect, clock)
        if expected is not None:
            yield from _of_clock(clock, clock, expected, played, net=False)
            if expected.net is not None:
                yield from _of_clock(f"{clock}.net", clock, expected.net, played, net=True)
    for name, kinds in expect.ledger.items():
        found = [entry.kind for entry in played.ledger if entry.clock == name]
        if found != list(kinds):
            yield f"ledger.{name}", {"expected": list(kinds), "found": found}


def _of_clock(
    where: str, clock: str, expected: Expected, played: Played, *, net: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    reading, counts = played.read(clock, net=net)
    found: dict[str, Any] = {
        "state": reading.state,
        "due": reading.due,
        "elapsed": reading.elapsed,
        "paused": reading.paused,
        "breaches": counts.breaches,
        "warnings": counts.warnings,
    }
    for key, value in found.items():
        if key in expected.model_fields_set and getattr(expected, key) != value:
            yield f"{where}.{key}", {"expected": _said(getattr(expected, key)), "found": _said(value)}


def _said(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return iso(value) if isinstance(value, timedelta) else value
