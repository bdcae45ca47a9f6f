"""A policy file that does not hold is refused, with the field, the line and what to do."""
# ruff: noqa: E501 (the table of faults is read by line)

from __future__ import annotations

import re

import pytest
import yaml

from shared.policy import PolicyError, parse_policy
from tests.support.policies import FORM


def errors(text: str) -> list[str]:
    with pytest.raises(PolicyError) as raised:
        parse_policy(text)
    return raised.value.errors


FAULTS = {
    "a target cell left out": (
        ("        update: {every: PT2H, calendar: always}\n", ""),
        "plans.gold.targets.P1.update: is missing: write a target, or `none` where nothing is promised (line 21)",
    ),
    "a priority left out": (
        ("      P3: none\n", ""),
        "plans.gold.targets.P3: is missing: write its clocks, or `none` (line 20)",
    ),
    "a target that is empty": (
        ("total_resolution: none", "total_resolution:"),
        "plans.gold.targets.P1.total_resolution: is empty: write a target, or none where nothing is promised (line 26)",
    ),
    "an unknown key": (
        ("version:", "verison:"),
        "verison: is no key of a policy file: remove it, or correct its spelling (line 2)",
    ),
    "a plan's unknown key": (
        ("closed_counts: true", "closed_count: true"),
        "plans.gold.closed_count: is no key of a policy file: remove it, or correct its spelling (line 31)",
    ),
    "a priority that is none": (
        ("      P3: none", "      P3: none\n      P9: none"),
        "plans.gold.targets.P9: is not among priorities: P1, P3 (line 28)",
    ),
    "an unknown clock": (
        ("maintenance: [update]", "maintenance: [updates]"),
        "plans.gold.pauses.maintenance.0: should be 'notification', ",
    ),
    "an unknown pause": (("maintenance: [update]", "holiday: [update]"), "plans.gold.pauses.holiday.[key]: should be "),
    "an unknown calendar": (
        ("PT4H, calendar: office", "PT4H, calendar: offices"),
        "plans.gold.targets.P1.first_resolution.calendar: 'offices' is not among calendars: always, office (line 25)",
    ),
    "a rule's clause that the document lacks": (
        ("priority: P1, clause: B.3.P1}\n", "priority: P1, clause: B.3.P2}\n"),
        "rules.2.clause: document.clauses has no 'B.3.P2': write it there (line 11)",
    ),
    "a priority's clause": (
        ("{key: P3, clause: B.3.P3}", "{key: P3, clause: C}"),
        "priorities.1.clause: document.clauses has no 'C': write it there (line 7)",
    ),
    "an exclusion's clause": (
        ("{key: f, clause: B.5.f", "{key: f, clause: B.5.z"),
        "exclusions.0.clause: document.clauses has no 'B.5.z': write it there (line 14)",
    ),
    "a clause of coverage": (
        ("material:", "coverage: {term: Z}\nmaterial:"),
        "coverage.term: document.clauses has no 'Z': write it there",
    ),
    "a rule's priority": (
        ("impact: [outage]}, priority: P1", "impact: [outage]}, priority: P2"),
        "rules.2.priority: 'P2' is not among priorities: P1, P3 (line 11)",
    ),
    "a fact that is none": (
        ("{ongoing: [false]}", "{mood: [bad]}"),
        "rules.1.when.mood: is no fact: a rule may ask of environment, impact, workaround, category, ongoing, initiator",
    ),
    "a fact's value that is none": (
        ("[staging, development]", "[staging, testing]"),
        "rules.0.when.environment: 'testing' is none of production, staging, development, unknown (line 9)",
    ),
    "a rule below one that always holds": (
        ("- {id: over, when: {ongoing: [false]}, ", "- {id: over, "),
        "rules.1: holds always, so that those below it never decide: move it to the end (line 10)",
    ),
    "no rule that always holds": (
        ("{id: everything-else, priority", "{id: everything-else, when: {impact: [none]}, priority"),
        "rules.3: the last rule must have no `when`, so that one always holds (line 12)",
    ),
    "a fact that cannot be asked for": (
        ("ask_for: [environment, impact]", "ask_for: [environment, colour]"),
        "ask_for.1: 'colour' cannot be asked for: ",
    ),
    "two services of one key": (
        ("services: [", "services: [{key: voice, name: Talk}, "),
        "services.1.key: 'voice' is written twice: each needs its own (line 6)",
    ),
    "two rules of one id": (
        ("{id: over,", "{id: outage,"),
        "rules.2.id: 'outage' is written twice: each needs its own (line 11)",
    ),
    "a component of both": (
        ("[Carrier X]", "[Voice API]"),
        "services.0: 'Voice API' is a component and a carrier's: name it once (line 6)",
    ),
    "a duration with months": (
        ("target: PT15M", "target: P1M"),
        "plans.gold.targets.P1.notification.target: must be an ISO 8601 duration in weeks to seconds, such as PT15M",
    ),
    "a duration of nothing": (
        ("target: PT15M", "target: PT0S"),
        "plans.gold.targets.P1.notification.target: must be longer than nothing",
    ),
    "a target longer than any may be": (
        ("target: PT15M", "target: P1096DT1S"),
        "plans.gold.targets.P1.notification.target: must not be longer than P1096D (line 22)",
    ),
    "a target longer than Python counts": (
        ("target: PT15M", "target: P9999999999W"),
        "plans.gold.targets.P1.notification.target: must not be longer than P1096D (line 22)",
    ),
    "a cadence longer than any float": (
        ("every: PT2H", "every: PT" + "9" * 400 + "H"),
        "plans.gold.targets.P1.update.every: must not be longer than P1096D (line 24)",
    ),
    "a warning longer before than any target": (
        ('"PT30M"', '"P3000000D"'),
        "plans.gold.warnings.first_resolution.1: must not be longer than P1096D (line 29)",
    ),
    "a step of escalation after longer than any may be": (
        ("{after: PT15M", "{after: P3000000D"),
        "support.escalation.0.after: must not be longer than P1096D (line 5)",
    ),
    "a duration in other digits": (
        ("target: PT15M", "target: PT١٥M"),
        "plans.gold.targets.P1.notification.target: must be an ISO 8601 duration",
    ),
    "a share in other digits": (
        ('["50%"', '["٥٠%"'),
        "plans.gold.warnings.first_resolution.0: must be a share of the target such as",
    ),
    "a window in other digits": (
        ("08:00-14:00", "0٨:00-14:00"),
        "calendars.office.week: '0٨:00-14:00': write windows as 08:00-12:00",
    ),
    "a duration as a number": (
        ("target: PT15M", "target: 900"),
        "plans.gold.targets.P1.notification.target: must be an ISO 8601 duration",
    ),
    "a cadence written as a target": (
        ("{every: PT2H,", "{target: PT2H,"),
        "plans.gold.targets.P1.update.every: is missing: write a target",
    ),
    "a warning that is no share": (
        ('["50%"', '["half"'),
        "plans.gold.warnings.first_resolution.0: must be a share of the target such as",
    ),
    "a warning at the end": (
        ('["50%"', '["100%"'),
        "plans.gold.warnings.first_resolution.0: must be more than 0% and less than 100%",
    ),
    "a naive effective date": (
        ("2026-01-01T00:00:00+01:00", "2026-01-01T00:00:00"),
        "effective: must be a time with its zone",
    ),
    "a naive effective date in quotes": (
        ("2026-01-01T00:00:00+01:00", '"2026-01-01T00:00:00"'),
        "effective: must be a time with its zone, such as 2024-12-20T00:00:00Z (line 3)",
    ),
    "an effective date in quotes with an offset and no time": (
        ("2026-01-01T00:00:00+01:00", '"2026-01-01+01:00"'),
        "effective: must be a time with its zone",
    ),
    "an effective date after the last year": (
        ("2026-01-01T00:00:00+01:00", "9999-12-31T23:59:59-05:00"),
        "effective: must be in the years 1900 to 2999 (line 3)",
    ),
    "an effective date before the first year": (
        ("2026-01-01T00:00:00+01:00", "0001-01-01T00:00:00+05:00"),
        "effective: must be in the years 1900 to 2999 (line 3)",
    ),
    "an effective day": (("2026-01-01T00:00:00+01:00", "2026-01-01"), "effective: must be a time with its zone"),
    "a zone that is none": (("Europe/Berlin", "Europe/Bonn"), "calendars.office.zone: 'Europe/Bonn' is no time zone"),
    "the zone of whichever machine reads it": (
        ("Europe/Berlin", "localtime"),
        "calendars.office.zone: 'localtime' is no time zone: write an IANA name, such as Europe/Berlin (line 17)",
    ),
    "the machine's rules": (("Europe/Berlin", "posixrules"), "calendars.office.zone: 'posixrules' is no time zone"),
    "the zone that stands for none": (("Europe/Berlin", "Factory"), "calendars.office.zone: 'Factory' is no time zone"),
    "a zone that counts leap seconds": (
        ("Europe/Berlin", "right/Europe/Berlin"),
        "calendars.office.zone: 'right/Europe/Berlin' is no time zone",
    ),
    "a day named twice": (("fri: [", "thu: ["), "calendars.office.week: 'thu': name each day once"),
    "a window that ends before it begins": (
        ("08:00-14:00", "14:00-08:00"),
        "calendars.office.week: '14:00-08:00': write windows as 08:00-12:00",
    ),
    "windows that overlap": (
        ("13:00-17:00", "11:00-17:00"),
        "calendars.office.week: '11:00-17:00': write windows as 08:00-12:00",
    ),
    "a calendar without hours": (
        ("always: {always: true}", "always: {}"),
        "calendars.always: has no hours: write `always: true`, or zone and week",
    ),
    "a calendar of both kinds": (
        ("always: {always: true}", "always: {always: true, zone: UTC}"),
        "calendars.always: is always or has zone and week",
    ),
    "a holiday that is no date": (
        ("add: [2026-12-24]", "add: [xmas]"),
        "calendars.office.holidays.add.0: must be a date",
    ),
    "a holiday in quotes that the calendar does not have": (
        ("add: [2026-12-24]", 'add: ["2026-12-34"]'),
        "calendars.office.holidays.add.0: '2026-12-34' is no date: day is out of range for month (line 17)",
    ),
    "a holiday in another form": (
        ("add: [2026-12-24]", 'add: ["24.12.2026"]'),
        "calendars.office.holidays.add.0: must be a date, such as 2026-12-24 (line 17)",
    ),
    "a holiday after the last year": (
        ("add: [2026-12-24]", "add: [9999-12-31]"),
        "calendars.office.holidays.add.0: must be in the years 1900 to 2999 (line 17)",
    ),
    "the country that YAML takes for no": (
        ("country: DE", "country: NO"),
        "calendars.office.holidays.country: must be text: put it in quotes",
    ),
    "a version that YAML takes for a number": (
        ('version: "7"', "version: 7"),
        "version: must be text: put it in quotes",
    ),
    "a key written twice": (
        ("ask_for:", "rules: []\nask_for:"),
        "the file: is not YAML that can be read: 'rules' is written 2 times (line 13)",
    ),
    "a key longer than events can name": (
        ("{id: over,", "{id: " + "o" * 201 + ","),
        "rules.1.id: is longer than 200 characters (line 10)",
    ),
    "U+0000, which YAML can write": (
        ("A: plans", 'A: "pl\\0ans"'),
        "document.clauses.A: contains U+0000, which no field of an event may hold (line 4)",
    ),
    "a value where a list belongs": (
        ("{environment: [staging, development]}", "{environment: staging}"),
        "rules.0.when.environment: must be a list: write [one, two] (line 9)",
    ),
    "a list where a mapping belongs": (
        ("always: {always: true}", "always: [round, the, clock]"),
        "calendars.always: must be a mapping of keys to values (line 16)",
    ),
    "a target without its calendar": (
        ("first_response: {target: PT1H, calendar: always}", "first_response: PT1H"),
        "plans.gold.targets.P1.first_response: must be a target such as {target: PT1H, calendar: ...} (update: every), or `none` (line 23)",
    ),
    "a priority's targets as a number": (
        ("      P3: none\n", "      P3: 5\n"),
        "plans.gold.targets.P3: must be a target such as {target: PT1H, calendar: ...} (update: every), or `none` (line 27)",
    ),
    "a plan without targets": (
        ("plans:\n", "plans:\n  silver: {}\n"),
        "plans.silver.targets: is missing: write it (line 19)",
    ),
    "a switch that is neither on nor off": (
        ("final: true", "final: perhaps"),
        "rules.0.final: must be true or false (line 9)",
    ),
    "an empty list": (
        ("priorities: [{key: P1, clause: B.3.P1}, {key: P3, clause: B.3.P3}]", "priorities: []"),
        "priorities: is an empty list: at least one is needed (line 7)",
    ),
    "an empty text": (
        ("documentation: https://docs.example", 'documentation: ""'),
        "support.documentation: is empty: write it (line 5)",
    ),
    "a country in words": (
        ("country: DE", "country: Germany"),
        'calendars.office.holidays.country: must be two capital letters, such as "DE" (line 17)',
    ),
    "a word that only some keys know": (
        ("response_met_by: initial", "response_met_by: robot"),
        "plans.gold.response_met_by: should be 'person' or 'initial' (line 30)",
    ),
    "an escalation without a length": (
        ("{after: PT15M", "{after: soon"),
        "support.escalation.0.after: must be an ISO 8601 duration in weeks to seconds, such as PT15M (line 5)",
    ),
    "a key that YAML takes for a date": (
        ("policy: sample", "policy: sample\n2026-01-01: x"),
        "datetime.date(2026, 1, 1): has a key that is no text: put it in quotes (line 1)",
    ),
    "a day that the calendar does not have": (
        ("add: [2026-12-24]", "add: [2026-12-34]"),
        "the file: is not YAML that can be read: '2026-12-34' is no date: day is out of range for month (line 17)",
    ),
    "a tab": (
        ("policy: sample", "policy: sample\n\tx: 1"),
        "the file: is not YAML that can be read: found character",
    ),
    "a hash of its own": (("policy: sample", "policy: sample\nsha256: abc"), "sha256: is no key of a policy file"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_refused_with_its_field_and_what_to_do(fault: str) -> None:
    (old, new), sentence = FAULTS[fault]
    assert FORM.count(old) == 1, "the test must change one place"

    found = errors(FORM.replace(old, new))

    assert any(item.startswith(sentence) for item in found), found
    assert all(re.search(r"\(line \d+\)$", item) for item in found), found


def test_all_faults_are_named_at_once() -> None:
    found = errors(
        FORM.replace("clause: B.5.f,", "clause: B.5.x,").replace("PT4H, calendar: office", "PT4H, calendar: o")
    )

    assert [item.split(":")[0] for item in found] == [
        "exclusions.0.clause",
        "plans.gold.targets.P1.first_resolution.calendar",
    ]


@pytest.mark.parametrize("text", ["", "just words", "- a\n- b", "{: ", "a: [", "a: \x00", "a: !!python/name:os.system"])
def test_what_is_no_mapping_is_refused(text: str) -> None:
    assert len(errors(text)) == 1


def test_every_section_that_must_be_there_is_missed() -> None:
    for section in (
        "policy",
        "version",
        "effective",
        "document",
        "support",
        "services",
        "priorities",
        "rules",
        "calendars",
        "plans",
    ):
        data = {key: value for key, value in yaml.safe_load(FORM).items() if key != section}

        assert any(item.startswith(f"{section}: is missing") for item in errors(yaml.safe_dump(data))), section
