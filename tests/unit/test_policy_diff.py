"""Two versions compared cell by cell: each kind of change, its verdict, whether it is material, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shared.policy import CLOCKS
from shared.policy.amend import Change, diff
from tests.support.amended import CALENDARS, GOLD, NONE, RULES, plan, target, version

V1 = version("1")


def changed(**parts: Any) -> list[Change]:
    """What is not equal between the usual version and one with other parts."""
    return [change for change in diff(V1, version("2", **parts)).changes if change.verdict != "equal"]


def only(**parts: Any) -> Change:
    (change,) = changed(**parts)
    return change


def gold(clock: str, cell: Any, priority: str = "P1", **terms: Any) -> dict[str, Any]:
    """The plan with another cell."""
    targets = GOLD["targets"] | {priority: GOLD["targets"][priority] | {clock: cell}}
    return {"gold": GOLD | {"targets": targets} | terms}


def test_every_cell_of_a_version_compared_with_itself_is_equal() -> None:
    found = diff(V1, version("2"))

    promises = [change.where for change in found.changes if change.kind == "promise"]
    assert promises == [
        {"plan": "gold", "priority": priority, "clock": clock} for priority in ("P1", "P2", "P3") for clock in CLOCKS
    ]
    assert [change.where for change in found.changes if change.kind == "exclusion"] == [{"clause": "B.5.f"}]
    assert [change.where for change in found.changes if change.kind == "outcome"] == [
        {"before": rule, "after": rule} for rule in ("outage", "degraded", "rest", "staging")
    ]
    assert found.summary == {"better": 0, "equal": 20, "worse": 0, "incomparable": 0, "material": 0}


PROMISES: dict[str, tuple[dict[str, Any], tuple[str, bool, str]]] = {
    "a longer target": (
        gold("first_response", target("PT4H")),
        ("worse", True, "longer target: PT4H instead of PT1H"),
    ),
    "a shorter target": (
        gold("first_response", target("PT30M")),
        ("better", False, "shorter target: PT30M instead of PT1H"),
    ),
    "another cadence": (
        gold("update", target("PT3H", key="every")),
        ("worse", True, "longer target: PT3H instead of PT2H"),
    ),
    "a promise that is gone": (
        gold("total_resolution", "none"),
        ("worse", True, "the promise is gone: none instead of PT8H on always"),
    ),
    "a new promise": (
        gold("notification", target("PT15M")),
        ("better", False, "PT15M on always where nothing was promised"),
    ),
    "fewer hours": (
        gold("first_response", target("PT1H", "office")),
        (
            "worse",
            True,
            "a calendar with fewer hours: 45 h a week (Europe/Berlin) instead of round the clock; "
            "without Thu 2026-01-01 00:00-08:00 Europe/Berlin",
        ),
    ),
    "more hours": (
        gold("first_response", target("PT4H"), "P2"),
        (
            "better",
            False,
            "a calendar with more hours: round the clock instead of 45 h a week (Europe/Berlin); "
            "with Thu 2026-01-01 00:00-08:00 Europe/Berlin",
        ),
    ),
    "a shorter target on fewer hours": (
        gold("first_response", target("PT30M", "office")),
        (
            "incomparable",
            True,
            "shorter target: PT30M instead of PT1H; a calendar with fewer hours: 45 h a week (Europe/Berlin) instead "
            "of round the clock; without Thu 2026-01-01 00:00-08:00 Europe/Berlin",
        ),
    ),
    "one pause more": (
        {"gold": GOLD | {"pauses": {"awaiting customer": ["total_resolution"], "maintenance": ["update"]}}},
        ("worse", True, "paused also while: maintenance"),
    ),
    "one pause fewer": (
        {"gold": GOLD | {"pauses": {}}},
        ("better", False, "no longer paused while: awaiting customer"),
    ),
}


@pytest.mark.parametrize("name", PROMISES)
def test_a_changed_promise_is_judged_with_its_reason(name: str) -> None:
    plans, (verdict, material, reason) = PROMISES[name]

    change = only(plans=plans)

    assert change.kind == "promise"
    assert (change.verdict, change.material, change.reason) == (verdict, material, reason)


def test_warnings_are_material_only_where_any_degradation_is() -> None:
    fewer = {"gold": GOLD | {"warnings": {}}}
    longer, any_ = (
        [
            change
            for place in ("P1", "P2")
            for change in diff(
                version("1", material={"targets": rule}), version("2", plans=fewer, material={"targets": rule})
            ).changes
            if change.where == {"plan": "gold", "priority": place, "clock": "first_response"}
        ]
        for rule in ("longer", "any")
    )

    assert [(c.verdict, c.material, c.reason) for c in longer] == [("worse", False, "no longer warned at: 75%")] * 2
    assert [(c.verdict, c.material, c.reason) for c in any_] == [("worse", True, "no longer warned at: 75%")] * 2


def test_what_meets_the_response_counts_where_a_response_is_promised() -> None:
    found = changed(plans={"gold": GOLD | {"response_met_by": "initial"}})

    assert [change.where["priority"] for change in found] == ["P1", "P2"]
    assert {change.where["clock"] for change in found} == {"first_response"}
    assert {(change.verdict, change.material) for change in found} == {("worse", True)}
    assert found[0].reason == ("an automatic notification meets it, where a person's answer was promised")


def test_time_in_resolved_that_counts_no_more_makes_total_resolution_worse() -> None:
    counts = version("1", plans={"gold": GOLD | {"closed_counts": True}})

    (worse,) = [change for change in diff(counts, V1).changes if change.verdict != "equal"]
    (better,) = [change for change in diff(V1, counts).changes if change.verdict != "equal"]

    assert worse.where == {"plan": "gold", "priority": "P1", "clock": "total_resolution"}
    assert (worse.verdict, worse.material) == ("worse", True)
    assert (better.verdict, better.material) == ("better", False)


def test_a_plan_that_is_gone_takes_its_promises_with_it_and_a_new_one_brings_some() -> None:
    found = changed(plans={"silver": plan(p1={"first_response": target("PT2H")})})

    assert [(c.where["plan"], c.where["priority"], c.where["clock"], c.verdict, c.material) for c in found] == [
        ("gold", "P1", "first_response", "worse", True),
        ("gold", "P1", "update", "worse", True),
        ("gold", "P1", "total_resolution", "worse", True),
        ("gold", "P2", "first_response", "worse", True),
        ("silver", "P1", "first_response", "better", False),
    ]
    assert found[0].reason == "the plan gold is gone: none instead of PT1H on always"


def test_exclusions_are_known_by_their_clause_and_their_words() -> None:
    more = only(exclusions={"f": "carriers", "g": "third parties"})
    fewer = only(exclusions={})
    other = only(exclusions={"f": "carriers and everybody else"})

    assert (more.where, more.verdict, more.material) == ({"clause": "B.5.g"}, "worse", True)
    assert more.reason == "excluded where it was not"
    assert (fewer.where, fewer.verdict, fewer.material) == ({"clause": "B.5.f"}, "better", False)
    assert (other.verdict, other.material) == ("incomparable", True)
    assert other.reason == "its words differ: a person has to judge them"


def test_rules_are_compared_by_what_they_decide_over_all_combinations_of_facts() -> None:
    narrower = [RULES[0], RULES[1] | {"when": {"impact": ["outage"], "workaround": ["none"]}}, *RULES[2:]]

    change = only(rules=narrower)

    assert (change.kind, change.where) == ("outcome", {"before": "outage", "after": "rest"})
    assert (change.before, change.after, change.verdict, change.material) == ("P1", "P3", "worse", True)
    assert change.facts == {
        "environment": ("production", "development", "unknown"),
        "impact": ("outage",),
        "workaround": ("available", "unknown"),
    }
    assert change.combinations == 6
    assert change.reason.startswith("less urgent: P3 instead of P1; first response of gold: the promise is gone")


def test_rules_that_decide_the_same_in_other_words_are_equal() -> None:
    renamed = [{**rule, "id": f"my-{rule['id']}"} for rule in (RULES[0], RULES[2], RULES[1], RULES[3])]

    found = diff(V1, version("2", rules=renamed))

    assert found.summary["equal"] == 20


def test_a_more_urgent_priority_that_promises_less_is_no_improvement() -> None:
    urgent = [{"key": "P0", "clause": "B.3.P1"}, *({"key": key, "clause": f"B.3.{key}"} for key in ("P1", "P2", "P3"))]
    rules = [RULES[0], RULES[1] | {"priority": "P0"}, *RULES[2:]]
    slower = GOLD | {"targets": GOLD["targets"] | {"P0": NONE | {"first_response": target("PT2H")}}}

    (outcome,) = [
        change for change in changed(priorities=urgent, rules=rules, plans={"gold": slower}) if change.kind == "outcome"
    ]

    assert (outcome.before, outcome.after, outcome.verdict, outcome.material) == ("P1", "P0", "incomparable", True)


def test_that_no_agent_may_lift_a_priority_any_more_is_worse() -> None:
    final = [*RULES[:3], RULES[3] | {"final": True}]

    change = only(rules=final)

    assert (change.where, change.verdict, change.material) == ({"before": "rest", "after": "rest"}, "worse", False)
    assert change.reason == "no agent may lift it any more"


HOURS: dict[str, tuple[Any, str, str]] = {
    "the same hours in other words": (
        {"zone": "Europe/Berlin", "week": {"mon-thu": ["08:00-12:00", "12:00-17:00"], "fri": ["08:00-17:00"]}},
        "equal",
        "the same",
    ),
    "a longer day": (
        {"zone": "Europe/Berlin", "week": {"mon-fri": ["08:00-18:00"]}},
        "better",
        "a calendar with more hours: 50 h a week (Europe/Berlin) instead of 45 h a week (Europe/Berlin); "
        "with Thu 2026-01-01 17:00-18:00 Europe/Berlin",
    ),
    "as many hours later in the day": (
        {"zone": "Europe/Berlin", "week": {"mon-fri": ["09:00-18:00"]}},
        "incomparable",
        "a calendar with other hours: 45 h a week (Europe/Berlin) instead of 45 h a week (Europe/Berlin); "
        "without Thu 2026-01-01 08:00-09:00 Europe/Berlin, with Thu 2026-01-01 17:00-18:00 Europe/Berlin",
    ),
    "a holiday": (
        {"zone": "Europe/Berlin", "week": {"mon-fri": ["08:00-17:00"]}, "holidays": {"add": [date(2033, 5, 2)]}},
        "worse",
        "a calendar with fewer hours: 45 h a week (Europe/Berlin) less holidays instead of 45 h a week "
        "(Europe/Berlin); without Mon 2033-05-02 08:00-17:00 Europe/Berlin",
    ),
    "the holidays of a country": (
        {"zone": "Europe/Berlin", "week": {"mon-fri": ["08:00-17:00"]}, "holidays": {"country": "DE"}},
        "worse",
        "a calendar with fewer hours: 45 h a week (Europe/Berlin) less holidays instead of 45 h a week "
        "(Europe/Berlin); without Thu 2026-01-01 08:00-17:00 Europe/Berlin",
    ),
    "another zone with the same clock": (
        {"zone": "Europe/Paris", "week": {"mon-fri": ["08:00-17:00"]}},
        "equal",
        "the same",
    ),
    "another zone": (
        {"zone": "Europe/London", "week": {"mon-fri": ["08:00-17:00"]}},
        "incomparable",
        "a calendar with other hours: 45 h a week (Europe/London) instead of 45 h a week (Europe/Berlin); "
        "without Thu 2026-01-01 07:00-08:00 UTC, with Thu 2026-01-01 16:00-17:00 UTC",
    ),
    "a zone whose hours hold the others": (
        {"zone": "Europe/London", "week": {"mon-fri": ["07:00-16:00"]}},
        "equal",
        "the same",
    ),
    "all hours of all days, written as a week": (
        {"zone": "Europe/Berlin", "week": {"mon-sun": ["00:00-24:00"]}},
        "better",
        "a calendar with more hours: 168 h a week (Europe/Berlin) instead of 45 h a week (Europe/Berlin); "
        "with Thu 2026-01-01 00:00-08:00 Europe/Berlin",
    ),
}


@pytest.mark.parametrize("name", HOURS)
def test_calendars_are_compared_by_the_hours_they_hold(name: str) -> None:
    office, verdict, reason = HOURS[name]

    found = {
        (change.verdict, change.reason)
        for change in diff(V1, version("2", calendars=CALENDARS | {"office": office})).changes
        if change.where == {"plan": "gold", "priority": "P2", "clock": "first_response"}
    }

    assert found == {(verdict, reason)}


def test_a_week_without_a_gap_is_as_good_as_always() -> None:
    whole = {"zone": "Pacific/Chatham", "week": {"mon-sun": ["00:00-24:00"]}}
    v1 = version("1", plans={"gold": plan(p1={"update": target("PT1H", key="every")})})
    v2 = version(
        "2",
        calendars={"whole": whole},
        plans={"gold": plan(p1={"update": target("PT1H", "whole", key="every")})},
    )

    assert diff(v1, v2).summary["equal"] == 20
