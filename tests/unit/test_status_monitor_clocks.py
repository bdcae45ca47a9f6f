"""status-monitor's clocks: what starts, stops and pauses them, what comes due, and what a late fact disproves."""

from __future__ import annotations

from datetime import datetime, timedelta

from shared.events import Clock, Missing
from tests.support.status import Case, accepted, assigned, at, begun, opened, replied, seen, target

MINUTE = timedelta(minutes=1)


def state(case: Case, clock: str, now: float) -> tuple[str, datetime | None]:
    """Read by an internal note, which changes nothing."""
    case.act(now, message="note", internal=True)
    found: Clock = case.clock(clock)
    return found.state, found.due


def test_the_first_acceptance_meets_the_notification_clock_and_says_nothing() -> None:
    case = begun(notification=target(15))

    assert case.event(11, accepted(10)) == []
    assert case.event(13, accepted(12, "Update")) == []

    assert state(case, "notification", 30) == ("met", at(15))
    assert case.ticket.facts is not None
    assert case.ticket.facts.notified == at(10)


def test_a_delivery_that_was_given_up_meets_nothing() -> None:
    case = begun(notification=target(15))

    case.event(11, accepted(10, outcome="failed"))

    assert state(case, "notification", 12) == ("running", at(15))


def test_a_breach_is_said_once_and_not_before_its_time() -> None:
    case = begun(notification=target(15))

    assert case.next == (at(15), None)
    assert case.sweep(15) == []
    (said,) = case.sweep(15.01)

    assert (said.cause, said.status, said.audience) == ("breached", None, "internal")
    assert said.message == "The notification is breached: due 2026-03-02T09:15:00+00:00."
    assert case.sweep(60) == []
    assert set(case.next) == {None}


def test_a_notification_that_waits_in_its_topic_is_not_a_breach() -> None:
    case = begun(notification=target(15))

    assert case.sweep(20, notified=14) == []
    case.event(21, accepted(12))
    assert case.sweep(30) == []


def test_an_acceptance_that_comes_late_corrects_the_breach() -> None:
    case = begun(notification=target(15))
    case.sweep(16)

    (said,) = case.event(20, accepted(14))

    assert (said.cause, said.audience, said.status) == ("corrected", "internal", None)
    assert case.entries("notification") == ["activated", "breached", "met", "corrected"]
    assert case.sweep(60) == []


def test_an_acceptance_after_the_due_time_leaves_the_breach_as_it_is() -> None:
    case = begun(notification=target(15))
    case.sweep(16)

    assert case.event(20, accepted(18)) == []
    assert state(case, "notification", 21) == ("late", at(15))


def test_an_act_at_the_due_instant_is_in_time() -> None:
    case = begun(first_response=target(60))

    case.act(60, message="We look into it.")

    assert case.clock("first_response").state == "met"
    assert case.sweep(61) == []


def test_an_internal_note_a_page_or_a_change_without_words_is_no_response() -> None:
    case = begun(first_response=target(60))

    case.act(1, message="note", internal=True)
    case.act(2, state="in progress")
    case.event(3, seen(3, "in progress"))

    assert state(case, "first_response", 4)[0] == "running"


def test_asking_and_resolving_are_responses() -> None:
    for act in ({"ask": True, "message": "Which?"}, {"state": "resolved"}):
        case = begun(first_response=target(60))
        case.act(5, **act)
        assert case.clock("first_response").state == "met"


def test_facts_asked_for_by_rules_are_no_response() -> None:
    case = begun(first_response=target(60))

    wanted = (Missing(fact="environment", could_be="P1", asked=True),)

    case.event(1, assigned("P3", assessment=2, missing=wanted, first_response=target(60)))

    assert case.clock("first_response").state == "running"


def test_where_the_plan_says_so_the_initial_is_the_response() -> None:
    case = Case()
    case.event(0, opened())
    case.event(0, assigned(plan="eager", first_response=target(60)))

    assert case.next == (at(60), None)
    assert case.sweep(70, notified=50) == []
    case.event(71, accepted(40))

    assert state(case, "first_response", 72) == ("met", at(60))


def test_waiting_for_the_customer_pauses_the_resolution_and_the_reply_resumes_it() -> None:
    case = begun(first_resolution=target(100), first_response=target(60))
    case.act(20, ask=True, message="Which?")

    assert (case.clock("first_resolution").state, case.clock("first_resolution").due) == ("paused", None)
    assert case.clock("first_response").state == "met"
    assert case.sweep(1000) == []
    case.event(1001, replied(50))

    resumed = case.clock("first_resolution")
    assert (resumed.state, resumed.due, resumed.paused) == ("breached", at(130), 30 * MINUTE)
    assert case.entries("first_resolution") == ["activated", "paused", "resumed"]


def test_warnings_come_at_a_share_and_at_a_time_left_once_each() -> None:
    case = begun(first_resolution=target(100))

    assert case.next == (None, at(50))
    (half,) = case.sweep(50.1)
    (left,) = case.sweep(70.1)

    assert half.message == "The first resolution is at risk (50%): due 2026-03-02T10:40:00+00:00."
    assert left.message == "The first resolution is at risk (PT30M): due 2026-03-02T10:40:00+00:00."
    assert (half.cause, half.audience, half.status) == ("at-risk", "internal", None)
    assert case.sweep(99) == []
    assert [item.cause for item in case.sweep(200)] == ["breached"]


def test_two_points_at_one_instant_are_one_warning() -> None:
    case = begun(first_resolution=target(60))

    (said,) = case.sweep(31)

    assert said.message is not None
    assert "(50%, PT30M)" in said.message


def test_a_point_past_at_opening_does_not_fire() -> None:
    case = begun(first_resolution=target(20))

    assert [item.message for item in case.sweep(11)] == [
        "The first resolution is at risk (50%): due 2026-03-02T09:20:00+00:00."
    ]


def test_a_point_where_a_pause_begins_does_not_fire() -> None:
    case = begun(first_resolution=target(100))
    case.act(50, ask=True, message="Which?")
    case.event(80, replied(80))

    assert case.sweep(90) == []


def test_after_a_long_silence_everything_is_said_in_order() -> None:
    case = begun(first_resolution=target(100), first_response=target(10))

    said = case.sweep(5000)

    assert [(item.cause, item.message.split(" is ")[0]) for item in said if item.message] == [
        ("at-risk", "The first response"),
        ("breached", "The first response"),
        ("at-risk", "The first resolution"),
        ("at-risk", "The first resolution"),
        ("breached", "The first resolution"),
    ]


def test_a_new_priority_plans_from_the_original_start_and_keeps_the_pauses() -> None:
    case = begun("P3", first_resolution=target(600))
    case.act(10, ask=True, message="Which?")
    case.event(30, replied(30))

    case.event(40, assigned("P1", assessment=2, decided=40, first_resolution=target(60)))

    assert case.clock("first_resolution").due == at(80)
    assert case.entries("first_resolution") == ["activated", "paused", "resumed", "targeted"]
    assert case.sweep(49) == []  # 50 % would have been at 50, half an hour left at 50
    assert [item.cause for item in case.sweep(81)] == ["at-risk", "breached"]


def test_a_new_priority_that_is_late_already_is_one_breach_with_that_cause() -> None:
    case = begun("P3", first_resolution=target(600))

    case.event(100, assigned("P1", assessment=2, decided=100, first_resolution=target(60)))
    (said,) = case.sweep(100.1)

    assert said.message == "The first resolution is breached: due 2026-03-02T10:00:00+00:00, late on re-plan."
    assert [entry.detail for entry in case.ledger if entry.kind == "breached"] == ["late on re-plan"]
    assert case.sweep(2000) == []


def test_a_breach_stays_when_the_target_is_lengthened_and_does_not_come_twice() -> None:
    case = begun("P1", first_resolution=target(60))
    case.sweep(61)

    case.event(70, assigned("P2", assessment=2, decided=70, first_resolution=target(600)))

    assert case.clock("first_resolution").state == "running"
    assert case.sweep(5000) == []
    assert "corrected" not in case.entries("first_resolution")


def test_a_clock_that_was_met_is_not_judged_again() -> None:
    case = begun("P3", first_response=target(60))
    case.act(30, message="We look into it.")

    case.event(40, assigned("P1", assessment=2, decided=40, first_response=target(10)))

    assert (case.clock("first_response").state, case.clock("first_response").due) == ("met", at(60))
    assert case.sweep(500) == []
