"""A policy file: whole or refused, with the field, the line and what to do."""
# ruff: noqa: E501 (the sample file and the table of faults are read by line)

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from shared.events import Target
from shared.policy import CLOCKS, FACTS, PolicyError, parse_policy

POLICIES = Path(__file__).parents[2] / "deploy" / "policies"
FORM = """\
policy: sample
version: "7"
effective: 2026-01-01T00:00:00+01:00
document: {title: Sample levels, url: "https://sample.example/sla", clauses: {A: plans, B.3.P1: urgent, B.3.P3: the rest, B.5.f: carriers}}
support: {phone: "+1 555 0100", documentation: https://docs.example, plans: https://plans.example, contact: duty@sample.example, escalation: [{after: PT15M, to: boss@sample.example}]}
services: [{key: voice, name: Voice, components: [Voice API], carrier_components: [Carrier X]}]
priorities: [{key: P1, clause: B.3.P1}, {key: P3, clause: B.3.P3}]
rules:
  - {id: not-production, when: {environment: [staging, development]}, priority: P3, clause: B.3.P3, final: true}
  - {id: over, when: {ongoing: [false]}, priority: P3, clause: B.3.P3}
  - {id: outage, when: {environment: [production], impact: [outage]}, priority: P1, clause: B.3.P1}
  - {id: everything-else, priority: P3, clause: B.3.P3}
ask_for: [environment, impact]
exclusions: [{key: f, clause: B.5.f, name: carrier}]
calendars:
  always: {always: true}
  office: {zone: Europe/Berlin, week: {mon-thu: ["08:00-12:00", "13:00-17:00"], fri: ["08:00-14:00"], sat: ["20:00-24:00"]}, holidays: {country: DE, subdivision: BE, add: [2026-12-24], drop: []}}
plans:
  gold:
    targets:
      P1:
        notification: {target: PT15M, calendar: always}
        first_response: {target: PT1H, calendar: always}
        update: {every: PT2H, calendar: always}
        first_resolution: {target: PT4H, calendar: office}
        total_resolution: none
      P3: none
    pauses: {awaiting customer: [first_resolution, total_resolution], maintenance: [update], exclusion: [first_resolution]}
    warnings: {first_resolution: ["50%", "PT30M"]}
    response_met_by: initial
    closed_counts: true
material: {targets: any, calendars: fewer-hours}
"""


def errors(text: str) -> list[str]:
    with pytest.raises(PolicyError) as raised:
        parse_policy(text)
    return raised.value.errors


def test_everything_the_form_knows_is_read() -> None:
    policy = parse_policy(FORM)

    assert (policy.policy, policy.version) == ("sample", "7")
    assert policy.effective == datetime(2025, 12, 31, 23, tzinfo=UTC)
    assert policy.support.escalation[0].after == timedelta(minutes=15)
    assert policy.services[0].carrier_components == ("Carrier X",)
    assert policy.ranks == {"P1": 0, "P3": 1}
    assert policy.clause_of("P1") == "B.3.P1"
    assert [rule.final for rule in policy.rules] == [True, False, False, False]
    assert policy.rules[1].when == {"ongoing": (False,)}
    assert policy.calendars["always"].always
    office = policy.calendars["office"]
    assert (office.zone, office.week["mon-thu"]) == ("Europe/Berlin", ("08:00-12:00", "13:00-17:00"))
    assert office.holidays is not None
    assert office.holidays.add == (date(2026, 12, 24),)
    gold = policy.plans["gold"]
    assert gold.targets["P1"] == {
        "notification": Target(duration=timedelta(minutes=15), calendar="always"),
        "first_response": Target(duration=timedelta(hours=1), calendar="always"),
        "update": Target(duration=timedelta(hours=2), calendar="always"),
        "first_resolution": Target(duration=timedelta(hours=4), calendar="office"),
        "total_resolution": None,
    }
    assert gold.targets["P3"] == dict.fromkeys(CLOCKS)
    assert gold.pauses["maintenance"] == ("update",)
    assert gold.warnings["first_resolution"] == ("50%", "PT30M")
    assert (gold.response_met_by, gold.closed_counts) == ("initial", True)
    assert policy.material.targets == "any"


def test_the_identity_is_the_sha256_of_the_bytes() -> None:
    policy = parse_policy(FORM)

    assert policy.sha256 == hashlib.sha256(FORM.encode()).hexdigest()
    assert policy.text == FORM
    assert policy.ref.model_dump() == {"id": "sample", "version": "7", "sha256": policy.sha256}
    assert parse_policy(FORM + "\n").sha256 != policy.sha256


@pytest.mark.parametrize("name", ["plivo", "demo"])
def test_the_shipped_policies_hold(name: str) -> None:
    policy = parse_policy((POLICIES / f"{name}.yaml").read_text())

    assert [priority.key for priority in policy.priorities] == ["P1", "P2", "P3"]
    assert [rule.id for rule in policy.rules] == [
        "not-production", "other-matters", "over", "environment-unknown", "impact-unknown", "outage",
        "outage-with-workaround", "degraded", "everything-else"]
    assert [item.key for item in policy.exclusions] == ["a", "b", "c", "d", "e", "f", "g", "I", "II"]


def test_plivo_promises_only_what_was_published() -> None:
    policy = parse_policy((POLICIES / "plivo.yaml").read_text())

    promised = {
        (plan, priority, clock): target.duration
        for plan, item in policy.plans.items()
        for priority, clocks in item.targets.items()
        for clock, target in clocks.items()
        if target is not None
    }

    assert policy.support.phone is None
    assert set(policy.plans) == {"basic", "priority", "business", "personalized"}
    assert promised == {
        ("priority", "P1", "first_response"): timedelta(hours=3),
        ("business", "P1", "first_response"): timedelta(hours=1),
        ("business", "P2", "first_response"): timedelta(hours=1),
        ("personalized", "P1", "first_response"): timedelta(hours=1),
    }


FAULTS = {
    "a target cell left out": (
        ("        update: {every: PT2H, calendar: always}\n", ""),
        "plans.gold.targets.P1.update: is missing: write a target, or `none` where nothing is promised (line 21)"),
    "a priority left out": (
        ("      P3: none\n", ""), "plans.gold.targets.P3: is missing: write its clocks, or `none` (line 20)"),
    "a target that is empty": (
        ("total_resolution: none", "total_resolution:"),
        "plans.gold.targets.P1.total_resolution: is empty: write a target, or none where nothing is promised (line 26)"),
    "an unknown key": (
        ("version:", "verison:"), "verison: is no key of a policy file: remove it, or correct its spelling (line 2)"),
    "a plan's unknown key": (
        ("closed_counts: true", "closed_count: true"),
        "plans.gold.closed_count: is no key of a policy file: remove it, or correct its spelling (line 31)"),
    "a priority that is none": (
        ("      P3: none", "      P3: none\n      P9: none"),
        "plans.gold.targets.P9: is not among priorities: P1, P3 (line 28)"),
    "an unknown clock": (
        ("maintenance: [update]", "maintenance: [updates]"), "plans.gold.pauses.maintenance.0: should be 'notification', "),
    "an unknown pause": (("maintenance: [update]", "holiday: [update]"), "plans.gold.pauses.holiday.[key]: should be "),
    "an unknown calendar": (
        ("PT4H, calendar: office", "PT4H, calendar: offices"),
        "plans.gold.targets.P1.first_resolution.calendar: 'offices' is not among calendars: always, office (line 25)"),
    "a rule's clause that the document lacks": (
        ("priority: P1, clause: B.3.P1}\n", "priority: P1, clause: B.3.P2}\n"),
        "rules.2.clause: document.clauses has no 'B.3.P2': write it there (line 11)"),
    "a priority's clause": (
        ("{key: P3, clause: B.3.P3}", "{key: P3, clause: C}"),
        "priorities.1.clause: document.clauses has no 'C': write it there (line 7)"),
    "an exclusion's clause": (
        ("{key: f, clause: B.5.f", "{key: f, clause: B.5.z"),
        "exclusions.0.clause: document.clauses has no 'B.5.z': write it there (line 14)"),
    "a clause of coverage": (
        ("material:", "coverage: {term: Z}\nmaterial:"), "coverage.term: document.clauses has no 'Z': write it there"),
    "a rule's priority": (
        ("impact: [outage]}, priority: P1", "impact: [outage]}, priority: P2"),
        "rules.2.priority: 'P2' is not among priorities: P1, P3 (line 11)"),
    "a fact that is none": (
        ("{ongoing: [false]}", "{mood: [bad]}"),
        "rules.1.when.mood: is no fact: a rule may ask of environment, impact, workaround, category, ongoing, initiator"),
    "a fact's value that is none": (
        ("[staging, development]", "[staging, testing]"),
        "rules.0.when.environment: 'testing' is none of production, staging, development, unknown (line 9)"),
    "a rule below one that always holds": (
        ("- {id: over, when: {ongoing: [false]}, ", "- {id: over, "),
        "rules.1: holds always, so that those below it never decide: move it to the end (line 10)"),
    "no rule that always holds": (
        ("{id: everything-else, priority", "{id: everything-else, when: {impact: [none]}, priority"),
        "rules.3: the last rule must have no `when`, so that one always holds (line 12)"),
    "a fact that cannot be asked for": (
        ("ask_for: [environment, impact]", "ask_for: [environment, colour]"), "ask_for.1: 'colour' cannot be asked for: "),
    "two services of one key": (
        ("services: [", "services: [{key: voice, name: Talk}, "),
        "services.1.key: 'voice' is written twice: each needs its own (line 6)"),
    "two rules of one id": (
        ("{id: over,", "{id: outage,"), "rules.2.id: 'outage' is written twice: each needs its own (line 11)"),
    "a component of both": (
        ("[Carrier X]", "[Voice API]"), "services.0: 'Voice API' is a component and a carrier's: name it once (line 6)"),
    "a duration with months": (
        ("target: PT15M", "target: P1M"),
        "plans.gold.targets.P1.notification.target: must be an ISO 8601 duration in weeks to seconds, such as PT15M"),
    "a duration of nothing": (
        ("target: PT15M", "target: PT0S"), "plans.gold.targets.P1.notification.target: must be longer than nothing"),
    "a duration as a number": (
        ("target: PT15M", "target: 900"), "plans.gold.targets.P1.notification.target: must be an ISO 8601 duration"),
    "a cadence written as a target": (
        ("{every: PT2H,", "{target: PT2H,"), "plans.gold.targets.P1.update.every: is missing: write a target"),
    "a warning that is no share": (
        ('["50%"', '["half"'), "plans.gold.warnings.first_resolution.0: must be a share of the target such as"),
    "a warning at the end": (
        ('["50%"', '["100%"'), "plans.gold.warnings.first_resolution.0: must be more than 0% and less than 100%"),
    "a naive effective date": (
        ("2026-01-01T00:00:00+01:00", "2026-01-01T00:00:00"), "effective: must be a time with its zone"),
    "an effective day": (("2026-01-01T00:00:00+01:00", "2026-01-01"), "effective: must be a time with its zone"),
    "a zone that is none": (("Europe/Berlin", "Europe/Bonn"), "calendars.office.zone: 'Europe/Bonn' is no time zone"),
    "a day named twice": (("fri: [", "thu: ["), "calendars.office.week: 'thu': name each day once"),
    "a window that ends before it begins": (
        ("08:00-14:00", "14:00-08:00"), "calendars.office.week: '14:00-08:00': write windows as 08:00-12:00"),
    "windows that overlap": (
        ("13:00-17:00", "11:00-17:00"), "calendars.office.week: '11:00-17:00': write windows as 08:00-12:00"),
    "a calendar without hours": (
        ("always: {always: true}", "always: {}"), "calendars.always: has no hours: write `always: true`, or zone and week"),
    "a calendar of both kinds": (
        ("always: {always: true}", "always: {always: true, zone: UTC}"), "calendars.always: is always or has zone and week"),
    "a holiday that is no date": (("add: [2026-12-24]", "add: [xmas]"), "calendars.office.holidays.add.0: must be a date"),
    "the country that YAML takes for no": (
        ("country: DE", "country: NO"), "calendars.office.holidays.country: must be text: put it in quotes"),
    "a version that YAML takes for a number": (('version: "7"', "version: 7"), "version: must be text: put it in quotes"),
    "a key written twice": (
        ("ask_for:", "rules: []\nask_for:"), "the file is not YAML that can be read: 'rules' is written 2 times"),
    "a hash of its own": (("policy: sample", "policy: sample\nsha256: abc"), "sha256: is no key of a policy file"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_refused_with_its_field_and_what_to_do(fault: str) -> None:
    (old, new), sentence = FAULTS[fault]
    assert FORM.count(old) == 1, "the test must change one place"

    found = errors(FORM.replace(old, new))

    assert any(item.startswith(sentence) for item in found), found
    assert all(re.search(r"(line \d+\)?|column \d+)", item) for item in found), found


def test_all_faults_are_named_at_once() -> None:
    found = errors(FORM.replace("clause: B.5.f,", "clause: B.5.x,").replace("PT4H, calendar: office", "PT4H, calendar: o"))

    assert [item.split(":")[0] for item in found] == [
        "exclusions.0.clause", "plans.gold.targets.P1.first_resolution.calendar"]


@pytest.mark.parametrize("text", ["", "just words", "- a\n- b", "{: ", "a: [", "a: \x00", "a: !!python/name:os.system"])
def test_what_is_no_mapping_is_refused(text: str) -> None:
    assert len(errors(text)) == 1


def test_every_section_that_must_be_there_is_missed() -> None:
    for section in ("policy", "version", "effective", "document", "support", "services", "priorities", "rules",
                    "calendars", "plans"):
        data = {key: value for key, value in yaml.safe_load(FORM).items() if key != section}

        assert any(item.startswith(f"{section}: is missing") for item in errors(yaml.safe_dump(data))), section


def test_rules_may_ask_of_every_fact_that_an_issue_states() -> None:
    assert set(FACTS) == {"environment", "impact", "workaround", "category", "ongoing", "initiator"}
