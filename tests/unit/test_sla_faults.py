"""A scenario file that cannot be played is refused by field and line, in words for whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import yaml

from upheld.sla import run_files

SCENARIO = """
name: answered in time
policy:
  calendars:
    office: {zone: Europe/Berlin, week: {mon-fri: ["08:00-17:00"]}, holidays: {add: ["2026-12-24"]}}
  plans:
    gold:
      targets: {P1: {first_response: {target: PT1H, calendar: office}}}
      warnings: {first_response: ["50%"]}
plan: gold
events:
  - {at: "2026-03-02T09:00:00Z", do: open, priority: P1}
  - {at: "2026-03-02T09:10:00Z", do: exclude, clause: f, from: "2026-03-02T09:00:00Z", to: "2026-03-02T09:05:00Z"}
  - {at: "2026-03-02T09:40:00Z", do: replan, policy: {plans: {gold: {targets: {P1: {update: none}}}}}}
judged_at: "2026-03-02T09:50:00Z"
expect:
  update: {state: none}
"""
INTERNALS = re.compile(
    r"indices|unhashable|NoneType|object has no|constrained|str\]|after validation|<class|\bdict|\btuple|pydantic"
)


def faults(old: str, new: str) -> list[str]:
    """What is said of the scenario above with one edit."""
    assert SCENARIO.count(old) == 1
    (case,) = run_files([("a.yaml", SCENARIO.replace(old, new))])
    return [str(fault) for fault in case.faults]


def test_the_scenario_itself_can_be_played() -> None:
    (case,) = run_files([("a.yaml", SCENARIO)])

    assert case.passed


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("target: PT1H", "target: P3000000D",
         "policy.plans.gold.targets.P1.first_response.target: must not be longer than P1096D (line 8)"),
        ("target: PT1H", "target: PT99999999999999H",
         "policy.plans.gold.targets.P1.first_response.target: must not be longer than P1096D (line 8)"),
        ("update: {state: none}", "update: {elapsed: P9999999999W}",
         "expect.update.elapsed: must not be longer than P402600D (line 17)"),
        ("09:50:00Z", "09:50:00+99:00", "judged_at: '2026-03-02T09:50:00+99:00' is no time: write "
         '"2026-03-02T09:00:00+01:00" (line 15)'),
        ("2026-03-02T09:50:00Z", "9999-12-31T23:00:00-05:00", "judged_at: must be in the years 1900 to 2999 (line 15)"),
        ("2026-03-02T09:50:00Z", "9999-12-31T23:00:00Z", "judged_at: must be in the years 1900 to 2999 (line 15)"),
        ('to: "2026-03-02T09:05:00Z"', 'to: "2026-03-02T08:55:00Z"', "events.1.to: must be after `from` (line 13)"),
        ('from: "2026-03-02T09:00:00Z", to: "2026-03-02T09:05:00Z"', 'to: "2026-03-02T09:00:00Z"',
         "events.1.to: must be after the start of the ticket's clocks (line 13)"),
        ("do: open", "do:", "events.0.do: is missing: write one of open, notified, message, ask, priority, exclude, "
         "calendar, replan, reply, resolve, reopen, close, maintenance-start, maintenance-end, link, unlink (line 12)"),
        ("{plans: {gold: {targets: {P1: {update: none}}}}}", "{plans: [gold]}",
         "events.2.policy.plans: must be a mapping of keys to values (line 14)"),
        ("{plans: {gold: {targets: {P1: {update: none}}}}}", "5",
         "events.2.policy: must be the name of a policy that ships, or a mapping of the parts that matter (line 14)"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_field_and_line(old: str, new: str, fault: str) -> None:
    assert faults(old, new) == [fault]


def test_a_priority_without_its_clause_is_the_only_fault_where_it_is_one() -> None:
    assert faults("  calendars:\n", "  priorities: [{key: P1}]\n  calendars:\n") == [
        "policy.priorities.0.clause: is missing: write it (line 4)"
    ]


def test_a_list_that_is_empty_is_said_to_be() -> None:
    before, _, rest = SCENARIO.partition("events:")
    (case,) = run_files([("a.yaml", f"{before}events: []\njudged_at{rest.partition('judged_at')[2]}")])

    assert [str(fault) for fault in case.faults] == ["events: is an empty list: at least one is needed (line 11)"]


def places(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of each value of the file."""
    if at:
        yield at
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield from places(value, (*at, key))


@pytest.mark.parametrize("other", [None, "x", 5, [{}], [{"key": {}}], {"x": 1}, {1: {"x": []}}], ids=str)
def test_no_value_in_the_place_of_another_shows_what_is_inside(other: object) -> None:
    written = yaml.safe_load(SCENARIO)
    found: list[str] = []
    for place in places(written):
        changed = deepcopy(written)
        node = changed
        for key in place[:-1]:
            node = node[key]
        node[place[-1]] = other
        (case,) = run_files([("a.yaml", yaml.safe_dump(changed))])
        found += map(str, case.faults)

    assert [sentence for sentence in found if INTERNALS.search(sentence)] == []
    assert len(found) >= 15
