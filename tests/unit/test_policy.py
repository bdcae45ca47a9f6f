"""A policy file, whole: everything the form knows is read, and those that ship say only what was published."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from shared.events import Target
from shared.policy import CLOCKS, FACTS, Policy, iso, parse_policy
from shared.policy.hours import calendar_of
from tests.support.policies import FORM

POLICIES = Path(__file__).parents[2] / "deploy" / "policies"


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


def test_times_and_dates_in_quotes_are_those_without() -> None:
    quoted = FORM.replace("2026-01-01T00:00:00+01:00", '"2026-01-01T00:00:00+01:00"').replace(
        "add: [2026-12-24], drop: []", 'add: ["2026-12-24"], drop: ["2026-10-03"]'
    )

    policy = parse_policy(quoted)

    assert policy.effective == parse_policy(FORM).effective
    holidays = policy.calendars["office"].holidays
    assert holidays is not None
    assert (holidays.add, holidays.drop) == ((date(2026, 12, 24),), (date(2026, 10, 3),))


def test_the_longest_target_that_may_be_is_shown_as_it_was_written() -> None:
    policy = parse_policy(FORM.replace("target: PT15M", "target: P1096D"))

    target = policy.plans["gold"].targets["P1"]["notification"]

    assert target is not None
    assert target.duration == timedelta(days=1096)
    assert [iso(length) for length in (target.duration, timedelta(days=400, seconds=90), timedelta(0))] == [
        "P1096D",
        "P400DT1M30S",
        "PT0S",
    ]


def test_the_identity_is_the_sha256_of_the_bytes() -> None:
    policy = parse_policy(FORM)

    assert policy.sha256 == hashlib.sha256(FORM.encode()).hexdigest()
    assert policy.text == FORM
    assert policy.ref.model_dump() == {"id": "sample", "version": "7", "sha256": policy.sha256}
    assert parse_policy(FORM + "\n").sha256 != policy.sha256


@pytest.mark.parametrize(
    ("name", "exclusions"),
    [
        ("plivo", ["a", "b", "c", "d", "e", "f", "g", "I", "II"]),
        ("demo", ["a", "b", "c", "d", "e", "f", "g", "I", "II"]),
        ("twilio", []),
    ],
)
def test_the_shipped_policies_hold(name: str, exclusions: list[str]) -> None:
    policy = parse_policy((POLICIES / f"{name}.yaml").read_text())

    assert [priority.key for priority in policy.priorities] == ["P1", "P2", "P3"]
    assert [rule.id for rule in policy.rules] == [
        "not-production",
        "other-matters",
        "over",
        "environment-unknown",
        "impact-unknown",
        "outage",
        "outage-with-workaround",
        "degraded",
        "everything-else",
    ]
    assert [item.key for item in policy.exclusions] == exclusions


def test_plivo_promises_only_what_was_published() -> None:
    policy = parse_policy((POLICIES / "plivo.yaml").read_text())

    assert policy.support.phone is None
    assert set(policy.plans) == {"basic", "priority", "business", "personalized"}
    assert promised(policy) == {
        ("priority", "P1", "first_response"): (3, "always"),
        ("business", "P1", "first_response"): (1, "always"),
        ("business", "P2", "first_response"): (1, "always"),
        ("personalized", "P1", "first_response"): (1, "always"),
    }


def test_twilio_promises_only_what_was_published_in_business_hours_and_round_the_clock() -> None:
    policy = parse_policy((POLICIES / "twilio.yaml").read_text())

    assert policy.support.phone is None
    assert promised(policy) == {
        ("production", "P1", "first_response"): (3, "business"),
        ("production", "P2", "first_response"): (6, "business"),
        ("production", "P3", "first_response"): (9, "business"),
        ("business", "P1", "first_response"): (1, "always"),
        ("business", "P2", "first_response"): (2, "business"),
        ("business", "P3", "first_response"): (3, "business"),
        ("personalized", "P1", "first_response"): (1, "always"),
        ("personalized", "P2", "first_response"): (2, "business"),
        ("personalized", "P3", "first_response"): (3, "business"),
    }
    friday_evening = datetime(2026, 11, 6, 17, tzinfo=ZoneInfo("America/Los_Angeles")).astimezone(UTC)
    opens = calendar_of(policy.calendars["business"]).windows(friday_evening)
    assert next(opens) == (friday_evening, datetime(2026, 11, 7, 2, tzinfo=UTC))
    assert next(opens) == (datetime(2026, 11, 9, 14, tzinfo=UTC), datetime(2026, 11, 10, 2, tzinfo=UTC))


def promised(policy: Policy) -> dict[tuple[str, str, str], tuple[float, str]]:
    """Hours and calendar of every cell that is not `none`."""
    return {
        (plan, priority, clock): (target.duration / timedelta(hours=1), target.calendar)
        for plan, item in policy.plans.items()
        for priority, clocks in item.targets.items()
        for clock, target in clocks.items()
        if target is not None
    }


def test_rules_may_ask_of_every_fact_that_an_issue_states() -> None:
    assert set(FACTS) == {"environment", "impact", "workaround", "category", "ongoing", "initiator"}
