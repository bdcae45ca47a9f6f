"""status-monitor's clocks: what starts, stops and pauses them, what comes due, and what a late fact disproves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.status_monitor.domain.clocks import cycles, read
from services.status_monitor.domain.course import Course
from services.status_monitor.domain.facts import CLOCKS, WAITING, Facts
from services.status_monitor.domain.promised import Terms
from services.status_monitor.domain.subscription import on_term
from services.status_monitor.domain.verdicts import coming
from shared.events import Clock, Exclusion, Missing
from tests.support.status import Case, accepted, assigned, at, begun, opened, replied, seen, target, window

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


minutes_ = st.integers(min_value=0, max_value=600)
holds_ = st.lists(st.tuples(minutes_, st.integers(min_value=0, max_value=120)), max_size=4)
TERMS = Terms(pauses={WAITING: CLOCKS}, warnings={"first_resolution": ("50%",)})


def facts_of(holds: list[tuple[int, int]], stop: int | None, words: list[int]) -> Facts:
    facts = Facts(start=at(0)).planned(at(0), {clock: target(100) for clock in CLOCKS})
    for place, (begin, length) in enumerate(holds):
        facts = facts.held(WAITING, str(place), at(begin), at(begin + length))
    for word in words:
        facts = facts.spoken(at(word), person=True, word=True)
    return facts if stop is None else facts.moved("resolved", at(stop))


@given(holds=holds_, order=st.randoms(), words=st.lists(minutes_, max_size=4), now=minutes_)
def test_the_order_in_which_facts_become_known_does_not_matter(
    holds: list[tuple[int, int]], order: Any, words: list[int], now: int
) -> None:
    facts = facts_of(holds, 300, words)
    shuffled_holds, shuffled_words = [*holds], [*words]
    order.shuffle(shuffled_holds)
    order.shuffle(shuffled_words)
    other = facts_of(shuffled_holds, 300, shuffled_words)

    for clock in CLOCKS:
        assert read(clock, facts, TERMS, at(now)) == read(clock, other, TERMS, at(now))
        assert cycles(clock, facts, TERMS) == cycles(clock, other, TERMS)


@given(holds=holds_, now=minutes_)
def test_time_is_either_elapsed_or_paused(holds: list[tuple[int, int]], now: int) -> None:
    facts = facts_of(holds, None, [])

    reading = read("first_resolution", facts, TERMS, at(now))

    assert reading.elapsed + reading.paused == now * MINUTE


@given(holds=holds_, now=minutes_)
def test_a_clock_is_breached_exactly_when_its_target_is_used_up(holds: list[tuple[int, int]], now: int) -> None:
    facts = facts_of(holds, None, [])

    reading = read("first_resolution", facts, TERMS, at(now))
    breaches = [item for item in coming(Course(facts, TERMS)) if not item.points and item.clock == "first_resolution"]

    (breach,) = breaches
    assert (reading.state == "breached") == (breach.at < at(now))
    if reading.state == "breached":
        assert reading.elapsed >= 100 * MINUTE
    else:
        assert reading.elapsed <= 100 * MINUTE


@settings(max_examples=40)
@given(times=st.lists(minutes_, min_size=1, max_size=6, unique=True), holds=holds_)
def test_it_makes_no_difference_how_often_the_sweep_runs(times: list[int], holds: list[tuple[int, int]]) -> None:
    def play(sweeps: list[int]) -> list[tuple[str, str | None]]:
        case = begun(first_resolution=target(100), first_response=target(30))
        said = []
        for now in [*sorted(sweeps), 700]:
            said += [(item.cause, item.message) for item in case.sweep(now)]
        return said

    assert play(times) == play([])


@given(notified=minutes_, swept=minutes_, known=minutes_)
def test_a_breach_stands_exactly_when_no_acceptance_was_in_time(notified: int, swept: int, known: int) -> None:
    case = begun(notification=target(60))
    events = sorted([(swept, "sweep"), (max(known, notified), "event")])

    for now, kind in events:
        if kind == "sweep":
            # Caught up only to what is known: an acceptance that lies in the log ends the sweep before it.
            case.sweep(now)
        else:
            case.event(now, accepted(notified))

    kinds = case.entries("notification")
    standing = kinds.count("breached") - kinds.count("corrected")
    assert kinds.count("breached") <= 1
    assert standing == (1 if "breached" in kinds and notified > 60 else 0)
