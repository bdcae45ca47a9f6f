"""Clocks of a ticket that an agent had planned anew, to another plan under another version of the policy."""

from __future__ import annotations

from datetime import timedelta

from shared.events import StatusChanged, Target
from shared.policy import CLOCKS, Policy
from tests.support.amended import plan, target, version
from tests.support.status import Case, Known, assigned, at, opened, replied

TERMS = {"pauses": {"awaiting customer": ["first_resolution"]}, "warnings": {"first_resolution": ["50%", "75%"]}}
V1 = version("1", plans={"gold": plan(p1={"first_resolution": target("PT8H")}, **TERMS)})
V2 = version("2", plans={"silver": plan(p1={"first_resolution": target("PT2H")}, **TERMS)})


def follows(policy: Policy, name: str, hours: int, assessment: int = 1, minutes: float = 0) -> object:
    """triage's word that the ticket follows this plan of this version."""
    promised = Target(duration=timedelta(hours=hours), calendar="always")
    return assigned(assessment=assessment, decided=minutes).model_copy(
        update={
            "policy": policy.ref,
            "plan": name,
            "targets": dict.fromkeys(CLOCKS) | {"first_resolution": promised},
        }
    )


def asked_for_half_an_hour() -> Case:
    """Opened at 0 with eight hours; the customer is waited for from minute 30 to 60."""
    case = Case(known=Known((V1, V2)))
    case.event(0, opened())
    case.event(0, follows(V1, "gold", 8))
    case.act(30, ask=True, message="Since when?")
    case.event(60, replied(60, body="Since nine."))
    return case


def causes(said: list[StatusChanged]) -> list[str]:
    return [item.cause for item in said]


def test_clocks_are_planned_from_the_original_start_with_the_pauses_kept() -> None:
    case = asked_for_half_an_hour()

    said = case.event(70, follows(V2, "silver", 2, 2, 70))

    clock = case.clock("first_resolution")
    assert [(item.cause, item.status) for item in said] == [("re-planned", None)]
    assert (clock.state, clock.due, clock.paused) == ("running", at(150), timedelta(minutes=30))
    assert case.entries("first_resolution") == ["activated", "paused", "resumed", "targeted"]


def test_what_is_late_by_then_is_one_breach_late_on_re_plan_and_no_past_warning_is_given() -> None:
    case = asked_for_half_an_hour()

    case.event(180, follows(V2, "silver", 2, 2, 180))
    said = [*case.sweep(181), *case.sweep(240), *case.event(250, follows(V2, "silver", 2, 3, 250)), *case.sweep(500)]

    assert causes(said) == ["breached"]
    assert said[0].message == "The first resolution is breached: due 2026-03-02T11:30:00+00:00, late on re-plan."
    assert case.entries("first_resolution") == ["activated", "paused", "resumed", "targeted", "breached"]


def test_a_breach_stays_when_the_ticket_is_planned_anew_to_a_longer_target() -> None:
    case = Case(known=Known((V1, V2)))
    case.event(0, opened())
    case.event(0, follows(V2, "silver", 2))
    case.sweep(121)

    case.event(130, follows(V1, "gold", 8, 2, 130))

    assert case.clock("first_resolution").state == "running"
    assert case.entries("first_resolution").count("breached") == 1
    assert "corrected" not in case.entries("first_resolution")


def test_a_clock_that_is_met_keeps_its_verdict_and_a_closed_ticket_its_silence() -> None:
    case = asked_for_half_an_hour()
    case.act(140, state="resolved", message="Done")

    said = case.event(400, follows(V2, "silver", 2, 2, 400))
    case.sweep(401)
    closed = case.event(500, replied(500, close=True))
    after = case.event(600, follows(V1, "gold", 8, 3, 600))

    assert causes(said) == ["re-planned"]
    assert said[0].clocks[CLOCKS.index("first_resolution")].due == at(510)
    assert case.clock("first_resolution").state == "met"
    assert closed[-1].state_to == "closed"
    assert after == []
