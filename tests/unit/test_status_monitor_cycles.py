"""What restarts a clock, holds it or ends it: resolutions, updates, maintenances, exclusions, the end of a term."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.status_monitor.domain.facts import CLOCKS
from services.status_monitor.domain.subscription import on_term
from shared.events import Clock, Exclusion
from tests.support.status import Case, assigned, at, begun, opened, replied, seen, target, window


def state(case: Case, clock: str, now: float) -> tuple[str, datetime | None]:
    """Read by an internal note, which changes nothing."""
    case.act(now, message="note", internal=True)
    found: Clock = case.clock(clock)
    return found.state, found.due


def test_the_first_resolution_never_restarts_and_the_total_goes_on() -> None:
    case = begun(first_resolution=target(100), total_resolution=target(100))
    case.act(60, state="resolved")
    case.event(200, replied(200))

    assert (case.clock("first_resolution").state, case.clock("total_resolution").state) == ("met", "running")
    assert case.clock("total_resolution").due == at(240)
    assert case.entries("total_resolution") == ["activated", "met", "restarted"]
    assert [item.cause for item in case.sweep(241)] == ["breached"]


def test_where_closed_counts_the_breach_comes_with_the_reopening() -> None:
    case = Case()
    case.event(0, opened())
    case.event(0, assigned(plan="eager", total_resolution=target(100)))
    case.act(60, state="resolved")

    assert case.sweep(150) == []
    case.event(200, replied(200))

    assert [item.cause for item in case.sweep(200.1)] == ["breached"]


def test_the_update_clock_restarts_at_each_public_word() -> None:
    case = begun(update=target(60))
    case.act(50, message="first")
    case.event(100, seen(100, "in progress"))

    assert case.clock("update").due == at(160)
    assert case.said[-1].next_update_due == at(160)
    case.act(120, message="note", internal=True)
    case.act(130, message="For the record.", status="Informational")
    assert case.clock("update").due == at(160)
    assert [item.cause for item in case.sweep(161)] == ["breached"]
    case.act(170, message="late")
    assert [item.cause for item in case.sweep(231)] == ["breached"]
    assert case.entries("update").count("breached") == 2


def test_resolved_meets_the_updates_last_cycle_and_a_reopening_starts_it_again() -> None:
    case = begun(update=target(60))
    case.act(30, state="resolved", message="done")

    assert case.clock("update").state == "met"
    assert case.said[-1].next_update_due is None
    assert case.sweep(500) == []
    case.event(600, replied(600))

    assert (case.clock("update").state, case.clock("update").due) == ("running", at(660))


def test_a_maintenance_pauses_the_updates_from_its_start_to_its_end() -> None:
    case = begun(update=target(60), first_resolution=target(100))
    case.event(20, window(10))

    assert case.clock("update").state == "paused"
    assert case.clock("first_resolution").state == "running"
    case.event(45, window(10, 40))
    assert state(case, "update", 46) == ("running", at(90))


def test_a_maintenance_that_is_learned_late_corrects_the_breach_it_excuses() -> None:
    case = begun(update=target(60))
    case.sweep(61)

    said = case.event(70, window(30))

    assert [item.cause for item in said] == ["maintenance", "corrected"]
    assert [item.cause for item in case.sweep(5000)] == []


def test_an_exclusion_accepted_later_pauses_from_when_it_held() -> None:
    case = begun(first_resolution=target(100))
    accepted_ = Exclusion(clause="B.5.f", evidence="a carrier", from_=at(10), to=at(40), state="accepted")

    case.event(60, assigned(assessment=2, decided=60, exclusions=(accepted_,), first_resolution=target(100)))

    assert case.clock("first_resolution").due == at(130)


def test_closing_cancels_what_was_not_met() -> None:
    case = begun(first_response=target(60), first_resolution=target(100))

    case.event(20, replied(20, close=True))

    assert case.clock("first_response").state == "cancelled"
    assert case.clock("first_resolution").state == "cancelled"
    assert case.entries("first_response") == ["activated", "cancelled"]
    assert case.entries("first_resolution") == ["activated", "cancelled"]
    assert case.next == (None, None)


def test_nothing_is_owed_after_the_term() -> None:
    case = begun(first_response=target(60))

    case.do(10, lambda turn: on_term(turn, at(30)))

    assert [event.cause for event in case.sweep(100)] == ["out of term"]
    assert state(case, "first_response", 101)[0] == "cancelled"


def test_no_guarantee_is_no_clock() -> None:
    case = begun()

    assert {item.state for item in case.said[-1].clocks} == {"none"}
    assert [item.clock for item in case.said[-1].clocks] == list(CLOCKS)
    assert [(entry.clock, entry.kind, entry.detail) for entry in case.ledger] == [
        (clock, "activated", "no guarantee") for clock in CLOCKS
    ]
    assert case.sweep(100_000) == []


def test_facts_are_kept_where_nothing_was_promised_for_when_something_is() -> None:
    case = begun()
    case.act(5, ask=True, message="Which?")
    case.event(20, replied(20))

    case.event(30, assigned("P1", assessment=2, decided=30, first_resolution=target(60)))

    assert case.clock("first_resolution").due == at(75)
    assert case.entries("first_resolution") == ["activated", "paused", "resumed", "targeted"]


def test_what_was_done_while_nothing_was_promised_is_not_judged_later() -> None:
    case = begun()
    case.act(5, message="first")

    case.event(10, assigned("P1", assessment=2, decided=10, first_response=target(1)))

    assert case.clock("first_response").state == "none"
    assert case.entries("first_response") == ["activated", "met"]
    assert case.sweep(100) == []


def test_office_hours_are_counted_where_the_target_says_so() -> None:
    case = begun(first_resolution=target(20 * 60, "office"))

    # Monday 10:00 to 12:00 and 13:00 to 17:00 in Berlin are 6 h; Tuesday 8 h more; the last 6 on Wednesday.
    assert case.clock("first_resolution").due == at(0).replace(day=4, hour=14)


def test_an_exclusion_is_shown_on_the_clocks_that_the_plan_pauses_for_it_and_on_no_other() -> None:
    promised = {"first_resolution": target(100), "total_resolution": target(100)}
    case = begun(**promised)
    excluded = Exclusion(clause="B.5.f", evidence="a carrier", from_=at(10), to=at(40), state="accepted")

    (said,) = case.event(50, assigned(assessment=2, decided=20, exclusions=(excluded,), **promised))

    assert {clock.clock: (clock.due, clock.paused) for clock in said.clocks if clock.due is not None} == {
        "first_resolution": (at(130), timedelta(minutes=30)),
        "total_resolution": (at(100), timedelta(0)),
    }
