"""The subscription term while a ticket is open: what its end cancels resumes with its renewal, and a person is told."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.status_monitor.domain.clocks import Reading, read
from services.status_monitor.domain.subscription import on_term
from services.status_monitor.domain.terms import terms_over
from shared.events import StatusChanged, Target
from tests.support.status import THE_POLICY, Case, at, begun, opened, replied, target

MINUTE = timedelta(minutes=1)
RESPONSE, RESOLUTION = "first_response", "first_resolution"


def term(case: Case, now: float, end: float | None, start: float = -1000) -> list[tuple[str, str | None]]:
    """The account's term is published; what is said of it."""
    return [(event.cause, event.message) for event in term_events(case, now, end, start)]


def term_events(case: Case, now: float, end: float | None, start: float = -1000) -> list[StatusChanged]:
    return case.do(now, lambda turn: on_term(turn, None if end is None else at(end), at(start)))


def clock(case: Case, name: str, now: float) -> Reading:
    assert case.ticket.facts is not None
    return read(name, case.ticket.facts, terms_over(case.ticket.facts.plans, case.known.by_sha), at(now))


def running(**targets: Target | None) -> Case:
    return begun(**(targets or {RESPONSE: target(60)}))


def test_the_end_of_the_term_cancels_what_is_not_met_and_a_person_is_told_with_the_clause() -> None:
    case = running()
    said = term(case, 10, 30)

    due = case.next[1]
    (told,) = case.sweep(31)

    assert said == []
    assert due == at(30)
    assert (told.cause, told.audience, told.status) == ("out of term", "internal", None)
    assert told.message == (
        "The subscription term of acme ended at 2026-03-02 09:30 UTC: what is not met by then is cancelled, since "
        "support is owed within the term only (B.5)."
    )
    assert {item.clock: item.state for item in told.clocks}[RESPONSE] == "cancelled"
    assert case.entries(RESPONSE) == ["activated", "cancelled"]
    assert case.sweep(100) == []
    assert case.next == (None, None)


def test_an_act_at_the_end_itself_is_in_time() -> None:
    case = running()
    term(case, 10, 30)

    case.act(30, message="We are on it.", status="Update")
    case.sweep(31)

    assert clock(case, RESPONSE, 40).state == "met"
    assert case.entries(RESPONSE) == ["activated", "met"]


def test_a_term_that_is_renewed_before_it_ends_changes_nothing() -> None:
    case = running()
    term(case, 10, 30)

    assert term(case, 20, 1000) == []
    assert [event.cause for event in case.sweep(61)] == ["at-risk", "breached"]
    assert case.entries(RESPONSE) == ["activated", "at-risk", "breached"]


def test_a_renewal_after_the_end_resumes_the_clocks_without_the_time_between() -> None:
    case = running()
    term(case, 10, 30)
    case.sweep(31)

    (said,) = term(case, 50, 1000, start=45)

    assert said == (
        "term renewed",
        "The subscription term of acme, which ended at 2026-03-02 09:30 UTC, is renewed from 2026-03-02 09:45 UTC on: "
        "the clocks resume (B.5).",
    )
    now = clock(case, RESPONSE, 50)
    assert (now.state, now.due, now.elapsed, now.paused) == ("running", at(75), 35 * MINUTE, 15 * MINUTE)
    assert case.entries(RESPONSE) == ["activated", "cancelled", "resumed"]
    assert [(entry.kind, entry.at) for entry in case.ledger if entry.clock == RESPONSE][1:] == [
        ("cancelled", at(30)),
        ("resumed", at(45)),
    ]
    assert [event.cause for event in case.sweep(75)] == ["at-risk"]
    assert [event.cause for event in case.sweep(76)] == ["breached"]


def test_a_renewal_that_follows_on_resumes_where_the_term_ended_and_all_time_counts() -> None:
    case = running()
    term(case, 10, 30)
    case.sweep(31)

    (said,) = term(case, 70, 1000)

    assert said[0] == "term renewed"
    assert clock(case, RESPONSE, 70).due == at(60)
    assert case.entries(RESPONSE) == ["activated", "cancelled", "resumed"]
    assert [event.cause for event in case.sweep(71)] == ["at-risk", "breached"]


def test_what_was_met_between_two_terms_is_met_and_does_not_resume() -> None:
    case = running(first_response=target(60), first_resolution=target(100))
    term(case, 10, 30)
    case.sweep(31)
    case.act(40, message="We look at it all the same.", status="Update")
    term(case, 50, 1000, start=45)

    response, resolution = clock(case, RESPONSE, 50), clock(case, RESOLUTION, 50)

    assert (response.state, response.elapsed) == ("met", 30 * MINUTE)
    assert case.entries(RESPONSE) == ["activated", "cancelled", "met"]
    assert (resolution.state, resolution.due) == ("running", at(115))
    assert case.entries(RESOLUTION) == ["activated", "cancelled", "resumed"]


def test_what_is_met_at_the_instant_of_the_renewal_does_not_resume() -> None:
    case = running()
    term(case, 10, 30)
    case.sweep(31)
    case.act(45, message="We look at it all the same.", status="Update")
    term(case, 50, 1000, start=45)

    assert clock(case, RESPONSE, 50).state == "met"
    assert case.entries(RESPONSE) == ["activated", "cancelled", "met"]


def test_a_hold_across_the_end_of_the_term_is_one_hold() -> None:
    case = running(first_resolution=target(100))
    term(case, 10, 30)
    case.act(20, state="awaiting customer", message="Which number?", status="Action Required")
    case.sweep(31)
    term(case, 50, 1000, start=45)
    case.act(60, state="in progress", message="We found it.", status="Update")

    assert case.entries(RESOLUTION) == ["activated", "paused", "cancelled", "resumed", "resumed"]
    assert clock(case, RESOLUTION, 60).due == at(140)


def test_a_term_that_ends_twice_is_told_of_twice() -> None:
    case = running(first_resolution=target(300))
    term(case, 10, 30)
    first = case.sweep(31)
    term(case, 40, 60, start=40)
    second = case.sweep(61)
    term(case, 70, None, start=70)

    assert [event.cause for event in first + second] == ["out of term", "out of term"]
    assert case.entries(RESOLUTION) == ["activated", "cancelled", "resumed", "cancelled", "resumed"]
    assert clock(case, RESOLUTION, 70).due == at(320)


def test_a_closed_ticket_is_not_concerned() -> None:
    case = running()
    term(case, 10, 30)
    case.act(20, state="resolved", message="Done.", status="Resolved")
    case.event(21, replied(21, close=True))

    assert case.sweep(31) == []
    assert term(case, 50, 1000, start=45) == []
    assert case.entries(RESPONSE) == ["activated", "met"]


def test_a_ticket_that_opens_after_the_end_is_told_of_once_initial_is_out() -> None:
    case = Case()
    case.event(0, opened())

    assert term(case, 0, -60) == []
    assert [event.cause for event in case.sweep(1)] == ["opened", "out of term"]
    assert case.sweep(2) == []


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from(["term", "open", "renew", "sweep", "speak"]), st.integers(1, 30), st.integers(1, 40)),
        max_size=12,
    )
)
def test_a_ledger_says_cancelled_and_resumed_in_turn_and_nothing_twice(steps: list[tuple[str, int, int]]) -> None:
    case, now = running(first_response=target(60), first_resolution=target(90)), 0
    for what, later, length in steps:
        now += later
        if what == "term":
            term(case, now, now + length)
        elif what == "open":
            term(case, now, None, start=now)
        elif what == "renew":
            term(case, now, now + length, start=now)
        elif what == "sweep":
            case.sweep(now)
        else:
            case.act(now, message="A word.", status="Update")

    assert len(case.ledger) == len(set(case.ledger))
    for name in (RESPONSE, RESOLUTION):
        turns = [entry.kind for entry in case.ledger if entry.clock == name and entry.kind in ("cancelled", "resumed")]
        assert turns == ["cancelled" if place % 2 == 0 else "resumed" for place in range(len(turns))]
    assert THE_POLICY.coverage.term == "B.5"
