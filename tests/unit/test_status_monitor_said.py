"""What a turn says: by which identity, with which words, at which time, and that a repetition says nothing."""

from __future__ import annotations

import pytest

from services.status_monitor.domain import due
from services.status_monitor.domain.turn import Out
from shared.events import StatusChanged
from tests.support.links import P, incident, reported
from tests.support.links import link as link_to
from tests.support.status import T0, TICKET, Case, assigned, at, begun, opened, replied, target


def out(case: Case, cause: str) -> Out:
    """The last one with this cause."""
    return [item for item in case.outs if isinstance(item.event, StatusChanged) and item.event.cause == cause][-1]


def words(case: Case, cause: str) -> tuple[str, str | None]:
    event = out(case, cause).event
    assert isinstance(event, StatusChanged)
    return event.audience, event.message


def test_what_is_said_carries_the_time_and_the_sequence_of_the_change() -> None:
    case = begun()

    case.act(7, message="We look into it.")

    said = out(case, "agent")
    assert isinstance(said.event, StatusChanged)
    assert (said.time, said.sequence, said.event.changed_at) == (at(7), 2, at(7))


def test_an_assessment_that_comes_again_changes_nothing_whatever_it_says() -> None:
    case = begun(first_response=target(60))
    before = case.ticket

    assert case.event(5, assigned("P2", first_response=target(30))) == []

    assert (case.ticket.facts, case.ticket.assigned) == (before.facts, before.assigned)
    assert case.entries("first_response") == ["activated"]


@pytest.mark.parametrize(("began", "state", "cause"), [(0, "link", "linked"), (-180, "propose", "link proposed")])
def test_a_link_from_before_initial_is_said_after_it_by_what_it_is_and_whose(
    began: float, state: str, cause: str
) -> None:
    case = reported(began)
    assert link_to(case, found=incident(0)) == []

    said = case.event(2, assigned())

    assert [item.cause for item in said] == ["opened", cause]
    assert out(case, cause).identity == f"{state}/{P}"


def test_a_proposed_link_is_told_to_the_support_with_what_speaks_for_it() -> None:
    case = reported(-180)
    case.event(0, assigned())

    link_to(case)

    assert words(case, "link proposed") == (
        "internal",
        "This ticket may belong to UP-7: it concerns sms, in production, and began at 2026-03-02 06:00 UTC; the "
        "incident began at 2026-03-02 09:00 UTC. Link it, or unlink it to say that it does not.",
    )


def test_a_link_and_the_resolution_that_is_proposed_with_it_are_said_by_identities_of_their_own() -> None:
    case = reported()
    case.event(0, assigned())

    link_to(case, found=incident(-20, 1))

    assert out(case, "linked").identity == f"link/{P}"
    assert out(case, "resolution proposed").identity == f"link/{P}/resolution"


def swept(case: Case, now: float, upto: float | None, notified: float | None) -> list[str]:
    """What a sweep says where one of the topics was not read yet."""
    limits = [None if limit is None else at(limit) for limit in (upto, notified)]
    return [event.cause for event in case.do(now, lambda turn: due.sweep(turn, *limits))]


def test_a_sweep_says_what_is_known_by_the_topics_that_were_read() -> None:
    case = begun(notification=target(15), update=target(20))

    assert swept(case, 30, None, None) == []
    assert swept(case, 30, None, 30) == []
    assert swept(case, 30, 30, None) == ["breached"]
    assert case.entries("update") == ["activated", "breached"]
    assert swept(case, 30, 30, 30) == ["breached"]
    assert case.entries("notification") == ["activated", "breached"]


def test_what_the_ticket_itself_brings_is_said_by_identities_of_its_own() -> None:
    case = Case()
    case.event(0, opened())
    case.event(0, assigned(first_response=target(10)))
    case.act(5, state="resolved")
    case.sweep(7 * 24 * 60 + 5.1)

    assert out(case, "opened").identity == f"{TICKET}/initial"
    assert out(case, "timer").identity == f"{TICKET}/close/2026-03-02T09:05:00+00:00"


def test_a_verdict_is_said_by_the_clock_its_cycle_and_points_and_how_often_it_was_said() -> None:
    case = begun(first_response=target(100))
    case.sweep(101)
    case.event(102, assigned("P1", assessment=2, decided=102, first_response=target(100)), "second")

    assert out(case, "at-risk").identity == f"{TICKET}/first_response/{T0.isoformat()}/at-risk/75%/1"
    assert out(case, "breached").identity == f"{TICKET}/first_response/{T0.isoformat()}/breached//1"


def test_what_the_customer_settles_is_resolved_by_their_word_and_closed() -> None:
    case = begun()

    said = case.event(5, replied(4, close=True, author="Ada"))

    assert [(item.state_to, item.status, item.message) for item in said] == [
        ("resolved", "Resolved", "The customer says that this is settled."),
        ("closed", None, None),
    ]
    assert {(item.actor.kind, item.actor.name) for item in said} == {("customer", "Ada")}


def test_a_reply_without_words_to_a_closed_ticket_is_an_issue_that_names_it() -> None:
    case = begun()
    case.event(5, replied(4, close=True))

    case.event(9, replied(8, reply_id="r-2", body=None, impact="outage"))

    (issue,) = case.issues
    assert (issue.issue_id, issue.follows, issue.impact) == ("r-2", "UP-1", "outage")
    assert issue.description == "A reply to UP-1, which is closed."
