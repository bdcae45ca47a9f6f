"""Scenarios of the clocks: those that ship hold, a wrong expectation is found out, and a file's faults are named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from tests.support.sla import take, takes
from upheld.cli.app import app
from upheld.sla import Case, read_scenario, run_files
from upheld.sla.compare import difference, shipped

SCENARIO = """
name: answered in time
from: here
policy:
  calendars: {always: {always: true}}
  plans:
    gold:
      targets: {P1: {first_response: {target: PT1H, calendar: always}}}
      warnings: {first_response: ["50%"]}
plan: gold
events:
  - {at: "2026-03-02T09:00:00Z", do: open, priority: P1}
  - {at: "2026-03-02T09:40:00Z", do: message, by: person}
judged_at: "2026-03-02T11:00:00Z"
expect:
  first_response: {state: met, due: "2026-03-02T10:00:00Z", elapsed: PT40M, paused: PT0S, breaches: 0, warnings: 1}
  ledger:
    first_response: [activated, at-risk, met]
"""


def case(old: str = "", new: str = "", text: str = SCENARIO) -> Case:
    """The scenario above with one edit."""
    assert old in text
    return run_files([("a.yaml", text.replace(old, new, 1))])[0]


@pytest.fixture(scope="module")
def origins() -> set[str]:
    """Where the scenarios that ship say they come from."""
    return {str(yaml.safe_load(path.read_text("utf-8"))["from"]) for path in shipped()}


def test_every_scenario_that_ships_holds() -> None:
    cases = run_files((path.stem, path.read_text("utf-8")) for path in shipped())

    assert {item.file: item.difference for item in cases if not item.passed} == {}
    assert len(cases) >= 250


def test_every_scenario_that_ships_has_a_name_of_its_own_and_says_why() -> None:
    texts = {path: path.read_text("utf-8") for path in shipped()}
    names = [yaml.safe_load(text)["name"] for text in texts.values()]

    assert len(set(names)) == len(names)
    assert [path.name for path, text in texts.items() if not text.startswith("# ")] == []


@pytest.mark.parametrize(
    "row",
    ["zammad 5177", "zammad 3140", "zammad 1322", "zammad 2579", "zammad 4516", "zammad 4432", "zammad 2532",
     "frappe 1554", "frappe 1675", "frappe PR 3776", "frappe PR 2449", "erpnext 49414", "erpnext 38745", "frappe 2212",
     "chatwoot 14009", "glpi 6902", "glpi 15605", "glpi 24481", "glpi 9082", "glpi 17186", "glpi PR 22678",
     "glpi 15429", "znuny PR 369", "glpi PR 9267", "chatwoot 10178", "chatwoot PR 13392", "alga-psa PR 3091", "Zendesk",
     "OTRS PR 787", "osTicket 3034", "OneUptime", *map(str, range(1, 15))],
)  # fmt: skip
def test_where_others_broke_and_each_semantic_has_its_scenario(row: str, origins: set[str]) -> None:
    assert row in origins


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("", "", {}),
        ("state: met", "state: late", {"first_response.state": {"expected": "late", "found": "met"}}),
        ("10:00:00Z", "10:00:01Z",
         {"first_response.due": {"expected": "2026-03-02T10:00:01Z", "found": "2026-03-02T10:00:00Z"}}),
        ("elapsed: PT40M", "elapsed: PT41M", {"first_response.elapsed": {"expected": "PT41M", "found": "PT40M"}}),
        ("paused: PT0S", "paused: PT1S", {"first_response.paused": {"expected": "PT1S", "found": "PT0S"}}),
        ("breaches: 0", "breaches: 1", {"first_response.breaches": {"expected": 1, "found": 0}}),
        ("warnings: 1", "warnings: 0", {"first_response.warnings": {"expected": 0, "found": 1}}),
        ("warnings: 1}", "net: {state: late}}", {"first_response.net.state": {"expected": "late", "found": "met"}}),
        ("at-risk, met", "met, at-risk",
         {"ledger.first_response": {"expected": ["activated", "met", "at-risk"],
                                    "found": ["activated", "at-risk", "met"]}}),
    ],
)  # fmt: skip
def test_what_differs_is_said_by_field(old: str, new: str, difference: object) -> None:
    played = case(old, new)

    assert played.difference == difference
    assert played.passed is (not difference)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("name: answered in time\n", "", "name: is missing: write it (line 2)"),
        ("from: here", "form: here", "form: is no key here: remove it, or correct its spelling (line 3)"),
        ("by: person", "of: person", "events.1.of: is no key here: remove it, or correct its spelling (line 13)"),
        ("do: message, ", "", "events.1.do: is missing: write one of open, notified, message, ask, priority, exclude, "
         "calendar, replan, reply, resolve, reopen, close, maintenance-start, maintenance-end, link, unlink (line 13)"),
        ("do: message", "do: shout", "events.1.do: 'shout' is nothing that can happen: write one of open, notified, "
         "message, ask, priority, exclude, calendar, replan, reply, resolve, reopen, close, maintenance-start, "
         "maintenance-end, link, unlink (line 13)"),
        ("by: person", "by: robot", "events.1.by: should be 'person', 'automatic' or 'page' (line 13)"),
        ("09:40:00Z", "09:40:00", "events.1.at: 2026-03-02T09:40:00 has no offset: write it with Z or such as +01:00 "
         "(line 13)"),
        ("09:40:00Z", "half past", "events.1.at: '2026-03-02Thalf past' is no time: write "
         '"2026-03-02T09:00:00+01:00" (line 13)'),
        ("by: person", 'known_at: "2026-03-02T09:00:00Z"', "events.1.known_at: is before `at`: nothing is known before "
         "it happens (line 13)"),
        ("PT40M", "40 minutes", "expect.first_response.elapsed: must be an ISO 8601 duration in weeks to seconds, such "
         "as PT1H30M, or PT0S (line 16)"),
        ("state: met", "status: met", "expect.first_response.status: is no key here: remove it, or correct its "
         "spelling (line 16)"),
        ("  first_response: {state", "  response: {state", "expect.response: is no key here: remove it, or correct its "
         "spelling (line 16)"),
        ("plan: gold", "plan: silver", "plan: 'silver' is no plan of the policy: write one of gold (line 10)"),
        ("priority: P1", "colour: red", "events.0.priority: is missing: write it (line 12)"),
        ("priority: P1", "priority: [P1]", "events.0.priority: must be text: put it in quotes (line 12)"),
        ("do: open, priority: P1", "do: reply", "events: has 0 different `do: open`: it is about one ticket "
         "(line 11)"),
        ("calendar: always", "calendar: office", "policy.plans.gold.targets.P1.first_response.calendar: 'office' is "
         "not among calendars: always (line 8)"),
        ("target: PT1H", "goal: PT1H", "policy.plans.gold.targets.P1.first_response.target: is missing: write a "
         "target, or `none` where nothing is promised (line 8)"),
        ("name: answered", "name: a\nname: answered", "the file: is not YAML that can be read: 'name' is written 2 "
         "times (line 3)"),
    ],
)  # fmt: skip
def test_a_fault_of_the_file_names_field_and_line(old: str, new: str, fault: str) -> None:
    played = case(old, new)

    assert fault in {str(item) for item in played.faults}
    assert not played.passed


def test_a_policy_that_ships_is_named_and_an_unknown_one_says_which_do() -> None:
    head, _, tail = SCENARIO.partition("policy:")
    text = f"{head}policy: plivo\nplan: business\nevents:{tail.partition('events:')[2]}"

    assert case(text=text).difference == {
        "first_response.warnings": {"expected": 1, "found": 0},
        "ledger.first_response": {"expected": ["activated", "at-risk", "met"], "found": ["activated", "met"]},
    }
    (fault,) = case("plivo", "acme", text).faults
    assert str(fault).startswith("policy: no policy 'acme' ships: write one of demo, plivo")


REPLAN = 'do: message, by: person}\n  - {at: "2026-03-02T09:50:00Z", do: replan, '


@pytest.mark.parametrize(
    ("what", "fault"),
    [
        ("plan: silver", "events.2.plan: 'silver' is no plan of the policy then: write one of gold (line 14)"),
        ("policy: acme", "events.2.policy: no policy 'acme' ships: write one of demo, plivo"),
        ("policy: plivo", "events.2.plan: 'gold' is no plan of the policy then: write one of basic, "),
        (
            "policy: {plans: {gold: {targets: {P1: {update: {every: 1}}}}}}",
            "events.2.policy.plans.gold.targets.P1.update",
        ),
        ("policy: {plans: [gold]}", "events.2.policy.plans: must be a mapping of keys to values (line 14)"),
        ("plans: silver", "events.2.plans: is no key here: remove it, or correct its spelling (line 14)"),
    ],
)
def test_a_re_plan_to_what_there_is_not_is_a_fault_of_the_file(what: str, fault: str) -> None:
    played = case("do: message, by: person", f"{REPLAN}{what}")

    assert any(str(item).startswith(fault) for item in played.faults), played.faults


def test_a_re_plan_to_what_the_ticket_follows_already_changes_nothing() -> None:
    assert case("do: message, by: person", f"{REPLAN}plan: gold").difference == {}


def test_a_priority_that_a_shipped_policy_lacks_is_a_fault() -> None:
    head, _, tail = SCENARIO.partition("policy:")
    text = f"{head}policy: plivo\nplan: business\nevents:{tail.partition('events:')[2]}"

    (fault,) = case("priority: P1", "priority: P9", text).faults

    assert str(fault) == "events.0.priority: 'P9' is not among P1, P2, P3 (line 7)"


def upheld(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["sla", *arguments], prog_name="upheld")
    return result.exit_code, result.stdout, result.stderr


def test_the_command_exits_with_1_when_one_fails_and_says_what_differs(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(SCENARIO)
    bad.write_text(SCENARIO.replace("state: met", "state: late").replace("answered", "replied"))

    code, out, _ = upheld("run", str(good), str(bad))

    assert code == 1
    assert out.splitlines() == [
        "passed  answered in time",
        "FAILED  replied in time",
        "        first_response.state: expected late, found met",
        "1 passed, 1 failed",
    ]
    assert upheld("run", str(good))[0] == 0


def test_the_commands_json_has_passed_failed_and_cases(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(SCENARIO.replace("state: met", "state: late"))

    code, out, _ = upheld("run", "--json", str(bad))

    assert code == 1
    assert json.loads(out) == {
        "passed": 0,
        "failed": 1,
        "cases": [
            {
                "name": "answered in time",
                "passed": False,
                "difference": {"first_response.state": {"expected": "late", "found": "met"}},
            }
        ],
    }


def test_a_file_that_is_none_does_not_keep_the_others_from_being_played(tmp_path: Path) -> None:
    good, wrong = tmp_path / "good.yaml", tmp_path / "wrong.yaml"
    good.write_text(SCENARIO)
    wrong.write_text(SCENARIO.replace("judged_at", "judged"))

    code, out, error = upheld("run", str(wrong), str(good))

    assert code == 2
    assert out.splitlines()[1:] == ["passed  answered in time", "1 passed, 1 failed"]
    assert "wrong.yaml is no scenario that can be played." in error
    assert "judged_at (line 2)  is missing: write it" in error
    assert "judged (line 14)    is no key here: remove it, or correct its spelling" in error


def test_the_ticket_itself_says_the_same_when_the_events_reach_it() -> None:
    scenarios = {path.stem: read_scenario(path.read_text("utf-8")) for path in shipped()}
    taken = {name: scenario for name, scenario in scenarios.items() if takes(scenario)}

    differences = {name: dict(difference(scenario, take(scenario))) for name, scenario in taken.items()}

    assert {name: found for name, found in differences.items() if found} == {}
    assert len(taken) >= 235
