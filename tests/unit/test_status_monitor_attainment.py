"""What was promised and whether it was kept: one verdict a promise, by the facts, gross and net."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.status_monitor.domain.attainment import Verdict, verdicts_of
from services.status_monitor.domain.course import Course
from services.status_monitor.domain.facts import CLOCKS, Excluded, Facts, Planned
from services.status_monitor.domain.promised import Terms
from services.status_monitor.domain.terms import terms_over
from services.status_monitor.domain.verdicts import tally
from shared.events import Target
from tests.support.status import T0, Case, assigned, at, begun, target
from tests.unit.test_clock_laws import (
    LENGTH,
    LENGTHS,
    PLACES,
    closings,
    excluded,
    excluded_late_and_early,
    happened,
    scenario,
)
from upheld.sla.play import Played, play


def verdicts(case: Case, now: float) -> list[Verdict]:
    facts = case.ticket.facts
    assert facts is not None
    return verdicts_of(Course(facts, terms_over(facts.plans, case.known.by_sha)), at(now))


def said(case: Case, now: float) -> list[tuple[str, str, datetime | None]]:
    """Clock, gross result and when."""
    return [(verdict.clock, verdict.gross, verdict.at) for verdict in verdicts(case, now)]


def promised(
    when: float = 0, priority: str = "P1", excluded: tuple[Excluded, ...] = (), **targets: Target | None
) -> Planned:
    return Planned(at=at(when), targets=dict.fromkeys(CLOCKS) | targets, priority=priority, excluded=excluded)


def judged(facts: Facts, now: float, terms: Terms | None = None) -> list[Verdict]:
    return verdicts_of(Course(facts, terms or Terms()), at(now))


def test_what_stopped_in_time_is_met_when_it_stopped_and_at_the_due_instant_is_in_time() -> None:
    case = begun(first_response=target(30))

    case.act(30, message="We are on it")

    assert verdicts(case, 500) == [Verdict("first_response", "P1", "met", "met", at(30))]


def test_what_stopped_late_is_breached_at_its_due_time_though_no_sweep_came_to_say_so() -> None:
    case = begun(first_response=target(15))

    case.act(20, message="We are on it")

    assert "breached" not in case.entries("first_response")
    assert verdicts(case, 21) == [Verdict("first_response", "P1", "breached", "breached", at(15))]


def test_past_due_and_open_is_breached_and_in_time_is_open() -> None:
    case = begun(first_response=target(15), first_resolution=target(60))

    assert said(case, 15) == [("first_response", "open", None), ("first_resolution", "open", None)]
    assert said(case, 16) == [("first_response", "breached", at(15)), ("first_resolution", "open", None)]


def test_a_breach_that_was_spoken_counts_once() -> None:
    case = begun(first_response=target(15))
    case.sweep(16)

    case.act(20, message="We are on it")

    assert case.entries("first_response").count("breached") == 1
    assert said(case, 30) == [("first_response", "breached", at(15))]


def test_each_cycle_of_update_is_a_promise_of_its_own() -> None:
    case = begun(update=target(60))

    case.act(50, message="Still looking")
    case.act(120, message="Found it")

    assert said(case, 130) == [("update", "met", at(50)), ("update", "breached", at(110)), ("update", "open", None)]


def test_total_resolution_is_one_promise_over_reopenings() -> None:
    case = begun(total_resolution=target(100))
    case.act(40, state="resolved", message="Done")
    before = said(case, 45)
    case.act(50, state="in progress", message="It is back")

    assert before == [("total_resolution", "met", at(40))]
    assert said(case, 60) == [("total_resolution", "open", None)]
    case.act(80, state="resolved", message="Done again")
    assert said(case, 90) == [("total_resolution", "met", at(80))]
    case.act(95, state="in progress", message="Back again")
    assert said(case, 200) == [("total_resolution", "breached", at(125))]


def test_total_resolution_that_was_late_before_a_reopening_is_broken_where_it_was_late() -> None:
    case = begun(total_resolution=target(30))
    case.act(40, state="resolved", message="Done")
    case.act(50, state="in progress", message="It is back")
    case.act(55, state="resolved", message="Done again")

    assert said(case, 60) == [("total_resolution", "breached", at(30))]


def test_what_was_late_as_p1_is_no_p2_in_time() -> None:
    spoken, silent = begun(first_response=target(15)), begun(first_response=target(15))
    spoken.sweep(16)

    for case in (spoken, silent):
        case.event(20, assigned("P2", assessment=2, decided=20, first_response=target(600)), "second")
        case.act(30, message="We are on it")

        assert verdicts(case, 40) == [Verdict("first_response", "P1", "breached", "breached", at(15))]


def test_a_promise_that_was_kept_counts_under_the_priority_that_it_was_kept_under() -> None:
    case = begun(first_response=target(15), first_resolution=target(60))
    case.act(10, message="We are on it")

    case.event(20, assigned("P2", assessment=2, decided=20, first_response=target(60), first_resolution=target(240)))

    assert [(verdict.clock, verdict.priority, verdict.gross) for verdict in verdicts(case, 30)] == [
        ("first_response", "P1", "met"),
        ("first_resolution", "P2", "open"),
    ]


def test_late_on_re_plan_falls_when_it_was_planned_anew() -> None:
    case = begun("P3", first_response=target(600))

    case.event(30, assigned("P1", assessment=2, decided=30, first_response=target(15)))

    assert verdicts(case, 31) == [Verdict("first_response", "P1", "breached", "breached", at(30))]


def test_what_was_closed_in_time_is_not_counted_and_what_was_past_due_by_then_is() -> None:
    facts = Facts(start=T0, plans=(promised(first_response=target(15), first_resolution=target(60)),))

    assert judged(facts.moved("closed", at(30)), 500) == [
        Verdict("first_response", "P1", "breached", "breached", at(15))
    ]
    assert judged(facts.model_copy(update={"term_end": at(10)}), 500) == []


def test_without_a_target_nothing_is_counted() -> None:
    never = Facts(start=T0, plans=(promised(),)).spoken(at(5), person=True, word=True)
    none_any_more = Facts(start=T0, plans=(promised(first_response=target(60)), promised(20, "P3")))

    assert judged(never, 500) == []
    assert judged(none_any_more, 500) == []
    assert judged(Facts(start=T0), 500) == []


def test_an_exclusion_accepted_later_takes_the_breach_out_of_net_alone() -> None:
    excluded = (Excluded(clause="B.5.a", begin=T0, end=at(60)),)
    plans = (promised(first_response=target(15)), promised(100, excluded=excluded, first_response=target(15)))
    facts = Facts(start=T0, plans=plans)

    in_time, too_late = (facts.spoken(at(minute), person=True, word=True) for minute in (75, 76))

    assert judged(in_time, 500) == [Verdict("first_response", "P1", "breached", "met", at(15))]
    assert judged(too_late, 500) == [Verdict("first_response", "P1", "breached", "breached", at(15))]
    assert judged(facts, 500) == [Verdict("first_response", "P1", "breached", "breached", at(15))]


def test_what_is_excluded_for_good_is_open_net_and_nothing_once_it_is_closed() -> None:
    excluded = (Excluded(clause="B.5.a", begin=T0),)
    plans = (promised(first_response=target(15)), promised(100, excluded=excluded, first_response=target(15)))
    facts = Facts(start=T0, plans=plans)

    assert judged(facts, 500) == [Verdict("first_response", "P1", "breached", "open", at(15))]
    assert judged(facts.moved("closed", at(200)), 500) == [Verdict("first_response", "P1", "breached", None, at(15))]


def test_an_exclusion_accepted_in_time_counts_gross_where_the_plan_pauses_for_it() -> None:
    excluded = (Excluded(clause="B.5.a", begin=T0, end=at(60)),)
    plans = (promised(first_response=target(15)), promised(10, excluded=excluded, first_response=target(15)))
    facts = Facts(start=T0, plans=plans).spoken(at(70), person=True, word=True)

    pausing = judged(facts, 500, Terms(pauses={"exclusion": ("first_response",)}))

    assert pausing == [Verdict("first_response", "P1", "met", "met", at(70))]
    assert [(verdict.gross, verdict.net) for verdict in judged(facts, 500)] == [("breached", "met")]


def test_a_priority_that_was_not_recorded_is_left_open() -> None:
    facts = Facts(start=T0, plans=(Planned(at=T0, targets={"first_response": target(15)}),))

    assert [verdict.priority for verdict in judged(facts, 5)] == [None]


def of_played(played: Played, **update: Any) -> list[Verdict]:
    course = Course(played.course.facts.model_copy(update=update), played.course.terms)
    return verdicts_of(course, played.at)


@example(zone="America/New_York", first="P1", events=[(220, "P2")], closed=None, now=220)
@example(
    zone="America/New_York", first="P1", events=[(110, "resolve"), (110, "P3"), (120, "reply")], closed=None, now=120
)
@settings(max_examples=120, deadline=None)
@given(
    zone=st.sampled_from(sorted(PLACES)),
    first=st.sampled_from(sorted(LENGTHS)),
    events=happened,
    closed=closings,
    now=st.integers(0, LENGTH),
)
def test_there_are_as_many_breaches_as_a_sweep_without_pause_speaks_and_without_it_they_are_the_same(
    zone: str, first: str, events: Sequence[tuple[int, str]], closed: int | None, now: int
) -> None:
    happening = [*events, (closed, "close")] if closed is not None else events
    played = play(scenario(zone, first, [item for item in happening if item[0] <= now], now))

    found = of_played(played)

    for clock in CLOCKS:
        spoken = tally(played.course, clock, played.at).breaches
        breaches = [verdict for verdict in found if verdict.clock == clock and verdict.gross == "breached"]
        assert len(breaches) == (min(spoken, 1) if clock == "total_resolution" else spoken), clock
        state = played.read(clock, net=False)[0].state
        results = [verdict.gross for verdict in found if verdict.clock == clock]
        if state in ("met", "running", "paused"):
            assert results[-1] in ({"met": "met"}.get(state, "open"), "breached"), clock
        elif state in ("late", "breached"):
            assert results[-1] == "breached", clock
    assert of_played(played, marks=()) == found


@settings(max_examples=60, deadline=None)
@given(
    first=st.sampled_from(sorted(LENGTHS)),
    events=happened,
    intervals=excluded,
)
def test_net_is_what_gross_would_be_if_the_plan_had_paused_for_what_was_accepted_late(
    first: str, events: Sequence[tuple[int, str]], intervals: Sequence[tuple[int, int]]
) -> None:
    late, early, without = map(of_played, excluded_late_and_early(first, events, intervals))

    assert [(verdict.clock, verdict.net) for verdict in late if verdict.net is not None] == [
        (verdict.clock, verdict.gross) for verdict in early
    ]
    assert [(verdict.clock, verdict.gross) for verdict in late] == [
        (verdict.clock, verdict.gross) for verdict in without
    ]
